"""VietQR payloads: encoder and decoder of NAPAS QR v1.0 (09/2021). Pure, strict in what it writes, exact in what it reads.

A payload is a run of fields `id(2 digits) length(2 digits) value`; `00` comes first, the checksum `63` last, all others in any order.
"""

import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from marketplace.kit.money import MOST, Dong

GUID = "A000000727"
TO_ACCOUNT = "QRIBFTTA"
TO_CARD = "QRIBFTTC"
MEMO_MOST = 25

_STATIC, _DYNAMIC = "11", "12"
_BIN = re.compile(r"[0-9]{6}")
_ACCOUNT = re.compile(r"[0-9A-Za-z]{1,19}")
_MEMO = re.compile(r"[A-Z0-9](?:[A-Z0-9 ]*[A-Z0-9])?")
_AMOUNT = re.compile(r"([0-9]+)\.?")
_HEADER = re.compile(r"[0-9]{4}")
_CHECKSUM = re.compile(r"[0-9A-Fa-f]{4}")


class BadQr(ValueError):
    """Not a payload that this standard allows, or not one that may be written."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """What a QR asks the payer's bank to do. Without an amount the payer types one. `amount` in dong."""

    bin: str
    account: str
    amount: Dong | None = None
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """What a payload says. `guid` is empty when it carries no field 38 (a bill or a card scheme: not a VietQR)."""

    once: bool
    currency: str
    country: str
    amount: Dong | None = None
    guid: str = ""
    bin: str = ""
    account: str = ""
    service: str = ""
    category: str = ""
    name: str = ""
    city: str = ""
    additional: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()

    @property
    def is_vietqr(self) -> bool:
        """Whether this is a bank transfer through NAPAS, not some other kind of QR."""
        return self.guid == GUID

    @property
    def memo(self) -> str:
        """The purpose of the transfer (62.08)."""
        return self.additional.get("08", "")


def encode(transfer: Transfer) -> str:
    """The payload of a transfer to an account.

    Refuses (BadQr): a bank code that is not 6 digits, an account that is not 1-19 letters and digits, an amount outside
    1-499,999,999 dong (NAPAS247 transfers are below 500 million, §8.1.1), a memo over 25 characters or outside `A-Z0-9 `.
    Field 01 is `12` exactly when an amount is present; no field 59, the payer's app shows the registered holder.
    """
    _check(transfer)
    holder = _tlv("00", transfer.bin) + _tlv("01", transfer.account)
    body = _tlv("00", "01") + _tlv("01", _STATIC if transfer.amount is None else _DYNAMIC)
    body += _tlv("38", _tlv("00", GUID) + _tlv("01", holder) + _tlv("02", TO_ACCOUNT)) + _tlv("53", "704")
    if transfer.amount is not None:
        body += _tlv("54", str(transfer.amount))
    body += _tlv("58", "VN")
    if transfer.memo:
        body += _tlv("62", _tlv("08", transfer.memo))
    return body + "6304" + checksum(body + "6304")


def decode(payload: str) -> Fields:
    """What a payload says. Refuses (BadQr): broken fields, a wrong checksum, an amount that is not whole dong."""
    if not payload.isascii():
        raise BadQr("not ASCII")
    fields = _fields(payload)
    if next(iter(fields), "") != "00" or fields["00"] != "01":
        raise BadQr("does not begin with format 01")
    _check_sum(payload, fields)
    if fields.get("01", _STATIC) not in (_STATIC, _DYNAMIC):
        raise BadQr("field 01 is neither static nor dynamic")
    return Fields(
        once=fields.get("01") == _DYNAMIC,
        currency=_needed(fields, "53"),
        country=_needed(fields, "58"),
        amount=_amount(fields.get("54")),
        category=fields.get("52", ""),
        name=fields.get("59", ""),
        city=fields.get("60", ""),
        additional=_fields(fields.get("62", "")),
        others=tuple(tag for tag in fields if "02" <= tag <= "51" and tag != "38"),
        **_beneficiary(fields.get("38")),
    )


def checksum(text: str) -> str:
    """CRC-16 of ISO/IEC 13239 (polynomial 1021, start FFFF): always four upper-case hexadecimal digits."""
    return f"{binascii.crc_hqx(text.encode('ascii'), 0xFFFF):04X}"


def _check(transfer: Transfer) -> None:
    if not _BIN.fullmatch(transfer.bin):
        raise BadQr("the bank code is not 6 digits")
    if not _ACCOUNT.fullmatch(transfer.account):
        raise BadQr("the account is not 1-19 letters and digits")
    amount = transfer.amount
    if amount is not None and (type(amount) is not int or not 1 <= amount <= MOST):
        raise BadQr("the amount is not whole dong between 1 and 499,999,999")
    if transfer.memo and (len(transfer.memo) > MEMO_MOST or not _MEMO.fullmatch(transfer.memo)):
        raise BadQr("the memo is not up to 25 characters of A-Z, 0-9 and inner spaces")


def _tlv(tag: str, value: str) -> str:
    return f"{tag}{len(value):02d}{value}"


def _fields(text: str) -> dict[str, str]:
    """The fields of one level, in their order. Refuses a broken header, a value cut short, an empty value, a repeated id."""
    fields: dict[str, str] = {}
    at = 0
    while at < len(text):
        header = text[at : at + 4]
        if not _HEADER.fullmatch(header):
            raise BadQr(f"broken header at {at}")
        tag, size = header[:2], int(header[2:])
        value = text[at + 4 : at + 4 + size]
        if size == 0 or len(value) != size or tag in fields:
            raise BadQr(f"field {tag} at {at} is empty, cut short or repeated")
        fields[tag] = value
        at += 4 + size
    return fields


def _check_sum(payload: str, fields: dict[str, str]) -> None:
    if next(reversed(fields)) != "63" or not _CHECKSUM.fullmatch(fields["63"]):
        raise BadQr("does not end with a checksum")
    if checksum(payload[:-4]) != fields["63"].upper():
        raise BadQr("the checksum is wrong")


def _needed(fields: Mapping[str, str], tag: str) -> str:
    if tag not in fields:
        raise BadQr(f"field {tag} is missing")
    return fields[tag]


def _amount(text: str | None) -> Dong | None:
    """Whole dong: `50000` and `50000.` are allowed, decimals and spaces are not (dong has no minor unit in ISO 4217)."""
    if text is None:
        return None
    found = _AMOUNT.fullmatch(text)
    if not found or len(text) > 13 or int(found[1]) == 0:
        raise BadQr("the amount is not whole dong")
    return Dong(int(found[1]))


def _beneficiary(text: str | None) -> dict[str, str]:
    if text is None:
        return {}
    fields = _fields(text)
    guid = _needed(fields, "00")
    if guid != GUID:
        return {"guid": guid}
    holder = _fields(_needed(fields, "01"))
    bank, account = _needed(holder, "00"), _needed(holder, "01")
    if not _BIN.fullmatch(bank) or not _ACCOUNT.fullmatch(account):
        raise BadQr("the beneficiary is not a bank code with an account")
    return {"guid": guid, "bin": bank, "account": account, "service": fields.get("02", "")}

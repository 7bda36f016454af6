"""Telephone numbers as people in Vietnam type them, and as they are shown."""

import re
import unicodedata

import phonenumbers
from phonenumbers import PhoneNumberType

from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import Text, lazy
from marketplace.kit.text import nfc


class BadPhone(BadInput):
    """The text is no telephone number that can be read without guessing."""

    message = lazy("Chưa đọc được số điện thoại. Ví dụ: 0912 345 678")

    def __init__(self, message: Text | None = None) -> None:
        super().__init__(message, field="phone")


class Landline(BadPhone):
    """A number that cannot receive a message."""

    message = lazy("Đây là số máy bàn, không nhận được mã. Xin điền số di động, ví dụ: 0912 345 678")


SHOWN_FIRST = 4
_SAID_BEFORE = re.compile(
    r"^(?:sđt|sdt|đt|dt|số|so|tel|phone|zalo|điện thoại|dien thoai|di động)[\s:.]*", re.IGNORECASE
)
_BETWEEN = re.compile(r"[\s.\-‐-―()/,_]+")
# Numbers of eleven digits were shortened in 2018; older people still write them.
_SHORTENED = {
    **{f"016{n}": f"03{n}" for n in range(2, 10)},
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip


def _digits(text: str) -> str:
    """The digits as typed, with a leading + kept. Raises BadPhone for anything else."""
    if not text.strip():
        raise BadPhone(lazy("Gõ số điện thoại. Ví dụ: 0912 345 678"))
    bare = _SAID_BEFORE.sub("", unicodedata.normalize("NFKC", nfc(text)))
    bare = re.sub(r"(?<![^\W\d_])[oO](?=[\d\s.\-])", "0", bare)  # the letter o where a zero is meant
    bare = _BETWEEN.sub("", bare)
    if not re.fullmatch(r"\+?[0-9]{8,15}", bare):
        raise BadPhone
    return bare


def _national(bare: str) -> str:
    """`84…`, `0084…`, `+840…` and a number without its first zero, as people in Vietnam would dial it."""
    for prefix in ("+84", "0084", "84"):
        if bare.startswith(prefix) and len(bare) - len(prefix) >= 9:
            return "0" + bare[len(prefix) :].removeprefix("0")
    if len(bare) == 9 and bare[0] in "35789":
        return "0" + bare
    return bare


def _parsed(text: str) -> phonenumbers.PhoneNumber:
    bare = _national(_digits(text))
    if len(bare) == 11 and bare[:4] in _SHORTENED:
        bare = _SHORTENED[bare[:4]] + bare[4:]
    try:
        number = phonenumbers.parse(bare, "VN")
    except phonenumbers.NumberParseException:
        raise BadPhone from None
    if not phonenumbers.is_valid_number(number):
        raise BadPhone
    return number


def phone_number(text: str) -> str:
    """E.164 (`+84912345678`) of a number as people type it: spaces, dots, +84, 84, 0084. Refuses: BadPhone."""
    return phonenumbers.format_number(_parsed(text), phonenumbers.PhoneNumberFormat.E164)


def mobile_number(text: str) -> str:
    """Like `phone_number`, for numbers that must receive a code. Refuses: BadPhone; a line in a house (Landline)."""
    number = _parsed(text)
    if phonenumbers.number_type(number) not in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE):
        raise Landline
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def show_phone(e164: str) -> str:
    """`+84912345678` -> `0912 345 678`; a foreign number keeps its country code. What is no number is shown as it is."""
    try:
        number = phonenumbers.parse(e164, "VN")
    except phonenumbers.NumberParseException:
        return e164
    kind = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, kind.NATIONAL if number.country_code == 84 else kind.INTERNATIONAL)


def mask_phone(e164: str) -> str:
    """`+84912345678` -> `09•• ••• 678`: enough to know one's own number by."""
    shown = show_phone(e164)
    digits = sum(c.isdigit() for c in shown)
    seen, kept = 0, []
    for c in shown:
        seen += c.isdigit()
        kept.append("•" if c.isdigit() and 2 < seen <= digits - 3 else c)
    return "".join(kept)


def mask_last(e164: str) -> str:
    """`+84912345678` -> `0912 ••• •••`: shown where the last four digits are the secret that opens the rest."""
    shown, seen, kept = show_phone(e164), 0, []
    for c in shown:
        seen += c.isdigit()
        kept.append("•" if c.isdigit() and seen > SHOWN_FIRST else c)
    return "".join(kept)


def last_four(e164: str) -> str:
    """What a buyer types to show that an order is theirs."""
    return e164[-4:]

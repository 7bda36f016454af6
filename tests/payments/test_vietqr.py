"""VietQR: the published vectors, an independent library, and everything that must be refused."""

import json
import random
import string
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from qr_pay import QRPay
from qr_pay import decode as their_decode

from marketplace.kit.money import Dong
from marketplace.payments import qr
from marketplace.payments.vietqr import BadQr, Transfer, checksum, decode, encode

VECTORS = json.loads((Path(__file__).parent.parent / "data" / "vietqr_vectors.json").read_text())
GOOD = [vector for vector in VECTORS if vector["ok"]]
BAD = [vector for vector in VECTORS if not vector["ok"]]


def test_all_vectors_are_here() -> None:
    assert (len(GOOD), len(BAD)) == (29, 4)


@pytest.mark.parametrize("vector", GOOD, ids=lambda vector: vector["source"])
def test_a_valid_vector_is_read_as_published(vector: dict[str, Any]) -> None:
    told, expected = decode(vector["payload"]), vector["fields"]
    assert told.once == (expected["init"] == "12")
    assert told.amount == (int(expected["amount"]) if "amount" in expected else None)
    assert (told.currency, told.country) == (expected["cur"], expected["cc"])
    for ours, theirs in (("guid", "guid"), ("bin", "bin"), ("account", "acct"), ("service", "service")):
        assert getattr(told, ours) == expected.get(theirs, "")
    assert (told.name, told.city, told.category) == tuple(expected.get(key, "") for key in ("name", "city", "mcc"))
    assert dict(told.additional) == {key[4:]: value for key, value in expected.items() if key.startswith("add_")}
    assert list(told.others) == expected.get("other", [])


@pytest.mark.parametrize("vector", BAD, ids=lambda vector: vector["source"])
def test_an_invalid_vector_is_refused(vector: dict[str, Any]) -> None:
    with pytest.raises(BadQr):
        decode(vector["payload"])


def test_other_kinds_of_qr_are_told_apart() -> None:
    assert sum(decode(vector["payload"]).is_vietqr for vector in GOOD) == 27


def test_three_thousand_random_transfers_are_written_as_an_independent_library_writes_them() -> None:
    rng = random.Random(20261124)
    for _ in range(3_000):
        transfer = _random_transfer(rng)
        ours = encode(transfer)
        assert ours == _theirs(transfer)
        told, theirs = decode(ours), their_decode(ours)
        assert (told.bin, told.account, told.amount, told.memo) == (
            transfer.bin, transfer.account, transfer.amount, transfer.memo,
        )  # fmt: skip
        assert (theirs["bin_id"], theirs["consumer_id"]) == (transfer.bin, transfer.account)


def _random_transfer(rng: random.Random) -> Transfer:
    account = "".join(rng.choices(string.digits + "ABCXYZ", k=rng.randint(1, 19)))
    memo = "".join(rng.choices(string.ascii_uppercase + string.digits, k=rng.randint(0, 25)))
    amount = Dong(rng.randint(1, 499_999_999)) if rng.random() < 0.8 else None
    return Transfer(f"{rng.randint(0, 999_999):06d}", account, amount, memo)


def _theirs(transfer: Transfer) -> str:
    return str(
        QRPay(
            bin_id=transfer.bin,
            consumer_id=transfer.account,
            transaction_amount=transfer.amount,
            purpose_of_transaction=transfer.memo or None,
            point_of_initiation_method="STATIC" if transfer.amount is None else "DYNAMIC",
            transaction_currency="704",
            country_code="VN",
            payload_format_indicator="01",
        ).code
    )


def test_only_the_fields_that_every_bank_reads_are_written() -> None:
    payload, tags, at = encode(Transfer("970405", "1500206008801", Dong(120_000), "OCOP482109304")), [], 0
    while at < len(payload):
        tags.append(payload[at : at + 2])
        at += 4 + int(payload[at + 2 : at + 4])
    assert tags == ["00", "01", "38", "53", "54", "58", "62", "63"]


def test_it_is_for_one_use_exactly_when_an_amount_is_said() -> None:
    assert decode(encode(Transfer("970405", "1", Dong(1)))).once
    assert not decode(encode(Transfer("970405", "1"))).once


@pytest.mark.parametrize(
    "transfer",
    [
        Transfer("97040", "1"),
        Transfer("9704050", "1"),
        Transfer("97040a", "1"),
        Transfer("٩٧٠٤٠٥", "1"),
        Transfer("970405", ""),
        Transfer("970405", "1" * 20),
        Transfer("970405", "12 34"),
        Transfer("970405", "12-34"),
        Transfer("970405", "1", Dong(0)),
        Transfer("970405", "1", Dong(-1)),
        Transfer("970405", "1", Dong(500_000_000)),
        Transfer("970405", "1", 1.5),  # type: ignore[arg-type]
        Transfer("970405", "1", True),  # type: ignore[arg-type]
        Transfer("970405", "1", "1000"),  # type: ignore[arg-type]
        Transfer("970405", "1", Dong(1), "A" * 26),
        Transfer("970405", "1", Dong(1), "chữ"),
        Transfer("970405", "1", Dong(1), "lower"),
        Transfer("970405", "1", Dong(1), "A-B"),
        Transfer("970405", "1", Dong(1), " A"),
        Transfer("970405", "1", Dong(1), "A\n"),
    ],
)
def test_what_a_bank_might_misread_is_never_written(transfer: Transfer) -> None:
    with pytest.raises(BadQr):
        encode(transfer)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "0002",
        "000201",
        "010212000201",
        "00020101021153037045802VN0",
        "00020101021253037045802VN54055 000",
        "00020101021253037045802VN54041.50",
        "00020101021253037045802VN540500000",
        "00020101021253037045802VN5400",
        "00020101021253037045303704",
        "0002010102135303704",
        "00020201021253037045802VN",
        "0002010102125802VN",
        "00020101021253037045802VN3806000101",
    ],
)
def test_a_payload_with_a_right_checksum_and_wrong_inside_is_refused(body: str) -> None:
    with pytest.raises(BadQr):
        decode(body + "6304" + checksum(body + "6304"))


@given(st.text(max_size=120))
def test_no_text_breaks_the_decoder(text: str) -> None:
    with pytest.raises(BadQr):
        decode(text)


@given(st.integers(0, 3_000), st.sampled_from(string.digits + "ABCDEF"))
def test_one_changed_character_is_found(position: int, letter: str) -> None:
    payload = encode(Transfer("970405", "1500206008801", Dong(120_000), "OCOP482109304"))
    at = position % len(payload)
    changed = payload[:at] + letter + payload[at + 1 :]
    if changed != payload:
        with pytest.raises(BadQr):
            decode(changed)


def test_the_picture_is_large_enough_and_says_the_payload(tmp_path: Path) -> None:
    payload = encode(Transfer("970405", "1500206008801", Dong(120_000), "OCOP482109304"))
    file = tmp_path / "qr.png"
    file.write_bytes(qr.png(payload))
    with Image.open(file) as picture:
        assert min(picture.size) >= 240
        [found] = zxingcpp.read_barcodes(picture.convert("L"))
        small = picture.convert("L").resize((240, 240))
    assert found.text == payload
    assert zxingcpp.read_barcodes(small)[0].text == payload
    assert found.ec_level == "M"


def test_the_drawing_has_nothing_the_content_policy_forbids() -> None:
    drawing = qr.svg_file(encode(Transfer("970405", "1", Dong(1_000), "OCOP482109304"))).decode()
    assert "<svg" in drawing
    assert "style=" not in drawing
    assert "<script" not in drawing

"""Codes that count time, against the vectors of the standards; keys and paper codes as people type them."""

import base64
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.accounts.rules import (
    RECOVERY_LETTERS,
    Counted,
    delay_after,
    hotp,
    key_address,
    key_in_groups,
    key_text,
    matching_step,
    recovery_code,
    recovery_typed,
    step_of,
    usable_code,
)

KEY = b"12345678901234567890"
NOW = datetime(2026, 11, 24, 9, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"),
        (2000000000, "69279037"), (20000000000, "65353130"),
    ],
)  # fmt: skip
def test_the_vectors_of_rfc_6238(seconds: int, code: str) -> None:
    assert hotp(KEY, step_of(datetime.fromtimestamp(seconds, UTC)), digits=8) == code


def test_the_vectors_of_rfc_4226() -> None:
    wanted = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]
    assert [hotp(KEY, counter) for counter in range(10)] == wanted


@given(st.integers(-5, 5), st.integers(-3, 3))
def test_a_code_counts_one_step_around_now_and_never_twice(away: int, used: int) -> None:
    step = step_of(NOW)
    found = matching_step(KEY, hotp(KEY, step + away), NOW, after=step + used)
    assert found == (step + away if abs(away) <= 1 and away > used else None)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "٤٨٢١٠٩", "482\x00109", "-1", "9" * 5000])
def test_what_is_no_code_is_wrong(typed: str) -> None:
    assert matching_step(KEY, typed, NOW, after=0) is None


def test_a_code_is_read_with_spaces_and_full_width_digits() -> None:
    code = hotp(KEY, step_of(NOW))
    for typed in (f"{code[:3]} {code[3:]}", f" {code} ", "".join(chr(ord(c) + 0xFEE0) for c in code)):
        assert matching_step(KEY, typed, NOW, after=0) == step_of(NOW)


def test_a_sample_shows_the_next_code_once_this_one_is_used_and_then_none() -> None:
    step = step_of(NOW)
    assert usable_code(KEY, NOW, after=0) == hotp(KEY, step)
    assert usable_code(KEY, NOW, after=step) == hotp(KEY, step + 1)
    assert usable_code(KEY, NOW, after=step + 1) == ""


def test_applications_read_the_key_we_mean() -> None:
    address = urlsplit(key_address(KEY, market="Chợ OCOP", person="0900000005"))
    asked = parse_qs(address.query)
    assert (address.scheme, address.netloc, unquote(address.path)) == ("otpauth", "totp", "/Chợ OCOP:0900000005")
    assert base64.b32decode(asked["secret"][0]) == KEY
    assert (asked["issuer"], asked["digits"], asked["period"]) == (["Chợ OCOP"], ["6"], ["30"])
    assert "+" not in address.query  # applications do not read a plus as a space
    assert key_in_groups(KEY).replace(" ", "") == key_text(KEY)
    assert {len(group) for group in key_in_groups(KEY).split()} == {4}


def test_a_paper_code_is_read_as_people_copy_it() -> None:
    code = recovery_code(range(10))
    assert code == "23456-789ab"
    for typed in (code, code.upper(), " 23456 789ab ", "23456789AB"):
        assert recovery_typed(typed) == "23456789ab"
    assert not set("01ilo") & set(RECOVERY_LETTERS)
    assert len(set(RECOVERY_LETTERS)) == 31


def test_guessing_a_day_long_opens_nothing_and_locks_nobody_out() -> None:
    tries, seconds = 0, 0.0
    while seconds < timedelta(days=1).total_seconds():
        tries += 1
        seconds += max(delay_after(Counted.FACTOR_ACCOUNT, tries).total_seconds(), 1)
    assert tries * 3 / 1_000_000 < 0.0015, tries  # from as many addresses as one likes
    assert max(delay_after(Counted.FACTOR_ACCOUNT, n) for n in range(1, 500)) <= timedelta(minutes=5)
    assert [delay_after(Counted.FACTOR_PAIR, n) for n in (1, 3)] == [timedelta(0)] * 2

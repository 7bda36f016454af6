"""Numbers as people type them, passwords, delays: pure rules, exhaustively."""

import contextlib
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.accounts.hashing import common_passwords
from marketplace.accounts.rules import (
    BadEmail,
    BadName,
    BadPassword,
    BadPhone,
    Counted,
    Landline,
    check_password,
    coarse_address,
    code_typed,
    delay_after,
    device_name,
    email_address,
    mask_phone,
    mobile_number,
    person_name,
    phone_number,
    show_code,
    show_phone,
)

SAME = "+84912345678"
TYPED = [
    "0912345678",
    "0912.345.678",
    "0912 345 678",
    "0912-345-678",
    "09 12 34 56 78",
    "(0912) 345 678",
    "+84 912 345 678",
    "+84 (0) 912 345 678",
    "+840912345678",
    "84912345678",
    "0084 912 345 678",
    "912345678",
    "O912345678",
    "o912 345 678",
    "SĐT: 0912 345 678",
    "đt 0912345678",
    "０９１２３４５６７８",
    " 0912\u00a0345\u00a0678 ",
    "0912\u200b345678",
    "0912–345–678",
    "0912/345/678",
]
NOT_NUMBERS = [
    "",
    "abc",
    "0912",
    "0912 345 67",
    "0912 345 6789",
    "113",
    "một hai ba",
    "09l2345678",
    "0012345678",
    "+",
    "0" * 40,
]


@pytest.mark.parametrize("text", TYPED)
def test_a_number_is_read_as_people_type_it(text: str) -> None:
    assert mobile_number(text) == SAME


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_what_is_no_number_is_asked_again_with_an_example(text: str) -> None:
    with pytest.raises(BadPhone) as refusal:
        phone_number(text)
    assert "0912 345 678" in str(refusal.value.message)
    assert refusal.value.field == "phone"


def test_a_line_in_a_house_may_be_called_but_gets_no_code() -> None:
    assert phone_number("024 3825 1234") == "+842438251234"
    with pytest.raises(Landline) as refusal:
        mobile_number("024 3825 1234")
    assert "máy bàn" in str(refusal.value.message)


def test_old_eleven_digit_numbers_are_those_of_today() -> None:
    assert mobile_number("0168 234 5678") == "+84382345678"
    assert mobile_number("01202345678") == "+84702345678"
    assert mobile_number("0199 234 5678") == "+84592345678"


def test_a_number_abroad_needs_its_plus() -> None:
    assert phone_number("+1 415 555 2671") == "+14155552671"
    with pytest.raises(BadPhone):
        phone_number("4155552671")


@settings(deadline=None)  # a busy machine is not a slow rule
@given(st.sampled_from(("32", "70", "81", "86", "90", "91", "98")), st.integers(0, 9_999_999))
def test_every_way_of_writing_a_number_is_the_same_number(prefix: str, rest: int) -> None:
    digits = f"{prefix}{rest:07}"
    number = phone_number("0" + digits)
    assert number == f"+84{digits}"
    for text in (
        number,
        f"84{digits}",
        f"0084{digits}",
        f"+840{digits}",
        f"0{digits[:2]}.{digits[2:5]}.{digits[5:]}",
        digits,
    ):
        assert phone_number(text) == number
    assert phone_number(show_phone(number)) == number
    assert mask_phone(number)[-3:] == number[-3:]
    assert sum(c == "•" for c in mask_phone(number)) == 5


@settings(deadline=None)  # a busy machine is not a slow rule
@given(st.text(max_size=60))
def test_any_text_is_a_number_or_a_sentence(text: str) -> None:
    try:
        number = phone_number(text)
    except BadPhone:
        return
    assert number.startswith("+")
    assert phone_number(number) == number


@settings(deadline=None)  # a busy machine is not a slow rule
@given(st.text(alphabet="0123456789+.-() oOđ", max_size=25))
def test_digits_in_any_disorder_never_crash(text: str) -> None:
    with contextlib.suppress(BadPhone):
        assert phone_number(phone_number(text))


def test_a_number_is_shown_and_masked_as_people_write_it() -> None:
    assert show_phone(SAME) == "0912 345 678"
    assert mask_phone(SAME) == "09•• ••• 678"


@pytest.mark.parametrize("password", ["1234567", "", "ngắn"])
def test_a_short_password_is_refused(password: str) -> None:
    with pytest.raises(BadPassword):
        check_password(password, common=common_passwords())


@pytest.mark.parametrize(
    "password",
    [
        "12345678",
        "password",
        "MatKhau123",
        "anhyeuem",
        "aaaaaaaa",
        "abcdefgh",
        "87654321",
        "chợ ocop 1",
        "Ocop2026",
        "vietnam123",
    ],
)
def test_what_everybody_tries_first_is_refused(password: str) -> None:
    with pytest.raises(BadPassword):
        check_password(password, common=common_passwords())


@pytest.mark.parametrize("password", ["Nguyễn Thị Mơ", "nguyenthimo1", "0912345678", "912345678", "mo0912345678"])
def test_ones_own_name_or_number_is_refused(password: str) -> None:
    with pytest.raises(BadPassword):
        check_password(password, common=common_passwords(), context=("Nguyễn Thị Mơ", "0912345678", "912345678"))


@pytest.mark.parametrize(
    "password", ["nồi đồng cối đá", "muối vừng chum tương", "x7f!kq2m", "ếch ngồi đáy giếng", "a" * 60 + "bcde"]
)
def test_no_kinds_of_characters_are_demanded(password: str) -> None:
    check_password(password, common=common_passwords(), context=("Nguyễn Thị Mơ", "0912345678"))


def test_a_password_has_8_to_128_letters() -> None:
    check_password("cối đá x", common=common_passwords())
    check_password("nồi đồng cối đá " * 8, common=common_passwords())
    with pytest.raises(BadPassword):
        check_password("nồi đồng cối đá " * 8 + "x", common=common_passwords())


@settings(deadline=None)  # a busy machine is not a slow rule
@given(st.text(max_size=140))
def test_any_password_is_taken_or_answered(password: str) -> None:
    with contextlib.suppress(BadPassword):
        check_password(password, common=common_passwords(), context=("Mơ", "0912345678"))
        assert len(password) in range(8, 129)


def test_delays_grow_and_never_shrink() -> None:
    for what in Counted:
        waits = [delay_after(what, n) for n in range(1, 300)]
        assert waits == sorted(waits)


def test_two_slips_cost_nothing_and_ten_cost_an_hour() -> None:
    assert delay_after(Counted.PAIR, 2) == timedelta(0)
    assert delay_after(Counted.PAIR, 3) == timedelta(seconds=5)
    assert delay_after(Counted.PAIR, 10) == timedelta(hours=1)


def test_what_strangers_do_to_an_account_costs_its_owner_seconds() -> None:
    assert delay_after(Counted.ACCOUNT, 19) == timedelta(0)
    assert delay_after(Counted.ACCOUNT, 1_000_000) <= timedelta(seconds=15)
    assert delay_after(Counted.ASK_ACCOUNT, 1_000_000) <= timedelta(minutes=5)


def test_a_code_is_typed_as_it_is_read_aloud() -> None:
    assert code_typed(show_code("482109")) == "482109"
    assert code_typed(" 482.109 ") == "482109"
    assert code_typed("４８２１０９") == "482109"


def test_names_and_addresses() -> None:
    assert person_name("  Nguyễn  Thị Mơ ") == "Nguyễn Thị Mơ"
    assert person_name("Nguyễn\x00 Thị\x07 Mơ") == "Nguyễn Thị Mơ"
    for bad in ("", "1", "12", "x" * 81, "\x00\x00"):
        with pytest.raises(BadName):
            person_name(bad)
    assert email_address(" Lan@gmail.com ") == "Lan@gmail.com"
    assert email_address("  ") is None
    for bad in ("lan", "lan@", "lan@gmail", "a b@c@d.vn", "lan@gmail.com\nBcc: x@y.vn", "<x@y.vn>", "x@-y.vn"):
        with pytest.raises(BadEmail):
            email_address(bad)


def test_a_device_is_named_as_its_owner_knows_it() -> None:
    phone = "Mozilla/5.0 (Linux; Android 13; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36"
    assert device_name(phone) == "Chrome, Android"
    assert device_name(phone + " Zalo/1.0") == "Zalo, Android"
    assert device_name("") == ""
    assert coarse_address("113.161.20.9") == "113.161.•.•"
    assert coarse_address("2001:ee0:4f::1") == "2001:ee0:•"

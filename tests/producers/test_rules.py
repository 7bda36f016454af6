"""Who an account belongs to, and what an application must say."""

import pytest

from marketplace.kit.actor import Actor, ActorKind, Place
from marketplace.kit.errors import AlreadyDecided, NotAllowed
from marketplace.producers.rules import (
    PRODUCER_MOVES,
    Application,
    PayeeDraft,
    PayeeKind,
    ProducerKind,
    ProducerState,
    account_number,
    holder_as_banks_write,
    holder_matches,
    missing,
)

THACH_THAT = Place("01", "09955")
BINS = {"970405", "970436"}
MO_PAYEE = PayeeDraft(PayeeKind.PRODUCER, "970405", "1500 2051 23456", "NGUYEN THI MO")
MO = Application(ProducerKind.HOUSEHOLD, "Cơ sở chè lam Bà Mơ", THACH_THAT, "+84912345678", MO_PAYEE)


@pytest.mark.parametrize(
    ("holder", "name"),
    [
        ("NGUYEN THI MO", "Nguyễn Thị Mơ"),
        ("Nguyễn Thị Mơ", "Nguyễn Thị Mơ"),
        ("MO NGUYEN THI", "Nguyễn Thị Mơ"),
        ("nguyen  thi   mo", "Nguyễn Thị Mơ"),
        ("HTX CHE LAM DAI DONG", "Hợp tác xã Chè lam Đại Đồng"),
        ("CO SO CHE LAM BA MO", "Chè lam Bà Mơ"),
        ("HKD NGUYEN THI MO", "Nguyễn Thị Mơ"),
        ("CTY TNHH MTV MIEN SANG", "Công ty TNHH một thành viên Miến Sáng"),
        ("HO KINH DOANH DANG VAN TIN", "Đặng Văn Tín"),
        ("TRAN VAN DUC - HKD", "Trần Văn Đức HKD"),
    ],
)
def test_a_holder_is_known_whatever_marks_order_and_legal_form(holder: str, name: str) -> None:
    assert holder_matches(holder, ["Người khác", name])


@pytest.mark.parametrize(
    ("holder", "name"),
    [
        ("NGUYEN THI MAI", "Nguyễn Thị Mơ"),
        ("NGUYEN MO", "Nguyễn Thị Mơ"),
        ("NGUYEN THI THI MO", "Nguyễn Thị Mơ"),
        ("HTX", "Hợp tác xã Chè lam"),
        ("", ""),
        ("   ", "Nguyễn Thị Mơ"),
        ("HTX MIEN", "Hợp tác xã Chè lam"),
    ],
)
def test_another_name_is_not_taken_for_hers(holder: str, name: str) -> None:
    assert not holder_matches(holder, [name])


def test_a_holder_is_stored_as_banks_write_it() -> None:
    assert holder_as_banks_write("  Đặng Thị  Mỹ ") == "DANG THI MY"


@pytest.mark.parametrize(
    ("typed", "bare"),
    [
        ("1500 2051 23456", "1500205123456"),
        ("0123.456.789", "0123456789"),
        ("12345", None),
        ("1" * 19, "1" * 19),
        ("1" * 20, None),
        ("số 12345678", None),
        ("", None),
    ],
)
def test_an_account_number_loses_spaces_and_dots_and_has_6_to_19_signs(typed: str, bare: str | None) -> None:
    assert account_number(typed) == bare


def test_a_whole_application_lacks_nothing() -> None:
    assert missing(MO, BINS) == []


def test_an_empty_application_is_told_every_gap_in_page_order() -> None:
    empty = Application(ProducerKind.HOUSEHOLD, " ", Place(""), "", None)
    assert [each.field for each in missing(empty, BINS)] == ["name", "place", "phone", "bank", "account_no", "holder"]


def test_an_unknown_bank_is_asked_again() -> None:
    payee = PayeeDraft(PayeeKind.PRODUCER, "000000", "123456789", "NGUYEN THI MO")
    application = Application(ProducerKind.FARM, "Trại", THACH_THAT, "+84912345678", payee)
    assert [each.field for each in missing(application, BINS)] == ["bank"]


def test_only_the_desk_decides_and_only_once() -> None:
    hanh = Actor(ActorKind.COORDINATOR, 5, areas=(THACH_THAT,))
    mo = Actor(ActorKind.PRODUCER, 1, on_behalf_of=1)
    assert PRODUCER_MOVES.check(ProducerState.APPLIED, "approve", hanh) is ProducerState.ACTIVE
    with pytest.raises(NotAllowed):
        PRODUCER_MOVES.check(ProducerState.APPLIED, "approve", mo)
    with pytest.raises(AlreadyDecided):
        PRODUCER_MOVES.check(ProducerState.ACTIVE, "approve", hanh)
    with pytest.raises(AlreadyDecided):
        PRODUCER_MOVES.check(ProducerState.ACTIVE, "send_back", hanh)


def test_every_state_of_a_producer_can_be_left() -> None:
    left = {state for move in PRODUCER_MOVES.moves.values() for state in move.sources}
    assert left == set(ProducerState)

"""Problems: reported by anybody, answered by the desk of the producer's area."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from marketplace.cases import actions, queries
from marketplace.cases.rules import KINDS_OF, ProblemKind, ProblemState, Report, Side, SubjectKind
from marketplace.kit.actor import Actor
from marketplace.kit.errors import AlreadyDecided, BadInput, NotAllowed, NotFound, NotYours, TooMany
from tests.desk.waiting import maker, official, reported, signed_up

Unit = Callable[[], AbstractContextManager[None]]
TORN = Report(ProblemKind.WRONG_TEXT, "Hộp bị rách.", "0900 000 003")


def test_a_second_press_is_the_same_problem(unit: Unit) -> None:
    with unit():
        first = reported()
    with unit():
        assert reported() == first
        assert len(queries.waiting(official("Hạnh"))) == 1


def test_a_problem_goes_to_the_desk_of_its_area_only(unit: Unit) -> None:
    with unit():
        key = reported()
    with unit():
        for name in ("Hạnh", "Quân", "Bình"):
            assert queries.on_desk(official(name), key).key == key
        with pytest.raises(NotFound):
            queries.on_desk(official("Thu"), key)


def problem(unit: Unit) -> int:
    with unit():
        key = reported()
    with unit():
        found = queries.by_key(key)
        assert found
        return found.id


def test_the_desk_answers_the_same_words_twice_are_once_and_then_it_is_closed(unit: Unit) -> None:
    one = problem(unit)
    for _press in range(2):
        with unit():
            actions.answer(official("Hạnh"), one, "Cơ sở đã gửi bù.")
    with unit():
        assert [(said.side, said.name) for said in queries.messages(one)] == [(Side.DESK, "UBND xã Thạch Thất")]
    with unit():
        actions.close(official("Quân"), one)
    with pytest.raises(AlreadyDecided), unit():
        actions.answer(official("Quân"), one, "Khác.")
    with unit():
        assert queries.waiting(official("Hạnh")) == []
        actions.reopen(official("Hạnh"), one)
    with unit():
        assert [each.state for each in queries.waiting(official("Hạnh"))] == [ProblemState.OPEN]


@pytest.mark.parametrize("who", [official("Thu"), maker("Mơ"), signed_up("Lan"), Actor.stranger()])
def test_nobody_else_answers(unit: Unit, who: Actor) -> None:
    one = problem(unit)
    for verb, words in (("answer", ["Xong."]), ("close", ["Xong."]), ("reopen", [])):
        with pytest.raises((NotYours, NotAllowed)), unit():
            getattr(actions, verb)(who, one, *words)


def test_nothing_is_closed_without_a_word(unit: Unit) -> None:
    one = problem(unit)
    for verb in (actions.answer, actions.close):
        with pytest.raises(BadInput), unit():
            verb(official("Hạnh"), one, "  ")


@pytest.mark.parametrize(
    ("report", "field"),
    [
        (Report(ProblemKind.NOT_ARRIVED, "Chưa thấy hàng."), "kind"),
        (Report(ProblemKind.OTHER, "  "), "text"),
        (Report(ProblemKind.OTHER, "a" * 2001), "text"),
        (Report(ProblemKind.OTHER, "Hỏng.", "0" * 121), "contact"),
    ],
)
def test_what_cannot_be_used_is_asked_again_at_its_field(unit: Unit, report: Report, field: str) -> None:
    with pytest.raises(BadInput) as refused, unit():
        actions.report_product(signed_up("Lan"), 1, report, address="")
    assert refused.value.field == field


def test_a_thing_that_is_not_there_cannot_be_reported(unit: Unit) -> None:
    with pytest.raises(NotFound), unit():
        actions.report_product(signed_up("Lan"), 999, TORN, address="")
    with pytest.raises(NotFound), unit():
        actions.report_order(signed_up("Lan"), 999, TORN, address="")


def test_every_kind_belongs_to_some_subject() -> None:
    assert {kind for kinds in KINDS_OF.values() for kind in kinds} == set(ProblemKind)
    assert set(KINDS_OF) == set(SubjectKind)


def test_one_address_cannot_bury_the_desk(unit: Unit) -> None:
    said = [Report(ProblemKind.WRONG_TEXT, f"Hộp bị rách, lần {n}.") for n in range(4)]
    with unit():
        for report in said[:3]:
            actions.report_product(Actor.stranger(), 1, report, address="10.0.0.1")
    with pytest.raises(TooMany), unit():
        actions.report_product(Actor.stranger(), 1, said[3], address="10.0.0.1")
    with unit():
        actions.report_product(Actor.stranger(), 1, said[3], address="10.0.0.2")
        actions.report_product(Actor.stranger(), 2, said[3], address="10.0.0.1")


def test_what_is_asked_of_the_market_goes_to_admins_only(unit: Unit) -> None:
    with unit():
        asked = Report(ProblemKind.PERSONAL_DATA, "Xin xóa địa chỉ của đơn cũ.")
        key = actions.report_market(Actor.stranger(), asked, address="10.0.0.1")
    with unit():
        assert queries.on_desk(official("Bình"), key).producer_id is None
        with pytest.raises(NotFound):
            queries.on_desk(official("Quân"), key)

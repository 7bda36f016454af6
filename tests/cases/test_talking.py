"""Buyer, producer and desk talk about an order's problem; who waits too long is told of, and nobody else reads along."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
import time_machine

from marketplace.cases import actions, queries
from marketplace.cases.models import Problem
from marketplace.cases.rules import MOST_MESSAGES, Outcome, ProblemKind, ProblemState, Report, Side
from marketplace.kit import clock, db
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import AlreadyDecided, BadInput, NotAllowed, NotYours
from marketplace.notices.models import Notice
from marketplace.orders import queries as orders
from tests import actors, stage
from tests.actors import columns
from tests.market import MarketUnderTest

Unit = Callable[[], AbstractContextManager[None]]
MO, TIN, HANH, QUAN = (
    actors.producer("Mơ"),
    actors.producer("Tín"),
    actors.coordinator("Hạnh"),
    actors.coordinator("Quân"),
)
THU = actors.coordinator("Thu")
SYSTEM = Actor.system("test")


@pytest.fixture
def told(market: MarketUnderTest) -> tuple[int, Actor]:
    """Lan has told that her order from Mơ came broken: the problem, and she."""
    with market.app.app_context():
        token = stage.place_order(1)
    with market.unit():
        group = orders.group_by_token(token)
        assert group is not None
        lan, order_id = Actor.buyer(group.id), orders.orders_of_group(group.id)[0].id
    with market.unit():
        key = actions.report_order(lan, order_id, Report(ProblemKind.BROKEN, "Hộp bị vỡ."), address="")
    with market.unit():
        found = queries.by_key(key)
        assert found is not None
        return found.id, lan


def state_of(unit: Unit, problem_id: int) -> Problem:
    with unit():
        return columns(db.session.get_one(Problem, problem_id))  # type: ignore[return-value]


def test_three_sides_talk_and_the_first_answer_is_the_one_that_counts(
    market: MarketUnderTest, unit: Unit, told: tuple[int, Actor]
) -> None:
    one, lan = told
    turns = [(lan, "Gửi ảnh qua Zalo được không?"), (MO, "Được ạ."), (lan, "Đã gửi."), (HANH, "Cơ sở gửi bù trước thứ Sáu.")]  # fmt: skip
    for hours, (who, said) in enumerate(turns):
        with time_machine.travel(clock.now() + timedelta(hours=hours), tick=False), unit():
            actions.answer(who, one, said)
    with unit():
        assert [(line.side, line.text) for line in queries.messages(one)] == [
            (Side.BUYER, turns[0][1]), (Side.PRODUCER, turns[1][1]), (Side.BUYER, turns[2][1]), (Side.DESK, turns[3][1]),
        ]  # fmt: skip
        second = queries.messages(one)[1].at
    after = state_of(unit, one)
    assert (after.state, after.answered_at, after.answer) == (ProblemState.ANSWERED, second, turns[3][1])


@pytest.mark.parametrize("who", [TIN, THU, Actor.buyer(999), Actor.stranger(), SYSTEM, Actor(ActorKind.PRODUCER)])
def test_nobody_else_speaks_or_ends_it(unit: Unit, told: tuple[int, Actor], who: Actor) -> None:
    one, _lan = told
    for verb, words in (
        ("answer", ["Xong."]),
        ("close", ["Xong.", Outcome.OTHER]),
        ("fine", []),
        ("not_fine", ["Vỡ."]),
    ):
        with pytest.raises((NotYours, NotAllowed)), unit():
            getattr(actions, verb)(who, one, *words)


def test_each_side_has_its_own_verbs(unit: Unit, told: tuple[int, Actor]) -> None:
    one, lan = told
    for who in (MO, HANH):
        with pytest.raises(NotAllowed), unit():
            actions.fine(who, one)
    with pytest.raises(NotAllowed), unit():
        actions.close(lan, one, "Xong.", Outcome.OTHER)
    with pytest.raises(NotYours), unit():
        actions.reopen(MO, one)


def test_the_seller_says_how_it_was_resolved_and_the_buyer_has_the_last_word(
    unit: Unit, told: tuple[int, Actor]
) -> None:
    one, lan = told
    with pytest.raises(BadInput) as refused, unit():
        actions.close(MO, one, "Đã gửi bù.")
    assert refused.value.field == "outcome"
    with unit():
        actions.close(MO, one, "Đã gửi bù.", Outcome.SENT_AGAIN)
    closed = state_of(unit, one)
    assert (closed.state, closed.closed_by, closed.outcome) == (ProblemState.CLOSED, Side.PRODUCER, Outcome.SENT_AGAIN)
    assert closed.answered_at is not None
    with pytest.raises(AlreadyDecided), unit():
        actions.close(HANH, one, "Khác.", Outcome.OTHER)
    with pytest.raises(BadInput), unit():
        actions.not_fine(lan, one, "  ")
    with unit():
        actions.not_fine(lan, one, "Gói gửi bù cũng vỡ.")
    again = state_of(unit, one)
    assert (again.state, again.not_fine, again.closed_at, again.outcome) == (ProblemState.OPEN, True, None, None)
    with pytest.raises(AlreadyDecided), unit():
        actions.not_fine(lan, one, "Gói gửi bù cũng vỡ.")
    for _press in range(2):
        with unit():
            actions.fine(lan, one)
    fine = state_of(unit, one)
    assert (fine.state, fine.closed_by, fine.not_fine) == (ProblemState.CLOSED, Side.BUYER, False)
    assert fine.fine_at is not None


def test_a_conversation_does_not_grow_for_ever(unit: Unit, told: tuple[int, Actor]) -> None:
    one, lan = told
    with unit():
        for number in range(MOST_MESSAGES):
            actions.answer(lan, one, f"Lần {number}.")
    with pytest.raises(BadInput), unit():
        actions.answer(lan, one, "Nữa.")
    with unit():
        actions.answer(MO, one, "Cơ sở gọi lại ngay.")


def inbox(unit: Unit, topic: str) -> list[tuple[int | None, int | None]]:
    with unit():
        rows = db.session.query(Notice).filter(Notice.topic == topic).order_by(Notice.id)
        return [(row.producer_id, row.user_id) for row in rows]


def test_who_waits_is_told_of_once_to_the_coordinator_and_a_day_later_to_the_province(
    market: MarketUnderTest, unit: Unit, told: tuple[int, Actor]
) -> None:
    one, lan = told
    seen = []
    for hours in (71, 73, 74, 97, 98):
        with time_machine.travel(clock.now() + timedelta(hours=hours), tick=False):
            with unit():
                actions.tell_late(SYSTEM)
            market.work()
        seen.append([user for _stall, user in inbox(unit, "problem.late")])
    assert seen == [[], [HANH.user_id], [HANH.user_id], [HANH.user_id, QUAN.user_id], [HANH.user_id, QUAN.user_id]]
    with unit():
        actions.fine(lan, one)
    with time_machine.travel(clock.now() + timedelta(days=30), tick=False), unit():
        assert actions.tell_late(SYSTEM) == 0


def test_everybody_concerned_is_told(market: MarketUnderTest, unit: Unit, told: tuple[int, Actor]) -> None:
    one, lan = told
    market.work()
    assert inbox(unit, "problem.opened") == [(1, None), (None, HANH.user_id)]
    with unit():
        actions.answer(HANH, one, "Cơ sở xem giúp.")
    with unit():
        actions.answer(MO, one, "Gửi bù ngay.")
    with unit():
        actions.answer(lan, one, "Cảm ơn.")
    market.work()
    assert inbox(unit, "problem.answered") == [
        (1, None)
    ]  # the producer hears the desk; what she says goes to the buyer
    assert inbox(unit, "problem.asked") == [(1, None), (None, HANH.user_id)]


def test_figures_are_of_the_stall_and_of_the_last_year(unit: Unit, told: tuple[int, Actor]) -> None:
    one, _lan = told
    with unit():
        actions.close(MO, one, "Đã gửi bù.", Outcome.SENT_AGAIN)
    with unit():
        stall = queries.stall_figures(1)
        assert (stall.reported, stall.answered_in_time, stall.resolved_in_time) == (1, 1, 1)
        assert queries.stall_figures(2).reported == 0
        together, by_kind = queries.market_figures()
        assert (together.reported, set(by_kind)) == (1, {ProblemKind.BROKEN})
    with time_machine.travel(clock.now() + timedelta(days=366), tick=False), unit():
        assert queries.stall_figures(1).reported == 0

"""Limits of problems, who hears when they pass, and the figures that are published."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.cases.rules import (
    ANSWER_HOURS,
    OUTCOME_LABELS,
    PROBLEM_MOVES,
    RESOLVE_DAYS,
    Figures,
    Late,
    Outcome,
    ProblemKind,
    ProblemState,
    Timing,
    figures,
)
from marketplace.kit.actor import Actor, ActorKind
from marketplace.law.table import entry

T0 = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
OTHER, UNSAFE, DATA = ProblemKind.OTHER, ProblemKind.UNSAFE, ProblemKind.PERSONAL_DATA


def test_the_limits_are_those_that_are_published() -> None:
    assert entry("house.resolve").value == RESOLVE_DAYS
    assert {ANSWER_HOURS[kind] for kind in set(ProblemKind) - {UNSAFE, DATA}} == {72}
    assert (ANSWER_HOURS[UNSAFE], ANSWER_HOURS[DATA]) == (24, 48)
    assert set(OUTCOME_LABELS) == set(Outcome)


@pytest.mark.parametrize(
    ("timing", "after", "stage"),
    [
        (Timing(OTHER, T0), 72 * HOUR, Late.NOT),
        (Timing(OTHER, T0), 72 * HOUR + SECOND, Late.ANSWER),
        (Timing(OTHER, T0), 96 * HOUR, Late.ANSWER),
        (Timing(OTHER, T0), 96 * HOUR + SECOND, Late.ANSWER_AGAIN),
        (Timing(UNSAFE, T0), 24 * HOUR + SECOND, Late.ANSWER),
        (Timing(DATA, T0), 48 * HOUR + SECOND, Late.ANSWER),
        (Timing(OTHER, T0, T0 + HOUR), 96 * HOUR + SECOND, Late.NOT),
        (Timing(OTHER, T0, T0 + HOUR), 7 * DAY, Late.NOT),
        (Timing(OTHER, T0, T0 + HOUR), 7 * DAY + SECOND, Late.RESOLVING),
        (Timing(OTHER, T0), 7 * DAY + SECOND, Late.RESOLVING),
        (Timing(OTHER, T0, T0 + HOUR), 8 * DAY + SECOND, Late.RESOLVING_AGAIN),
        (Timing(OTHER, T0, T0 + HOUR, T0 + DAY), 99 * DAY, Late.NOT),
        (Timing(OTHER, T0, None, T0 + DAY), 99 * DAY, Late.NOT),
    ],
)
def test_a_problem_is_late_one_second_after_its_limit(timing: Timing, after: timedelta, stage: Late) -> None:
    assert timing.late(T0 + after) is stage


def test_a_day_later_it_is_for_the_province() -> None:
    assert {stage for stage in Late if stage.to_province} == {Late.ANSWER_AGAIN, Late.RESOLVING_AGAIN}


@given(st.sampled_from(ProblemKind), st.integers(0, 20), st.booleans())
def test_lateness_only_grows(kind: ProblemKind, days: int, answered: bool) -> None:
    one = Timing(kind, T0, T0 + HOUR if answered else None)
    assert one.late(T0 + days * DAY) <= one.late(T0 + (days + 1) * DAY)


def test_figures_count_every_problem_and_hide_none() -> None:
    now = T0 + 20 * DAY
    some = [
        Timing(OTHER, T0, T0 + 2 * HOUR, T0 + DAY),
        Timing(OTHER, T0, T0 + 72 * HOUR, T0 + 9 * DAY),  # answered in the last moment, resolved too late
        Timing(UNSAFE, T0, T0 + 30 * HOUR),  # answered too late, still open
        Timing(OTHER, T0),
        Timing(OTHER, now - HOUR),
        Timing(OTHER, T0, None, T0 + DAY),  # the buyer said it is fine before anybody answered
    ]
    assert figures(some, now) == Figures(
        reported=6, answered=3, answered_in_time=2, hours=30, resolved=3, resolved_in_time=2, late=2
    )
    assert figures([], now) == Figures()


MAY = {
    (ActorKind.BUYER, ProblemState.OPEN): {"ask", "fine"},
    (ActorKind.BUYER, ProblemState.ANSWERED): {"ask", "fine"},
    (ActorKind.BUYER, ProblemState.CLOSED): {"fine", "not_fine"},
    (ActorKind.PRODUCER, ProblemState.OPEN): {"answer", "close"},
    (ActorKind.PRODUCER, ProblemState.ANSWERED): {"answer", "close"},
    (ActorKind.COORDINATOR, ProblemState.OPEN): {"answer", "close"},
    (ActorKind.COORDINATOR, ProblemState.ANSWERED): {"answer", "close"},
    (ActorKind.COORDINATOR, ProblemState.CLOSED): {"reopen"},
}


@pytest.mark.parametrize("state", ProblemState)
@pytest.mark.parametrize("kind", ActorKind)
def test_who_may_do_what(kind: ActorKind, state: ProblemState) -> None:
    same = {ActorKind.HELPER: ActorKind.PRODUCER, ActorKind.ADMIN: ActorKind.COORDINATOR}
    wanted = MAY.get((same.get(kind, kind), state), set())
    assert {verb for verb, _label in PROBLEM_MOVES.buttons(state, Actor(kind))} == wanted

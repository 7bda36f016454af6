"""Changing the account that receives money: the rules, every case of them."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest

from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import AlreadyDecided, NotAllowed, Refused
from marketplace.producers.rules import (
    CHANGE_MOVES,
    MAY_ASK,
    ChangeEnded,
    ChangeState,
    Heard,
    may_decide,
    not_heard,
    reset_over,
    tail,
    takes_effect_at,
)

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
OFFICIALS = (ActorKind.COORDINATOR, ActorKind.ADMIN, ActorKind.OPERATOR)
MOVES = {
    "approve": ({ChangeState.ASKED}, ChangeState.APPROVED, {*OFFICIALS}),
    "refuse": ({ChangeState.ASKED, ChangeState.APPROVED}, ChangeState.REFUSED, {*OFFICIALS}),
    "stop": (
        {ChangeState.ASKED, ChangeState.APPROVED},
        ChangeState.STOPPED,
        {*OFFICIALS, ActorKind.PRODUCER, ActorKind.STRANGER, ActorKind.SYSTEM},
    ),
    "take_effect": ({ChangeState.APPROVED}, ChangeState.DONE, {ActorKind.SYSTEM}),
}


@pytest.mark.parametrize("verb", MOVES)
def test_every_move_is_as_the_table_was_meant(verb: str) -> None:
    sources, target, kinds = MOVES[verb]
    for kind in ActorKind:
        for state in ChangeState:
            actor = Actor(kind, user_id=1)
            if kind in kinds and state in sources:
                assert CHANGE_MOVES.check(state, verb, actor) is target
                continue
            wanted: type[Refused] = NotAllowed if kind not in kinds else ChangeEnded
            with pytest.raises(AlreadyDecided if (verb == "approve" and kind in kinds) else wanted):
                CHANGE_MOVES.check(state, verb, actor)
    assert set(MOVES) == set(CHANGE_MOVES.moves)


def test_money_is_in_no_helpers_scope() -> None:
    assert ActorKind.HELPER not in MAY_ASK
    assert all(ActorKind.HELPER not in move.by for move in CHANGE_MOVES.moves.values())


def test_a_reset_is_over_after_48_hours_and_not_a_second_before() -> None:
    assert reset_over(NOW, None)
    assert not reset_over(NOW, NOW)
    assert not reset_over(NOW, NOW - 48 * HOUR + SECOND)
    assert reset_over(NOW, NOW - 48 * HOUR)


def test_it_takes_effect_48_hours_after_the_approval_and_after_any_reset() -> None:
    assert takes_effect_at(NOW) == NOW + 48 * HOUR
    for hours in range(-100, 101):
        at = takes_effect_at(NOW, NOW + hours * HOUR)
        assert at == NOW + (48 + max(0, hours)) * HOUR


@pytest.mark.parametrize("kind", ActorKind)
def test_whoever_began_it_or_sells_for_the_stall_does_not_decide(kind: ActorKind) -> None:
    for user_id in (None, 1, 2, 3):
        for started_by in (None, 1, 2):
            for members in ([], [1], [2, 3]):
                wanted = kind in OFFICIALS and user_id is not None and user_id != started_by and user_id not in members
                assert may_decide(Actor(kind, user_id=user_id), started_by, members) is wanted


def test_everything_has_to_be_heard() -> None:
    every = [each.value for each in Heard]
    for count in range(len(every) + 1):
        for ticked in combinations(every, count):
            assert {each.value for each in not_heard(ticked)} == set(every) - set(ticked)
    assert not_heard(["name", "wish", "account", "account", "anything"]) == []


def test_of_an_account_only_its_end_is_sent() -> None:
    assert tail("1500206008801") == "••••8801"

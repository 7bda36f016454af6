"""A change of account under a crowd: it is decided once, and a stop and the timer never both win."""

from datetime import timedelta

import pytest
import time_machine

from marketplace.kit import clock
from marketplace.kit.actor import Actor
from marketplace.producers import actions
from marketplace.producers.rules import ChangeState
from tests.desk.waiting import official
from tests.market import MarketUnderTest
from tests.producers.test_changing import HEARD, NEW, OLD, STALL_PHONE, account, approved, asked, state
from tests.races.crowd import all_at_once

pytestmark = pytest.mark.xdist_group("races")


def approves(name: str, change_id: int) -> str:
    actions.approve_change(official(name), change_id, called=STALL_PHONE, heard=HEARD)
    return "approved"


def stops(change_id: int) -> str:
    actions.stop_change(official("Quân"), change_id)
    return "stopped"


def takes_effect() -> str:
    with time_machine.travel(clock.now() + timedelta(hours=49), tick=False):
        return f"took effect {actions.take_effect(Actor.system('timer'))}"


def test_of_many_coordinators_one_approves(market: MarketUnderTest) -> None:
    change_id = asked(market)
    answers = all_at_once(market, [(approves, (name, change_id)) for name in ("Hạnh", "Quân", "Bình") * 4])
    assert sorted(answers) == ["AlreadyDecided"] * 11 + ["approved"]


def test_a_stop_and_the_timer_never_both_win(market: MarketUnderTest) -> None:
    change_id = approved(market)
    answers = all_at_once(market, [(takes_effect, ()), (stops, (change_id,))] * 4)
    assert [answer for answer in answers if answer.startswith("ERROR")] == []
    won = answers.count("stopped"), answers.count("took effect 1")
    assert won in ((1, 0), (0, 1))
    stopped = won == (1, 0)
    assert state(market, change_id) is (ChangeState.STOPPED if stopped else ChangeState.DONE)
    assert account(market) == (OLD if stopped else NEW)

"""The PIN for taps about money: hard to guess in five tries, given back only by a code to the telephone."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import Update, select, update

from marketplace.accounts import actions
from marketplace.accounts.models import MoneyPin, User, UserSession
from marketplace.accounts.rules import BadPin, Device, PinRight, PinWrong, check_pin
from marketplace.kit import clock, db
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import NotFound
from tests import cast
from tests.market import MarketUnderTest

MO = cast.user_id("Mơ")
ACTOR = Actor(ActorKind.PRODUCER, user_id=MO, on_behalf_of=1)
PIN, OTHER = "482907", "739164"


@pytest.mark.parametrize(
    "pin",
    [
        "000000", "123456", "654321", "890123", "098765", "121212", "112112", "483483", "474747", "111222", "150664", "290268",
        "640615", "311290", "000101", "", "12345", "1234567", "48290a", "٤٨٢٩٠٧", "482\x00907", "9" * 4000,
    ],
)  # fmt: skip
def test_what_neighbours_would_guess_is_refused(pin: str) -> None:
    with pytest.raises(BadPin):
        check_pin(pin, phone="+84912345678")


def test_most_numbers_may_be_chosen_as_people_type_them() -> None:
    assert check_pin(" 482 907 ", phone="+84912345678") == PIN
    with pytest.raises(BadPin):
        check_pin("912348", phone="+84912348678")
    free = 0
    for number in range(0, 1_000_000, 37):
        try:
            check_pin(f"{number:06}", phone="+84912345678")
        except BadPin:
            continue
        free += 1
    assert free / (1_000_000 / 37) > 0.9


@db.action
def write(statement: Update) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": False})


@pytest.fixture
def session(market: MarketUnderTest) -> int:
    """A session of Mơ's, opened by password: her telephone was proved long ago."""
    return opened(market)


def opened(market: MarketUnderTest, user_id: int = MO) -> int:
    with market.unit():
        actions.open_session(Actor.system("test"), user_id, device=Device())
        return db.session.scalars(select(UserSession.id).order_by(UserSession.id.desc()).limit(1)).one()


def chooses(market: MarketUnderTest, session: int, pin: str = PIN, old: str = "") -> PinRight | PinWrong:
    with market.unit():
        return actions.set_pin(ACTOR, session_id=session, pin=pin, old=old)


def types(market: MarketUnderTest, session: int, pin: str) -> PinRight | PinWrong:
    with market.unit():
        return actions.open_pin(ACTOR, session_id=session, pin=pin)


def is_due(market: MarketUnderTest, session: int) -> bool:
    with market.unit():
        return actions.pin_is_due(MO, session)


def test_it_stays_open_for_half_an_hour_in_that_browser_only(market: MarketUnderTest, session: int) -> None:
    assert not is_due(market, session)  # nobody is asked before choosing one
    assert chooses(market, session) == PinRight()
    other = opened(market)
    with time_machine.travel(clock.now(), tick=False) as now:
        assert (is_due(market, session), is_due(market, other)) == (False, True)
        assert types(market, other, PIN) == PinRight()
        now.shift(timedelta(minutes=29))
        assert not is_due(market, other)
        now.shift(timedelta(minutes=1))
        assert is_due(market, other)
    with market.unit():
        assert PIN not in db.session.scalars(select(MoneyPin.digest)).one()


def test_five_wrong_ones_close_it_until_the_telephone_is_proved(market: MarketUnderTest, session: int) -> None:
    chooses(market, session)
    thief = opened(market)
    assert [types(market, thief, "111111") for _try in range(6)] == [PinWrong(n) for n in (4, 3, 2, 1, 0, 0)]
    assert types(market, session, PIN) == PinWrong(0)  # the right one is not read either
    assert chooses(market, session, OTHER, old=PIN) == PinWrong(0)
    with market.unit():  # a session opened by a code that proved the telephone, as `enter_with_code` leaves it
        assert not actions.may_set_anew(MO, session)
        write(update(User).where(User.id == MO).values(phone_proved_at=clock.now()))
    fresh = opened(market)
    assert chooses(market, fresh, OTHER) == PinRight()
    assert types(market, session, OTHER) == PinRight()
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        assert chooses(market, fresh, PIN) == PinWrong(4)  # ten minutes after the code the old one is asked for


def test_wrong_ones_on_the_way_to_another_count_as_well(market: MarketUnderTest, session: int) -> None:
    chooses(market, session)
    with market.unit():
        write(update(UserSession).values(created_at=clock.now() - timedelta(hours=1)))
    assert [chooses(market, session, OTHER, old="111111") for _try in range(2)] == [PinWrong(4), PinWrong(3)]
    assert chooses(market, session, OTHER, old=PIN) == PinRight()
    assert types(market, session, PIN) == PinWrong(4)
    assert types(market, session, OTHER) == PinRight()


def test_nobody_types_or_chooses_through_somebody_elses_session(market: MarketUnderTest, session: int) -> None:
    tin = Actor(ActorKind.PRODUCER, user_id=cast.user_id("Tín"), on_behalf_of=2)
    with pytest.raises(NotFound), market.unit():
        actions.set_pin(tin, session_id=session, pin=PIN, old="")
    with pytest.raises(NotFound), market.unit():
        actions.open_pin(tin, session_id=session, pin=PIN)

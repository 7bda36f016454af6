"""What time does: holds that end, taps that stop the clock, late money, silent producers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from marketplace.kit import clock, db
from marketplace.kit.actor import Actor, ActorKind, Place
from marketplace.kit.outbox import Promise
from marketplace.orders import queries as orders
from marketplace.orders.rules import TELL, UNREAD, OrderState
from marketplace.payments import actions
from marketplace.payments.rules import MoneyState
from tests import cast
from tests.market import MarketUnderTest
from tests.orders import shop
from tests.orders.shop import CHE_LAM, CLOCK, KEO_LAC, MO, Bought, does

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
HANH = Actor(ActorKind.COORDINATOR, user_id=cast.user_id("Hạnh"), areas=(Place("01", "09955"),))


class Clockwork:
    """Hours after the order was placed."""

    def __init__(self, market: MarketUnderTest, traveller: time_machine.Traveller) -> None:
        self.market, self.traveller = market, traveller

    def go(self, hours: float) -> None:
        """Travel there, and let every timer run."""
        self.traveller.move_to(NOON + timedelta(hours=hours), tick=False)
        for _name, _seconds, verb in actions.TIMERS:
            does(self.market, verb, CLOCK)


@pytest.fixture
def later(market: MarketUnderTest) -> Iterator[Clockwork]:
    """A clock that stands still at noon in Greenwich's 5 a.m."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield Clockwork(market, traveller)


@pytest.fixture
def bought(market: MarketUnderTest, later: Clockwork) -> Bought:
    """All three packets of kẹo lạc: nobody else can have one while they are held."""
    return shop.order(market, {KEO_LAC: 3})


def state(market: MarketUnderTest, bought: Bought) -> OrderState:
    return shop.row(market, bought.order).state


def silent(market: MarketUnderTest) -> list[str]:
    with market.unit():
        rows = db.session.scalars(select(Promise.payload).where(Promise.topic == "order.silent").order_by(Promise.id))
        return [row["whom"] for row in rows]


def test_a_hold_ends_after_24_hours_without_money_or_tap(
    market: MarketUnderTest, later: Clockwork, bought: Bought
) -> None:
    later.go(23.99)
    assert state(market, bought) is OrderState.PLACED
    assert shop.stock(market, KEO_LAC) == (3, 3)
    later.go(24)
    assert state(market, bought) is OrderState.EXPIRED
    assert shop.stock(market, KEO_LAC) == (3, 0)
    assert shop.page(market, bought.token).payees[0].payload == ""


def test_the_tap_stops_the_clock_for_good(market: MarketUnderTest, later: Clockwork, bought: Bought) -> None:
    later.go(23)
    does(market, actions.buyer_tap, bought.buyer, bought.request)
    later.go(24 * 30)
    assert state(market, bought) is OrderState.PLACED


def test_money_stops_the_clock_for_good(market: MarketUnderTest, later: Clockwork, bought: Bought) -> None:
    does(market, actions.producer_received, MO, bought.request)
    later.go(24 * 30)
    assert state(market, bought) is OrderState.PLACED


def test_not_seen_leaves_12_hours_more_and_then_it_ends(
    market: MarketUnderTest, later: Clockwork, bought: Bought
) -> None:
    later.go(20)
    does(market, actions.buyer_tap, bought.buyer, bought.request)
    later.go(30)
    does(market, actions.producer_not_seen, MO, bought.request)
    later.go(41.9)
    assert state(market, bought) is OrderState.PLACED
    later.go(42)
    assert state(market, bought) is OrderState.EXPIRED
    assert shop.page(market, bought.token).orders[0].refunds == []


def test_an_early_not_seen_never_shortens_the_24_hours(
    market: MarketUnderTest, later: Clockwork, bought: Bought
) -> None:
    does(market, actions.buyer_tap, bought.buyer, bought.request)
    later.go(1)
    does(market, actions.producer_not_seen, MO, bought.request)
    later.go(23.9)
    assert state(market, bought) is OrderState.PLACED
    later.go(24)
    assert state(market, bought) is OrderState.EXPIRED


def test_a_late_tap_holds_the_goods_again(market: MarketUnderTest, later: Clockwork, bought: Bought) -> None:
    later.go(30)
    does(market, actions.buyer_tap, bought.buyer, bought.request)
    assert state(market, bought) is OrderState.PLACED
    assert shop.stock(market, KEO_LAC) == (3, 3)
    assert shop.page(market, bought.token).payees[0].state is MoneyState.CLAIMED
    later.go(24 * 9)
    assert state(market, bought) is OrderState.PLACED
    does(market, actions.producer_received, MO, bought.request)
    does(market, actions.accept, MO, bought.order)
    assert shop.stock(market, KEO_LAC) == (0, 0)


def test_a_late_tap_when_the_goods_are_gone_opens_a_refund(
    market: MarketUnderTest, later: Clockwork, bought: Bought
) -> None:
    later.go(30)
    shop.order(market, {KEO_LAC: 1})
    does(market, actions.buyer_tap, bought.buyer, bought.request)
    assert state(market, bought) is OrderState.EXPIRED
    [refund] = shop.page(market, bought.token).orders[0].refunds
    assert refund.amount == 3 * 32_000 + 30_000  # 1,200 g within Hà Nội
    assert shop.stock(market, KEO_LAC) == (3, 1)


def test_late_money_without_a_tap_does_the_same(market: MarketUnderTest, later: Clockwork, bought: Bought) -> None:
    later.go(30)
    does(market, actions.producer_received, MO, bought.request)
    assert state(market, bought) is OrderState.PLACED
    assert shop.page(market, bought.token).payees[0].state is MoneyState.PAID


def test_late_money_for_goods_that_are_gone_is_owed_back_until_there_are_goods(
    market: MarketUnderTest, later: Clockwork, bought: Bought
) -> None:
    later.go(30)
    other = shop.order(market, {KEO_LAC: 1})
    does(market, actions.buyer_tap, bought.buyer, bought.request)
    does(market, actions.cancel_by_buyer, other.buyer, other.order)
    does(market, actions.producer_received, MO, bought.request)
    assert state(market, bought) is OrderState.PLACED
    assert shop.page(market, bought.token).orders[0].refunds == []


def test_what_was_sent_back_does_not_hold_goods_again(
    market: MarketUnderTest, later: Clockwork, bought: Bought
) -> None:
    later.go(30)
    other = shop.order(market, {KEO_LAC: 1})
    does(market, actions.buyer_tap, bought.buyer, bought.request)
    [refund] = shop.page(market, bought.token).orders[0].refunds
    does(market, actions.refund_sent, MO, refund.refund_id)
    does(market, actions.cancel_by_buyer, other.buyer, other.order)
    does(market, actions.producer_received, MO, bought.request)
    assert state(market, bought) is OrderState.EXPIRED
    assert [one.amount for one in shop.page(market, bought.token).orders[0].refunds] == [refund.amount]


def test_a_silent_producer_is_reminded_then_the_coordinator_then_the_buyer_is_told(
    market: MarketUnderTest, later: Clockwork, bought: Bought
) -> None:
    later.go(2)
    does(market, actions.buyer_tap, bought.buyer, bought.request)
    told = []
    for hours in (13.9, 14, 14, 37.9, 38, 49.9, 50, 80):
        later.go(hours)
        told.append((hours, silent(market)))
    p, c, b = "producer", "coordinator", "buyer"
    assert [len(names) for _, names in told] == [0, 1, 1, 1, 2, 2, 3, 3]
    assert told[-1][1] == [p, c, b]


def test_at_48_hours_the_page_says_that_nobody_answers_and_the_money_can_be_asked_back(
    market: MarketUnderTest, later: Clockwork, bought: Bought
) -> None:
    does(market, actions.buyer_tap, bought.buyer, bought.request)
    later.go(47.9)
    assert "48 giờ" not in str(shop.page(market, bought.token).next)
    later.go(48)
    page = shop.page(market, bought.token)
    assert "48 giờ" in str(page.next)
    assert [verb for verb, _ in page.orders[0].buttons] == ["cancel"]
    does(market, actions.cancel_by_buyer, bought.buyer, bought.order)
    assert [refund.amount for refund in shop.page(market, bought.token).orders[0].refunds] == [page.total]


def test_silence_counts_from_money_too_when_it_came_first(
    market: MarketUnderTest, later: Clockwork, bought: Bought
) -> None:
    later.go(3)
    does(market, actions.producer_received, MO, bought.request)
    later.go(5)
    does(market, actions.buyer_tap, bought.buyer, bought.request)
    later.go(15)
    assert silent(market) == ["producer"]


def test_an_answer_ends_the_silence_and_the_next_tap_begins_another(
    market: MarketUnderTest, later: Clockwork, bought: Bought
) -> None:
    does(market, actions.buyer_tap, bought.buyer, bought.request)
    later.go(13)
    does(market, actions.producer_not_seen, MO, bought.request)
    later.go(20)
    does(market, actions.buyer_tap, bought.buyer, bought.request)
    later.go(31.9)
    assert silent(market) == ["producer"]
    later.go(32)
    assert silent(market) == ["producer", "producer"]


def test_acceptance_ends_the_silence(market: MarketUnderTest, later: Clockwork, bought: Bought) -> None:
    does(market, actions.producer_received, MO, bought.request)
    does(market, actions.accept, MO, bought.order)
    later.go(100)
    assert silent(market) == []


def test_an_order_nobody_opened_for_two_hours_stands_on_the_desk(
    market: MarketUnderTest, later: Clockwork, bought: Bought
) -> None:
    def unread() -> list[str]:
        with market.unit():
            return [one.producer_name for one in orders.unread_older_than(clock.now() - UNREAD, HANH)]

    later.go(1.9)
    assert unread() == []
    later.go(2)
    assert unread() == ["Cơ sở bà Mơ"]
    does(market, actions.mark_read, MO, bought.order)
    assert unread() == []


def test_the_desk_lists_silent_producers(market: MarketUnderTest, later: Clockwork, bought: Bought) -> None:
    does(market, actions.buyer_tap, bought.buyer, bought.request)
    later.go(36)
    with market.unit():
        assert len(orders.silent_since_before(clock.now() - TELL, HANH)) == 1


def test_timers_touch_only_what_is_due(market: MarketUnderTest, later: Clockwork) -> None:
    first = shop.order(market, {CHE_LAM: 1})
    later.go(12)
    second = shop.order(market, {CHE_LAM: 1})
    later.go(24)
    assert (state(market, first), state(market, second)) == (OrderState.EXPIRED, OrderState.PLACED)

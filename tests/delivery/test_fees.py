"""One published table, which an admin changes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine

from marketplace.delivery import actions, queries
from marketplace.delivery.rules import FIRST_TABLE, FeeRow
from marketplace.kit import clock
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import NotAllowed
from marketplace.kit.money import Dong
from tests import cast
from tests.market import MarketUnderTest
from tests.orders import shop
from tests.orders.shop import CHE_LAM, does

BINH = Actor(ActorKind.ADMIN, user_id=cast.user_id("Bình"))
DEARER = replace(FIRST_TABLE, same_province=FeeRow(Dong(30_000), Dong(6_000)))


def test_the_first_table_holds_until_another_is_published(market: MarketUnderTest) -> None:
    with market.unit():
        assert (queries.fees(), queries.fees_since()) == (FIRST_TABLE, None)
    for _ in range(2):
        does(market, actions.set_fees, BINH, DEARER)
    with market.unit():
        assert queries.fees() == DEARER
        assert queries.fees_since() is not None


def test_orders_placed_before_keep_their_fee(market: MarketUnderTest) -> None:
    before = shop.order(market, {CHE_LAM: 1})
    does(market, actions.set_fees, BINH, DEARER)
    after = shop.order(market, {CHE_LAM: 1})
    assert [shop.row(market, one.order).fee for one in (before, after)] == [25_000, 30_000]


def test_of_two_tables_for_one_day_the_later_one_holds(market: MarketUnderTest) -> None:
    with time_machine.travel("2026-11-24T10:00:00+07:00", tick=False) as now:
        does(market, actions.set_fees, BINH, DEARER)
        for amount in (41_000, 42_000):
            does(market, actions.set_fees, BINH, replace(DEARER, elsewhere=FeeRow(Dong(amount), Dong(8_000))))
        with market.unit():
            coming, past = queries.fees_by_day()
            assert [(each.table.elsewhere.first_kg, each.since) for each in coming] == [(42_000, date(2026, 11, 29))]
            assert [(each.table, each.since, each.until) for each in past] == [(FIRST_TABLE, None, date(2026, 11, 24))]
        now.shift(timedelta(days=5))
        with market.unit():
            assert queries.fees().elsewhere.first_kg == 42_000
            assert queries.fees_by_day()[0] == []


def test_an_order_takes_the_table_in_force_on_its_day(market: MarketUnderTest) -> None:
    with time_machine.travel("2026-11-24T10:00:00+07:00", tick=False) as now:
        does(market, actions.set_fees, BINH, DEARER)
        dearest = replace(DEARER, same_province=FeeRow(Dong(90_000), Dong(6_000)))
        does(market, actions.set_fees, BINH, dearest, date(2026, 12, 1))
        before = shop.order(market, {CHE_LAM: 1})
        now.move_to("2026-12-01T00:00:01+07:00")
        after = shop.order(market, {CHE_LAM: 1})
        assert [shop.row(market, one.order).fee for one in (before, after)] == [30_000, 90_000]


@pytest.mark.parametrize("days", [-1, 0, 4, 367])
def test_a_change_needs_notice(market: MarketUnderTest, days: int) -> None:
    does(market, actions.set_fees, BINH, DEARER)
    with pytest.raises(actions.BadFeeDay) as caught:
        does(market, actions.set_fees, BINH, FIRST_TABLE, clock.today() + timedelta(days=days))
    assert caught.value.field == "holds_from"


@pytest.mark.parametrize("amount", [-1, 1_000_001])
def test_a_fee_that_nobody_means_is_refused_at_its_field(market: MarketUnderTest, amount: int) -> None:
    odd = replace(FIRST_TABLE, elsewhere=FeeRow(Dong(amount), Dong(8_000)))
    with pytest.raises(actions.BadFee) as caught:
        does(market, actions.set_fees, BINH, odd)
    assert caught.value.field == "elsewhere_first"


def test_only_an_admin_publishes_fees(market: MarketUnderTest) -> None:
    for kind in (ActorKind.COORDINATOR, ActorKind.PRODUCER, ActorKind.STRANGER):
        with pytest.raises(NotAllowed):
            does(market, actions.set_fees, Actor(kind), DEARER)

"""One published table, which an admin changes."""

from dataclasses import replace

import pytest

from marketplace.delivery import actions, queries
from marketplace.delivery.rules import FIRST_TABLE, FeeRow
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

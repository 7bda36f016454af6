"""Money that must go back: opened by facts, settled by both sides."""

import pytest

from marketplace.kit.actor import Actor, ActorKind, Place
from marketplace.kit.errors import AlreadyDecided, NotYours
from marketplace.kit.money import Dong
from marketplace.orders.rules import NothingClaimed, OrderState, ReasonNeeded, StockState
from marketplace.payments import actions, queries
from tests import cast
from tests.market import MarketUnderTest
from tests.orders import shop
from tests.orders.shop import CHE_LAM, MO, TIN, Bought, does

HANH = Actor(ActorKind.COORDINATOR, user_id=cast.user_id("Hạnh"), areas=(Place("01", "09955"),))
THU = Actor(ActorKind.COORDINATOR, user_id=cast.user_id("Thu"), areas=(Place("15"),))


@pytest.fixture
def bought(market: MarketUnderTest) -> Bought:
    """Two boxes of chè lam: 200,000 dong with the fee."""
    return shop.order(market, {CHE_LAM: 2})


def on_desk(market: MarketUnderTest, actor: Actor = HANH) -> list[int]:
    with market.unit():
        return [refund.amount for refund in queries.refunds_for_area(actor)]


def refund(market: MarketUnderTest, bought: Bought) -> queries.RefundView:
    [one] = shop.page(market, bought.token).orders[0].refunds
    return one


def test_an_order_without_money_is_cancelled_and_nobody_owes_anything(market: MarketUnderTest, bought: Bought) -> None:
    does(market, actions.cancel_by_buyer, bought.buyer, bought.order, reason="Đặt nhầm")
    assert shop.stock(market, CHE_LAM) == (24, 0)
    [order] = shop.page(market, bought.token).orders
    assert (order.state, list(order.refunds), order.close_reason) == (OrderState.CANCELLED, [], "Đặt nhầm")
    assert str(order.owes) == "Không bên nào còn nợ gì."


def test_a_cancelled_order_owes_what_was_claimed(market: MarketUnderTest, bought: Bought) -> None:
    does(market, actions.buyer_tap, bought.buyer, bought.request)
    does(market, actions.cancel_by_buyer, bought.buyer, bought.order)
    assert refund(market, bought).amount == 200_000
    assert on_desk(market) == [200_000]
    assert on_desk(market, THU) == []


def test_it_leaves_the_desk_when_both_have_said_so(market: MarketUnderTest, bought: Bought) -> None:
    does(market, actions.producer_received, MO, bought.request)
    does(market, actions.cannot_make, MO, bought.order, reason="Hết mạch nha", goods_back=True)
    owed = refund(market, bought)
    assert (owed.amount, owed.may_get_back) == (200_000, True)
    for _ in range(2):
        does(market, actions.refund_sent, MO, owed.refund_id)
    assert on_desk(market) == [200_000]
    assert "Đã nhận lại" in str(shop.page(market, bought.token).next)
    for _ in range(2):
        does(market, actions.refund_back, bought.buyer, owed.refund_id)
    assert on_desk(market) == []
    assert "đã nhận lại" in str(shop.page(market, bought.token).orders[0].owes)


def test_the_buyers_word_alone_stays_on_the_desk(market: MarketUnderTest, bought: Bought) -> None:
    does(market, actions.producer_received, MO, bought.request)
    does(market, actions.cancel_by_buyer, bought.buyer, bought.order)
    does(market, actions.refund_back, bought.buyer, refund(market, bought).refund_id)
    assert on_desk(market) == [200_000]


def test_a_claim_that_never_was_is_withdrawn_by_the_buyer_alone(market: MarketUnderTest, bought: Bought) -> None:
    does(market, actions.buyer_tap, bought.buyer, bought.request)
    does(market, actions.cancel_by_buyer, bought.buyer, bought.order)
    owed = refund(market, bought)
    with pytest.raises(NothingClaimed):
        does(market, actions.producer_not_seen, MO, bought.request)
    does(market, actions.refund_disputed, MO, owed.refund_id)
    assert on_desk(market) == [200_000]
    assert "chưa về" in str(shop.page(market, bought.token).orders[0].owes)
    with pytest.raises(NotYours):
        does(market, actions.refund_withdrawn, MO, owed.refund_id)
    does(market, actions.refund_withdrawn, bought.buyer, owed.refund_id)
    assert on_desk(market) == []
    assert shop.page(market, bought.token).orders[0].refunds == []


def test_money_received_is_not_withdrawn(market: MarketUnderTest, bought: Bought) -> None:
    does(market, actions.producer_received, MO, bought.request)
    does(market, actions.cancel_by_buyer, bought.buyer, bought.order)
    with pytest.raises(NothingClaimed):
        does(market, actions.refund_withdrawn, bought.buyer, refund(market, bought).refund_id)


def test_money_that_comes_after_a_cancel_goes_back_and_holds_nothing(market: MarketUnderTest, bought: Bought) -> None:
    does(market, actions.cancel_by_buyer, bought.buyer, bought.order)
    does(market, actions.buyer_tap, bought.buyer, bought.request)
    does(market, actions.producer_received, MO, bought.request)
    assert refund(market, bought).amount == 200_000
    assert shop.stock(market, CHE_LAM) == (24, 0)
    assert shop.row(market, bought.order).state is OrderState.CANCELLED


def test_less_than_claimed_makes_the_refund_less(market: MarketUnderTest, bought: Bought) -> None:
    does(market, actions.buyer_tap, bought.buyer, bought.request)
    does(market, actions.cancel_by_buyer, bought.buyer, bought.order)
    does(market, actions.producer_received, MO, bought.request, total_received=Dong(50_000))
    assert refund(market, bought).amount == 200_000  # 50,000 came, 150,000 the buyer still says is coming
    does(market, actions.refund_withdrawn, bought.buyer, refund(market, bought).refund_id)
    assert refund(market, bought).amount == 50_000


def test_money_after_a_refund_was_sent_opens_another_one(market: MarketUnderTest, bought: Bought) -> None:
    does(market, actions.producer_received, MO, bought.request)
    does(market, actions.cancel_by_buyer, bought.buyer, bought.order)
    does(market, actions.refund_sent, MO, refund(market, bought).refund_id)
    does(market, actions.producer_received, MO, bought.request, total_received=Dong(400_000))
    assert [one.amount for one in shop.page(market, bought.token).orders[0].refunds] == [200_000, 200_000]


def test_a_producer_who_cannot_make_it_says_why_and_whether_the_goods_come_back(market: MarketUnderTest) -> None:
    lost, kept = (shop.order(market, {CHE_LAM: 2}) for _ in range(2))
    for one in (lost, kept):
        does(market, actions.producer_received, MO, one.request)
        does(market, actions.accept, MO, one.order)
    with pytest.raises(ReasonNeeded):
        does(market, actions.cannot_make, MO, lost.order, reason="  ", goods_back=False)
    does(market, actions.cannot_make, MO, lost.order, reason="Mẻ kẹo bị cháy", goods_back=False)
    assert shop.stock(market, CHE_LAM) == (20, 0)
    does(market, actions.cannot_make, MO, kept.order, reason="Người giao không đến", goods_back=True)
    assert shop.stock(market, CHE_LAM) == (22, 0)
    assert shop.row(market, kept.order).stock_state is StockState.RETURNED
    does(market, actions.cannot_make, MO, kept.order, reason="Bấm lại", goods_back=True)
    assert shop.stock(market, CHE_LAM) == (22, 0)


def test_after_the_carrier_has_it_nobody_cancels(market: MarketUnderTest, bought: Bought) -> None:
    does(market, actions.producer_received, MO, bought.request)
    does(market, actions.accept, MO, bought.order)
    does(market, actions.ready, MO, bought.order)
    does(market, actions.hand_over, MO, bought.order, carrier="Bưu điện")
    with pytest.raises(AlreadyDecided):
        does(market, actions.cannot_make, MO, bought.order, reason="x", goods_back=True)


def test_strangers_settle_nothing(market: MarketUnderTest, bought: Bought) -> None:
    does(market, actions.producer_received, MO, bought.request)
    does(market, actions.cancel_by_buyer, bought.buyer, bought.order)
    owed, other = refund(market, bought).refund_id, shop.order(market, {CHE_LAM: 1})
    for verb, actor in (
        (actions.refund_sent, TIN),
        (actions.refund_sent, bought.buyer),
        (actions.refund_disputed, TIN),
        (actions.refund_back, other.buyer),
        (actions.refund_back, MO),
    ):
        with pytest.raises(NotYours):
            does(market, verb, actor, owed)

"""The buyer's word, the producer's answer, and what each changes."""

import pytest
from sqlalchemy import func, select

from marketplace.kit import db
from marketplace.kit.errors import AlreadyDecided, NotYours
from marketplace.kit.money import Dong
from marketplace.kit.outbox import Promise
from marketplace.orders.rules import NothingClaimed, NotPaidYet, OrderState, StockState
from marketplace.payments import actions, queries, vietqr
from marketplace.payments.models import MoneyFact
from marketplace.payments.rules import MoneyState
from tests.market import MarketUnderTest
from tests.orders import shop
from tests.orders.shop import CHE_LAM, MIEN, MO, TIN, Bought, does


@pytest.fixture
def bought(market: MarketUnderTest) -> Bought:
    """Two boxes of chè lam: 170,000 + 30,000 dong."""
    return shop.order(market, {CHE_LAM: 2})


def facts(market: MarketUnderTest) -> int:
    with market.unit():
        return int(db.session.scalar(select(func.count()).select_from(MoneyFact)) or 0)


def topics(market: MarketUnderTest) -> list[str]:
    with market.unit():
        return list(db.session.scalars(select(Promise.topic).order_by(Promise.id)))


def state(market: MarketUnderTest, bought: Bought) -> MoneyState:
    return shop.page(market, bought.token).payees[0].state


def test_the_whole_way_from_placing_to_delivery(market: MarketUnderTest, bought: Bought) -> None:
    assert state(market, bought) is MoneyState.WAITING
    does(market, actions.buyer_tap, bought.buyer, bought.request)
    assert state(market, bought) is MoneyState.CLAIMED
    does(market, actions.producer_received, MO, bought.request)
    assert state(market, bought) is MoneyState.PAID
    does(market, actions.accept, MO, bought.order)
    assert shop.stock(market, CHE_LAM) == (22, 0)
    does(market, actions.ready, MO, bought.order)
    does(market, actions.hand_over, MO, bought.order, carrier="Bưu điện", tracking="VN123")
    does(market, actions.delivered, bought.buyer, bought.order)
    done = shop.page(market, bought.token).orders[0]
    assert (done.state, done.carrier, done.tracking) == (OrderState.DELIVERED, "Bưu điện", "VN123")
    assert [str(step.text) for step in done.steps] == [
        "Đã đặt hàng", "Người mua báo đã chuyển khoản", "Người bán đã nhận tiền", "Người bán nhận đơn", "Hàng đã gói xong",
        "Đã giao cho vận chuyển", "Đã nhận hàng",
    ]  # fmt: skip
    assert topics(market) == [
        "order.placed", "order.tapped", "order.received", "order.accepted", "order.ready", "order.handed_over", "order.delivered",
    ]  # fmt: skip


def test_delivery_counts_for_the_stall_and_the_product(market: MarketUnderTest, bought: Bought) -> None:
    pay_and_pack(market, bought)
    does(market, actions.hand_over, MO, bought.order, carrier="Bưu điện")
    does(market, actions.delivered, MO, bought.order)
    with market.unit():
        assert db.session.execute(select(func.max(db.Base.metadata.tables["producer"].c.delivered))).scalar() == 1
        products = db.Base.metadata.tables["product"]
        assert db.session.execute(select(products.c.sold).where(products.c.id == CHE_LAM)).scalar() == 2


def pay_and_pack(market: MarketUnderTest, bought: Bought) -> None:
    does(market, actions.producer_received, MO, bought.request)
    does(market, actions.accept, MO, bought.order)
    does(market, actions.ready, MO, bought.order)


def test_pressing_twice_is_one_fact_and_one_message(market: MarketUnderTest, bought: Bought) -> None:
    for _ in range(3):
        does(market, actions.buyer_tap, bought.buyer, bought.request)
    assert facts(market) == 1
    for _ in range(3):
        does(market, actions.producer_not_seen, MO, bought.request)
    assert facts(market) == 2
    does(market, actions.buyer_tap, bought.buyer, bought.request)
    for _ in range(3):
        does(market, actions.producer_received, MO, bought.request)
    assert facts(market) == 4
    assert topics(market) == ["order.placed", "order.tapped", "order.not_seen", "order.tapped", "order.received"]


def test_every_verb_pressed_twice_is_no_more_than_once(market: MarketUnderTest, bought: Bought) -> None:
    does(market, actions.producer_received, MO, bought.request)
    for verb in (actions.accept, actions.ready):
        for _ in range(2):
            does(market, verb, MO, bought.order)
    for _ in range(2):
        does(market, actions.hand_over, MO, bought.order, carrier="Bưu điện")
    for _ in range(2):
        does(market, actions.delivered, bought.buyer, bought.order)
    assert shop.stock(market, CHE_LAM) == (22, 0)
    assert len(topics(market)) == 6


def test_an_unpaid_order_is_not_accepted(market: MarketUnderTest, bought: Bought) -> None:
    does(market, actions.buyer_tap, bought.buyer, bought.request)
    with pytest.raises(NotPaidYet):
        does(market, actions.accept, MO, bought.order)
    does(market, actions.producer_received, MO, bought.request, total_received=Dong(100_000))
    with pytest.raises(NotPaidYet):
        does(market, actions.accept, MO, bought.order)
    assert shop.row(market, bought.order).stock_state is StockState.HELD


def test_a_part_asks_for_the_rest_with_a_qr_of_the_rest(market: MarketUnderTest, bought: Bought) -> None:
    does(market, actions.producer_received, MO, bought.request, total_received=Dong(150_000))
    page = shop.page(market, bought.token)
    [block] = page.payees
    assert (block.state, block.missing) == (MoneyState.PART, 50_000)
    told = vietqr.decode(block.payload)
    assert (told.bin, told.account, told.amount, told.memo) == ("970405", "1500206008801", 50_000, block.reference)
    assert "50.000" in str(page.next)
    does(market, actions.producer_received, MO, bought.request, total_received=Dong(200_000))
    [block] = shop.page(market, bought.token).payees
    assert (block.state, block.payload) == (MoneyState.PAID, "")


def test_a_sum_that_was_confirmed_is_not_taken_back(market: MarketUnderTest, bought: Bought) -> None:
    does(market, actions.producer_received, MO, bought.request, total_received=Dong(150_000))
    with pytest.raises(actions.LessThanBefore):
        does(market, actions.producer_received, MO, bought.request, total_received=Dong(10_000))


def test_too_much_money_opens_a_refund_of_the_excess(market: MarketUnderTest, bought: Bought) -> None:
    does(market, actions.producer_received, MO, bought.request, total_received=Dong(230_000))
    [refund] = shop.page(market, bought.token).orders[0].refunds
    assert refund.amount == 30_000
    does(market, actions.accept, MO, bought.order)


def test_not_seen_without_a_tap_is_refused(market: MarketUnderTest, bought: Bought) -> None:
    with pytest.raises(NothingClaimed):
        does(market, actions.producer_not_seen, MO, bought.request)


def test_two_producers_are_paid_apart_and_go_on_apart(market: MarketUnderTest) -> None:
    both = shop.order(market, {CHE_LAM: 1, MIEN: 1})
    page = shop.page(market, both.token)
    assert "2 khoản" in str(page.next)
    assert {vietqr.decode(block.payload).account for block in page.payees} == {"1500206008801", "0451000778899"}
    assert sum(block.due for block in page.payees) == page.total
    does(market, actions.producer_received, TIN, both.request_ids[1])
    does(market, actions.accept, TIN, both.order_ids[1])
    mo, tin = shop.page(market, both.token).orders
    assert (mo.state, tin.state) == (OrderState.PLACED, OrderState.ACCEPTED)


def test_only_the_payee_answers_and_only_the_buyer_taps(market: MarketUnderTest, bought: Bought) -> None:
    other = shop.order(market, {MIEN: 1})
    with pytest.raises(NotYours):
        does(market, actions.buyer_tap, other.buyer, bought.request)
    for verb in (actions.producer_received, actions.producer_not_seen):
        with pytest.raises(NotYours):
            does(market, verb, TIN, bought.request)
        with pytest.raises(NotYours):
            does(market, verb, bought.buyer, bought.request)
    does(market, actions.producer_received, MO, bought.request)
    for verb in (actions.accept, actions.ready, actions.delivered, actions.mark_read):
        with pytest.raises(NotYours):
            does(market, verb, TIN, bought.order)
    with pytest.raises(NotYours):
        does(market, actions.hand_over, TIN, bought.order, carrier="x")
    with pytest.raises(NotYours):
        does(market, actions.cannot_make, TIN, bought.order, reason="x", goods_back=True)
    with pytest.raises(NotYours):
        does(market, actions.cancel_by_buyer, other.buyer, bought.order)
    with pytest.raises(NotYours):
        does(market, actions.delivered, other.buyer, bought.order)


def test_steps_are_not_skipped(market: MarketUnderTest, bought: Bought) -> None:
    with pytest.raises(AlreadyDecided):
        does(market, actions.ready, MO, bought.order)
    does(market, actions.producer_received, MO, bought.request)
    does(market, actions.accept, MO, bought.order)
    with pytest.raises(AlreadyDecided):
        does(market, actions.hand_over, MO, bought.order, carrier="Bưu điện")
    with pytest.raises(AlreadyDecided):
        does(market, actions.delivered, bought.buyer, bought.order)
    with pytest.raises(AlreadyDecided):
        does(market, actions.cancel_by_buyer, bought.buyer, bought.order)


def test_the_first_word_of_the_producer_marks_the_order_as_read(market: MarketUnderTest, bought: Bought) -> None:
    assert shop.row(market, bought.order).read_at is None
    does(market, actions.mark_read, MO, bought.order)
    assert shop.row(market, bought.order).read_at is not None


def test_the_producer_sees_what_she_may_press(market: MarketUnderTest, bought: Bought) -> None:
    code = shop.row(market, bought.order).code

    def seen() -> queries.SellingOrder:
        with market.unit():
            found = queries.selling_order(1, code)
        assert found
        return found

    assert [verb for verb, _ in seen().order.buttons] == ["cannot_make"]
    does(market, actions.buyer_tap, bought.buyer, bought.request)
    assert (seen().may_receive, seen().may_not_see, seen().may_accept) == (True, True, False)
    does(market, actions.producer_received, MO, bought.request)
    assert [verb for verb, _ in seen().order.buttons] == ["accept", "cannot_make"]
    with market.unit():
        assert queries.selling_order(2, code) is None
        assert queries.today(1).to_accept == 1
        assert queries.money_for(1).received == 200_000

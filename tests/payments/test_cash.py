"""Cash from the order to the producer's hands: told as facts, refused with the parcel, lapsing with silence."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from marketplace.kit import clock, db
from marketplace.kit.actor import Actor, ActorKind, Place
from marketplace.kit.errors import AlreadyDecided
from marketplace.kit.money import Dong
from marketplace.kit.outbox import Promise
from marketplace.notices.models import Notice
from marketplace.orders.rules import NothingClaimed, OrderState, StockState, Way
from marketplace.payments import actions, queries
from marketplace.payments.models import MoneyFact, RefundDue
from marketplace.payments.queries.cash import cash_for_area, cash_of_producer
from marketplace.payments.rules import CashNotOffered, CashState, Method, NoCashNow
from marketplace.payments.rules.cash import LATE
from marketplace.producers import actions as producers
from tests import cast
from tests.market import MarketUnderTest
from tests.orders import shop
from tests.orders.shop import CHE_LAM, KEO_LAC, MIEN, MO, RUOU, Bought, does
from tests.payments.test_time import Clockwork, later  # noqa: F401 - a fixture

HANH = Actor(ActorKind.COORDINATOR, user_id=cast.user_id("Hạnh"), areas=(Place("01", "09955"),))
DUE = 2 * 85_000 + 30_000


def sent(market: MarketUnderTest) -> Bought:
    """Two boxes of chè lam on their way with the post: 200,000 dong to collect."""
    one = shop.by_cash(market, {CHE_LAM: 2})
    does(market, actions.accept, MO, one.order)
    does(market, actions.ready, MO, one.order)
    does(market, actions.hand_over, MO, one.order, carrier="Bưu điện", tracking="VN1")
    return one


def view(market: MarketUnderTest, one: Bought) -> queries.OrderView:
    return shop.page(market, one.token).orders[0]


def sellers(market: MarketUnderTest, one: Bought) -> queries.OrderView:
    code = view(market, one).code
    with market.unit():
        found = queries.selling_order(1, code)
    assert found
    return found.order


def sums(market: MarketUnderTest, one: Bought) -> tuple[CashState, int, int, int]:
    known = view(market, one).cash
    assert known
    return known.state, known.collected, known.in_hand, known.open


def facts(market: MarketUnderTest) -> int:
    with market.unit():
        return int(db.session.scalar(select(func.count()).select_from(MoneyFact)) or 0)


def told(market: MarketUnderTest, topic: str) -> list[str]:
    market.work()
    with market.unit():
        return list(db.session.scalars(select(Notice.title).where(Notice.topic == topic).order_by(Notice.id)))


def desk(market: MarketUnderTest) -> list[tuple[int, bool]]:
    with market.unit():
        return [(row.open, row.differs) for row in cash_for_area(HANH)]


def test_cash_goes_from_the_buyer_to_the_carrier_to_the_producer(market: MarketUnderTest) -> None:
    one = sent(market)
    assert shop.stock(market, CHE_LAM) == (22, 0)
    assert sums(market, one) == (CashState.TO_COLLECT, 0, 0, DUE)
    assert str(view(market, one).to_hand_over) == "THU HỘ: 200.000\u00a0₫ tiền mặt."
    for _press in range(2):
        does(market, actions.delivered, one.buyer, one.order)
    assert sums(market, one) == (CashState.COLLECTED, DUE, 0, DUE)
    with market.unit():
        [pile] = cash_of_producer(1).piles
        assert (pile.carrier, pile.open, len(pile.told)) == ("Bưu điện", DUE, 1)
        assert queries.money_for(1).cash == DUE
    for _press in range(2):
        assert does(market, actions.cash_in_hand_of, MO, [one.order, one.order]) == (_press == 0)
    assert sums(market, one) == (CashState.SETTLED, DUE, DUE, 0)
    assert facts(market) == 2
    assert view(market, one).state is OrderState.DELIVERED
    assert desk(market) == []
    with market.unit():
        page = queries.money_for(1)
        assert (page.received, page.cash, page.expected, cash_of_producer(1).piles) == (DUE, 0, 0, [])


def test_the_producers_one_tap_at_the_stall_is_money_and_goods(market: MarketUnderTest) -> None:
    one = shop.by_cash(market, {CHE_LAM: 2}, collect=True)
    does(market, actions.accept, MO, one.order)
    with pytest.raises(NoCashNow):
        does(market, actions.cash_in_hand, MO, one.order)
    does(market, actions.ready, MO, one.order)
    for _press in range(2):
        does(market, actions.cash_in_hand, MO, one.order)
    assert sums(market, one) == (CashState.SETTLED, 170_000, 170_000, 0)
    assert (view(market, one).state, facts(market)) == (OrderState.DELIVERED, 1)


def test_a_buyers_word_at_the_stall_waits_for_the_producers(market: MarketUnderTest) -> None:
    one = shop.by_cash(market, {CHE_LAM: 2}, collect=True)
    does(market, actions.accept, MO, one.order)
    does(market, actions.ready, MO, one.order)
    does(market, actions.delivered, one.buyer, one.order)
    assert sums(market, one) == (CashState.COLLECTED, 170_000, 0, 170_000)
    does(market, actions.cash_in_hand, MO, one.order)
    assert sums(market, one)[0] is CashState.SETTLED


def test_cash_is_refused_where_it_is_not_offered(market: MarketUnderTest) -> None:
    for wants, stall, method, way in (
        ({CHE_LAM: 1}, 1, Method.STALL, Way.SHIP),
        ({CHE_LAM: 1}, 1, Method.COD, Way.COLLECT),
        ({RUOU: 1}, 2, Method.COD, Way.SHIP),
        ({RUOU: 1, MIEN: 1}, 2, Method.COD, Way.SHIP),
    ):
        with pytest.raises(CashNotOffered):
            shop.ordered(market, shop.fill(market, wants), {stall: method}, ways={stall: way})
    both = shop.ordered(market, shop.fill(market, {CHE_LAM: 1, RUOU: 1}), {1: Method.COD})
    assert [bool(order.cash) for order in shop.page(market, both.token).orders] == [True, False]
    does(market, producers.set_cash, MO, 1, cod=False, stall=True)
    with pytest.raises(CashNotOffered):
        shop.by_cash(market, {CHE_LAM: 1})
    assert shop.stock(market, CHE_LAM) == (24, 1)
    shop.by_cash(market, {CHE_LAM: 1}, collect=True)


def test_a_refused_parcel_comes_back_only_when_it_is_said_to_be_there(market: MarketUnderTest) -> None:
    one = sent(market)
    for _press in range(2):
        does(market, actions.cash_refused, MO, one.order, reason="gọi ba lần không nghe")
    assert view(market, one).state is OrderState.CANCELLED
    assert shop.stock(market, CHE_LAM) == (22, 0)
    with market.unit():
        assert [carrier for _code, carrier in cash_of_producer(1).coming_back] == ["Bưu điện"]
    for verb in (actions.cash_in_hand, actions.cash_collected):
        with pytest.raises(AlreadyDecided):
            does(market, verb, MO, one.order)
    for _press in range(2):
        does(market, actions.goods_back, MO, one.order, whole=True)
    assert shop.stock(market, CHE_LAM) == (24, 0)
    with pytest.raises(AlreadyDecided):
        does(market, actions.goods_back, MO, one.order, whole=False)
    assert facts(market) == 0
    with market.unit():
        assert db.session.scalars(select(RefundDue.id)).all() == []
        assert cash_of_producer(1).coming_back == []
        assert db.session.scalars(select(Promise.topic).where(Promise.topic == "order.refused")).all() == [
            "order.refused"
        ]


def test_what_comes_back_spoilt_never_returns_to_the_shelf(market: MarketUnderTest) -> None:
    one = sent(market)
    with pytest.raises(AlreadyDecided):
        does(market, actions.goods_back, MO, one.order, whole=True)
    does(market, actions.cash_refused, MO, one.order)
    does(market, actions.goods_back, MO, one.order, whole=False)
    with pytest.raises(AlreadyDecided):
        does(market, actions.goods_back, MO, one.order, whole=True)
    assert shop.row(market, one.order).stock_state is StockState.LOST
    assert shop.stock(market, CHE_LAM) == (22, 0)


def test_a_paid_parcel_is_not_refused_nor_one_by_transfer(market: MarketUnderTest) -> None:
    one = sent(market)
    does(market, actions.cash_collected, MO, one.order)
    with pytest.raises(AlreadyDecided):
        does(market, actions.cash_refused, MO, one.order)
    other = shop.order(market, {CHE_LAM: 1})
    does(market, actions.producer_received, MO, other.request)
    does(market, actions.accept, MO, other.order)
    does(market, actions.ready, MO, other.order)
    does(market, actions.hand_over, MO, other.order, carrier="Bưu điện")
    for verb in (actions.cash_refused, actions.cash_in_hand, actions.cash_collected, actions.cash_waived):
        with pytest.raises(AlreadyDecided):
            does(market, verb, MO, other.order)


def test_less_than_was_due_is_told_and_seen_until_it_is_let_go(market: MarketUnderTest) -> None:
    one = sent(market)
    with pytest.raises(AlreadyDecided):
        does(market, actions.cash_waived, MO, one.order)
    does(market, actions.cash_collected, MO, one.order, total=Dong(150_000))
    assert sums(market, one) == (CashState.COLLECTED, 150_000, 0, DUE)
    does(market, actions.cash_in_hand, MO, one.order)
    assert sums(market, one) == (CashState.REMITTED, 150_000, 150_000, 50_000)
    assert desk(market) == [(50_000, True)]
    assert "Nhận được 50.000\u00a0₫ thì bấm" in str(sellers(market, one).next)
    with pytest.raises(actions.LessThanBefore):
        does(market, actions.cash_in_hand, MO, one.order, total=Dong(140_000))
    for _press in range(2):
        does(market, actions.cash_waived, MO, one.order)
    assert sums(market, one) == (CashState.SETTLED, 150_000, 150_000, 0)
    assert desk(market) == []
    assert len(told(market, "order.cash_differs")) == 4  # twice, to the producer and to the coordinator
    with market.unit():
        assert db.session.scalars(select(RefundDue.id)).all() == []


def test_the_rest_that_comes_later_is_one_more_tap(market: MarketUnderTest) -> None:
    one = sent(market)
    does(market, actions.cash_collected, MO, one.order, total=Dong(150_000))
    for expected in (150_000, DUE, DUE):
        does(market, actions.cash_in_hand, MO, one.order)
        assert sums(market, one)[2] == expected
    assert (sums(market, one)[0], facts(market)) == (CashState.SETTLED, 3)


def test_what_a_carrier_keeps_is_seen_and_the_buyer_is_left_in_peace(market: MarketUnderTest) -> None:
    one = sent(market)
    does(market, actions.delivered, one.buyer, one.order)
    does(market, actions.cash_in_hand, MO, one.order, total=Dong(180_000))
    assert sums(market, one) == (CashState.REMITTED, DUE, 180_000, 20_000)
    assert desk(market) == [(20_000, True)]
    with market.unit():
        [payload] = db.session.scalars(select(Promise.payload).where(Promise.topic == "order.cash_differs"))
    assert payload["with_buyer"] is False


def test_too_much_cash_goes_back_by_transfer(market: MarketUnderTest) -> None:
    one = sent(market)
    does(market, actions.cash_in_hand, MO, one.order, total=Dong(DUE + 10_000))
    [refund] = view(market, one).refunds
    assert (refund.amount, refund.may_get_back) == (10_000, True)
    with market.unit():
        assert db.session.scalars(select(RefundDue.method)).one() is Method.TRANSFER
    does(market, actions.refund_sent, MO, refund.refund_id)


def test_cash_held_for_two_weeks_stands_on_the_desk(market: MarketUnderTest, later: Clockwork) -> None:  # noqa: F811 - a fixture
    one = sent(market)
    does(market, actions.delivered, one.buyer, one.order)
    later.go(LATE / timedelta(hours=1) - 0.1)
    assert desk(market) == []
    later.go(LATE / timedelta(hours=1))
    assert desk(market) == [(DUE, False)]


def test_silence_reminds_and_lets_the_order_lapse_after_48_hours(market: MarketUnderTest, later: Clockwork) -> None:  # noqa: F811 - a fixture
    one = shop.by_cash(market, {KEO_LAC: 3})
    page = shop.page(market, one.token)
    assert [verb for verb, _ in page.orders[0].buttons] == ["cancel"]
    assert (page.payees[0].payload, page.payees[0].may_tap) == ("", False)
    later.go(47.9)
    assert (view(market, one).state, shop.stock(market, KEO_LAC)) == (OrderState.PLACED, (3, 3))
    later.go(48)
    assert (view(market, one).state, shop.stock(market, KEO_LAC)) == (OrderState.EXPIRED, (3, 0))
    with market.unit():
        whom = [
            row["whom"] for row in db.session.scalars(select(Promise.payload).where(Promise.topic == "order.silent"))
        ]
    assert whom == ["producer", "coordinator"]
    with pytest.raises(AlreadyDecided):
        does(market, actions.accept, MO, one.order)


def test_the_buyer_of_a_lapsing_order_is_never_promised_money_back(market: MarketUnderTest, later: Clockwork) -> None:  # noqa: F811 - a fixture
    shop.by_cash(market, {KEO_LAC: 1})
    later.traveller.move_to(clock.now() + timedelta(hours=49), tick=False)
    assert does(market, actions.tell_buyers, shop.CLOCK) == 0


def test_cash_is_told_by_other_words_than_transfers(market: MarketUnderTest) -> None:
    one = shop.by_cash(market, {CHE_LAM: 1})
    for verb, who in ((actions.buyer_tap, one.buyer), (actions.producer_received, MO), (actions.producer_not_seen, MO)):
        with pytest.raises(NothingClaimed):
            does(market, verb, who, one.request)
    assert facts(market) == 0
    with market.unit():
        assert queries.today(1).to_accept == 1
    does(market, actions.cancel_by_buyer, one.buyer, one.order)
    assert str(view(market, one).owes) == "Không bên nào còn nợ gì."
    assert "Không phải trả tiền" in str(shop.page(market, one.token).next)


def test_a_part_goes_back_after_cash_like_after_any_money(market: MarketUnderTest) -> None:
    one = sent(market)
    does(market, actions.cash_in_hand, MO, one.order)
    with market.unit():
        [line] = queries.selling_orders(1, [OrderState.DELIVERED])[0].lines
        line_id = db.session.scalar(select(db.Base.metadata.tables["order_line"].c.id))
    does(
        market,
        actions.refund_lines,
        MO,
        one.order,
        {line_id: 1},
        fee=False,
        reason="Vỡ",
        goods_back=False,
        key="a" * 32,
    )
    [refund] = view(market, one).refunds
    assert (refund.amount, refund.card, line.quantity) == (85_000, False, 2)

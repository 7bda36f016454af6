"""A part goes back: line by line, never more than is kept, in any state; goods only when the producer says so."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from marketplace.kit import clock, db
from marketplace.kit.errors import NotYours
from marketplace.kit.money import Dong
from marketplace.orders.models import OrderLine
from marketplace.orders.rules import OrderState, ReasonNeeded
from marketplace.payments import actions
from marketplace.payments.models import CardRefund, MoneyFact, RefundDue, RefundLine
from marketplace.payments.queries import payouts
from marketplace.payments.queries.lines import refundable
from marketplace.payments.rules import FactKind
from marketplace.payments.rules.refund import (
    EXCESS,
    CardRefundState,
    NothingToRefund,
    TooMuchToRefund,
    allocate,
    of_units,
    shares_of_lines,
    spread,
)
from marketplace.practice import ledger
from tests.buying.walk import fields, words
from tests.market import MarketUnderTest
from tests.orders import shop
from tests.orders.shop import CHE_LAM, KEO_LAC, MO, TIN, does
from tests.payments.card_shop import BINH, CardMarket, taking_cards
from tests.payments.test_payouts import delivers, later
from tests.races.crowd import all_at_once

dong = st.integers(1, 10**7).map(Dong)


@pytest.fixture
def card(market: MarketUnderTest, tmp_path: Path) -> Iterator[CardMarket]:
    with taking_cards(market, tmp_path) as one:
        yield one


def lines(market: MarketUnderTest, order_id: int) -> list[int]:
    with market.unit():
        return list(
            db.session.scalars(select(OrderLine.id).where(OrderLine.order_id == order_id).order_by(OrderLine.id))
        )


def gives_back(
    market: MarketUnderTest,
    bought: shop.Bought,
    units: int = 1,
    *,
    key: str = "k",
    fee: bool = False,
    goods_back: bool = False,
) -> int:
    """So many units of the first line."""
    first = lines(market, bought.order)[0]
    with market.unit():
        return actions.refund_lines(
            MO, bought.order, {first: units}, fee=fee, reason="Một hộp bị vỡ", goods_back=goods_back, key=key
        )


def refunds(market: MarketUnderTest) -> list[tuple[int, bool]]:
    with market.unit():
        rows = db.session.scalars(select(RefundDue).order_by(RefundDue.id))
        return [(int(row.amount), row.sent_at is not None) for row in rows]


def parts(market: MarketUnderTest) -> dict[str, int]:
    with market.unit():
        rows = db.session.execute(select(RefundLine.part, func.sum(RefundLine.amount)).group_by(RefundLine.part))
        return {row[0]: int(row[1]) for row in rows}


@given(dong, st.lists(dong, max_size=6))
def test_every_dong_falls_to_a_part_and_none_gets_more_than_is_left(amount: Dong, left: list[Dong]) -> None:
    kept = {f"line:{n}": one for n, one in enumerate(left)}
    found = allocate(amount, kept)
    assert sum(found.values()) == amount
    assert all(share <= kept[part] for part, share in found.items() if part != EXCESS)
    assert found.get(EXCESS, 0) == max(0, amount - sum(left))


@given(dong, st.lists(dong, min_size=1, max_size=6))
def test_shares_of_lines_are_what_came_and_never_more_than_they_are_worth(came: Dong, worth: list[Dong]) -> None:
    named = {str(n): one for n, one in enumerate(worth)}
    found = shares_of_lines(came, named)
    assert sum(found.values()) == min(came, sum(worth))
    assert all(0 <= found[key] <= named[key] for key in named)


@given(st.integers(1, 50), dong, st.data())
def test_units_one_by_one_are_the_whole_line(quantity: int, worth: Dong, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, quantity))
    assert of_units(quantity, quantity, worth) == worth
    assert of_units(cut, quantity, worth) <= worth


@given(dong, st.lists(dong, max_size=5))
def test_a_refund_is_spread_over_payments_that_hold_so_much(amount: Dong, holds: list[Dong]) -> None:
    found = spread(amount, [(str(n), one) for n, one in enumerate(holds)])
    assert sum(part for _, part in found) == min(amount, sum(holds))
    assert all(0 < part <= holds[int(payment)] for payment, part in found)


def test_one_box_of_two_goes_back_to_the_card_by_itself(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 2})
    assert gives_back(card.market, bought) == gives_back(card.market, bought)  # pressed twice
    card.market.work()
    assert refunds(card.market) == [(85_000, True)]
    [order] = shop.page(card.market, bought.token).orders
    assert order.state is OrderState.PLACED
    assert "Chợ đã hoàn 85.000" in str(order.refunds[0].says).replace("\u00a0", " ")
    does(card.market, actions.accept, MO, bought.order)  # a part that went back stops nothing
    card.hears(copies=2, order="shuffled")
    with card.market.unit():
        assert db.session.scalar(select(func.count()).where(MoneyFact.kind == FactKind.REFUND_SENT)) == 1


def test_what_is_left_goes_back_when_the_order_is_cancelled_to_the_last_dong(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 1, KEO_LAC: 1})
    gives_back(card.market, bought)
    card.cancel(bought)
    card.market.work()
    total = shop.row(card.market, bought.order).total
    assert refunds(card.market) == [(85_000, True), (total - 85_000, True)]
    assert sum(parts(card.market).values()) == total
    first, second = lines(card.market, bought.order)
    assert parts(card.market) == {f"line:{first}": 85_000, f"line:{second}": 32_000, "fee": total - 117_000}


def test_the_fee_goes_back_once(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 2})
    gives_back(card.market, bought, 1, fee=True)
    with card.market.unit():
        assert refundable(bought.order).fee == 0
    gives_back(card.market, bought, 1, fee=True, key="two")
    assert [amount for amount, _ in refunds(card.market)] == [115_000, 85_000]


def test_more_units_than_were_bought_or_nothing_is_refused(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 2})
    with pytest.raises(TooMuchToRefund):
        gives_back(card.market, bought, 3)
    with pytest.raises(NothingToRefund):
        gives_back(card.market, bought, 0)
    gives_back(card.market, bought, 2)
    with pytest.raises(TooMuchToRefund):
        gives_back(card.market, bought, 1, key="again")
    with pytest.raises(ReasonNeeded), card.market.unit():
        actions.refund_lines(MO, bought.order, {}, fee=True, reason=" ", goods_back=False, key="x")
    with pytest.raises(NotYours), card.market.unit():
        actions.refund_lines(TIN, bought.order, {}, fee=True, reason="Vỡ", goods_back=False, key="x")


def test_an_unpaid_order_has_nothing_to_give_back(card: CardMarket) -> None:
    bought = card.order({CHE_LAM: 1})
    with pytest.raises(NothingToRefund):
        gives_back(card.market, bought)


def test_goods_come_back_only_when_she_says_so_and_only_after_they_were_handed_over(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 3})
    gives_back(card.market, bought, 1, key="early", goods_back=True)
    assert shop.stock(card.market, CHE_LAM) == (24, 3)
    delivers(card, bought)
    assert shop.stock(card.market, CHE_LAM) == (21, 0)
    gives_back(card.market, bought, 1, key="broken")
    assert shop.stock(card.market, CHE_LAM) == (21, 0)
    gives_back(card.market, bought, 1, key="back", goods_back=True)
    assert shop.stock(card.market, CHE_LAM) == (22, 0)


def test_a_transfer_goes_back_as_a_task_that_both_sides_close(market: MarketUnderTest) -> None:
    bought = shop.order(market, {CHE_LAM: 2})
    does(market, actions.producer_received, MO, bought.request)
    refund_id = gives_back(market, bought)
    [view] = shop.page(market, bought.token).orders[0].refunds
    assert (view.amount, view.may_get_back, view.done) == (85_000, True, False)
    does(market, actions.refund_sent, MO, refund_id)
    does(market, actions.refund_back, bought.buyer, refund_id)
    [view] = shop.page(market, bought.token).orders[0].refunds
    assert view.done
    does(market, actions.producer_received, MO, bought.request, total_received=Dong(250_000))
    assert [amount for amount, _ in refunds(market)] == [85_000, 50_000]  # too much is too much all the same


def test_a_refund_after_the_payout_is_taken_from_the_next_one(card: CardMarket) -> None:
    first, second = card.paid({CHE_LAM: 2}), card.paid({CHE_LAM: 2})
    delivers(card, first)
    with later(4):
        with card.market.unit():
            actions.pay_out(BINH, 1, amount=Dong(200_000), key="one")
        gives_back(card.market, first)
        card.market.work()
        with card.market.unit():
            assert payouts.purse(1).payable == -85_000
        delivers(card, second)
    with later(8), card.market.unit():
        assert payouts.purse(1).payable == 200_000 - 85_000


def test_a_failed_refund_counts_for_nothing_and_is_tried_again_by_a_person(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 2}, card=ledger.REFUND_FAILS)
    gives_back(card.market, bought)
    card.market.work()
    assert refunds(card.market) == [(85_000, True)]
    with card.stand.app.store.book() as book:
        assert ledger.settle_refunds(book) == 1
    card.hears()
    assert refunds(card.market) == [(85_000, False)]
    binh = card.market.signed_in("Bình")
    page = binh.get("/dieu-phoi/chi-tra")
    assert "Hoàn 85.000 ₫ vào thẻ chưa được" in words(page)
    binh.post("/dieu-phoi/chi-tra/hoan-lai", data=fields(page, "/dieu-phoi/chi-tra/hoan-lai"))
    card.market.work()
    assert refunds(card.market) == [(85_000, True)]
    with card.market.unit():
        states = sorted(row.state for row in db.session.scalars(select(CardRefund)))
    assert states == [CardRefundState.FAILED, CardRefundState.SUCCEEDED]


def test_a_slow_refund_is_in_flight_until_the_bank_says_so(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 2}, card=ledger.REFUND_WAITS)
    gives_back(card.market, bought, 2)
    card.market.work()
    assert refunds(card.market) == [(170_000, False)]
    with pytest.raises(TooMuchToRefund):
        gives_back(card.market, bought, 1, key="more")
    with card.stand.app.store.book() as book:
        ledger.settle_refunds(book)
    card.hears()
    assert refunds(card.market) == [(170_000, True)]


def test_through_her_page(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 2})
    code, seller = shop.row(card.market, bought.order).code, card.market.signed_in("Mơ")
    page = seller.get(f"/ban-hang/don/{code}/hoan")
    [line] = lines(card.market, bought.order)
    form = {"key": "a" * 32, f"so-{line}": "1", "reason": "Một hộp bị vỡ"}
    assert "Còn 2 hộp" in words(page)
    assert seller.post(f"/ban-hang/don/{code}/hoan", data={**form, "reason": ""}).status_code == 422
    assert seller.post(f"/ban-hang/don/{code}/hoan", data={**form, f"so-{line}": "9"}).status_code == 409
    typed = seller.post(f"/ban-hang/don/{code}/hoan", data={**form, f"so-{line}": "hai"})
    assert (typed.status_code, "bằng chữ số" in words(typed), 'value="hai"' in typed.text) == (422, True, True)
    for _twice in range(2):
        assert seller.post(f"/ban-hang/don/{code}/hoan", data=form).status_code == 303
    assert [amount for amount, _ in refunds(card.market)] == [85_000]
    assert "Chợ hoàn 85.000 ₫ vào thẻ" in words(seller.get(f"/ban-hang/don/{code}"))


def test_eight_at_once_never_give_back_more_than_is_kept(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 6})
    [line] = lines(card.market, bought.order)
    tasks = [(_give, (bought.order, line, f"key-{n % 20}")) for n in range(40)]
    answers = all_at_once(card.market, tasks)
    assert not [answer for answer in answers if str(answer).startswith("ERROR")], answers
    assert len({answer for answer in answers if isinstance(answer, int)}) == 6
    card.market.work()
    with card.market.unit():
        sent = db.session.scalar(select(func.sum(CardRefund.amount)))
    assert sent == 6 * 85_000
    with card.stand.app.store.book() as book:
        assert sum(one["amount"] for one in book.all("refund")) == 6 * 85_000


def _give(order_id: int, line_id: int, key: str) -> int:
    return actions.refund_lines(MO, order_id, {line_id: 1}, fee=False, reason="Vỡ", goods_back=False, key=key)


def test_the_worker_that_is_killed_between_asking_and_writing_down_asks_for_the_same(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 2})
    refund_id = gives_back(card.market, bought)
    for _crash in range(3):
        with card.market.unit():
            asks = actions.begin_card_refund(shop.CLOCK, refund_id)
        with card.market.unit():
            actions.card_calls.stripe_gateway.refund(asks[0])
    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=False):
        card.market.work()
    with card.stand.app.store.book() as book:
        assert [one["amount"] for one in book.all("refund")] == [85_000]
    assert refunds(card.market) == [(85_000, True)]

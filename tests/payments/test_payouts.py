"""Card money passed on: due three days after delivery, never more than is kept, each transfer once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from marketplace.kit import clock, db
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotAllowed
from marketplace.kit.money import MOST, Dong
from marketplace.payments import actions, queries, vietqr
from marketplace.payments.models import Payout
from marketplace.payments.queries import payouts
from marketplace.payments.rules.payout import Purse, TooMuchToPayOut, memo
from tests.buying.walk import words
from tests.market import MarketUnderTest
from tests.orders import shop
from tests.orders.shop import CHE_LAM, MIEN, MO, TIN, does
from tests.payments.card_shop import BINH, TERMS, CardMarket, taking_cards
from tests.races.crowd import all_at_once


@pytest.fixture
def card(market: MarketUnderTest, tmp_path: Path) -> Iterator[CardMarket]:
    with taking_cards(market, tmp_path) as one:
        yield one


def delivers(card: CardMarket, bought: shop.Bought, maker: Actor = MO, order_id: int | None = None) -> None:
    order = order_id or bought.order
    for verb in (actions.accept, actions.ready):
        does(card.market, verb, maker, order)
    does(card.market, actions.hand_over, maker, order, carrier="Bưu điện")
    does(card.market, actions.delivered, bought.buyer, order)


def purse(card: CardMarket, producer_id: int = 1) -> Purse:
    with card.market.unit():
        return payouts.purse(producer_id)


def later(days: float) -> time_machine.travel:
    return time_machine.travel(clock.now() + timedelta(days=days), tick=False)


def pays(card: CardMarket, amount: int, key: str = "k", producer_id: int = 1) -> bool:
    with card.market.unit():
        return actions.pay_out(BINH, producer_id, amount=Dong(amount), key=key)


def test_money_is_due_three_days_after_delivery_and_not_before(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 2})
    total = shop.row(card.market, bought.order).total
    assert purse(card) == Purse(ripe=0, green=total, paid=0)
    delivers(card, bought)
    with later(2.99):
        assert purse(card).payable == 0
        with pytest.raises(TooMuchToPayOut):
            pays(card, 1)
    with later(3.01):
        assert purse(card) == Purse(ripe=total, green=0, paid=0)
        assert pays(card, total)
        assert purse(card).payable == 0


def test_each_stall_gets_its_own_share_of_one_payment(card: CardMarket) -> None:
    both = card.paid({CHE_LAM: 1, MIEN: 1}, 1, 2)
    delivers(card, both, MO, both.order_ids[0])
    delivers(card, both, TIN, both.order_ids[1])
    with later(4), card.market.unit():
        found = payouts.purses()
        page = queries.group_page(both.token)
        assert page is not None
        assert [found[1].payable, found[2].payable] == [order.total for order in page.orders]
        assert [maker.name for maker, _ in payouts.to_pay()] == ["Cơ sở bà Mơ", "Hợp tác xã Minh Khai"]


def test_a_transfer_is_never_payable(card: CardMarket) -> None:
    bought = shop.order(card.market, {CHE_LAM: 1})
    does(card.market, actions.producer_received, MO, bought.request)
    assert purse(card) == Purse(0, 0, 0)


def test_the_rule_is_the_operators(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 1})
    delivers(card, bought)
    does(card.market, actions.set_card_terms, BINH, replace(TERMS, days=0))
    assert purse(card).payable > 0


def test_a_second_press_is_the_same_payout_and_more_is_refused(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 2})
    delivers(card, bought)
    with later(4):
        total = purse(card).payable
        assert pays(card, total, "one")
        assert not pays(card, total, "one")
        with pytest.raises(TooMuchToPayOut):
            pays(card, total, "two")
        with pytest.raises(TooMuchToPayOut):
            pays(card, 0, "three")
        card.market.work()
        with card.market.unit():
            [line] = payouts.history(1)
    assert (line.amount, line.taken_back) == (total, False)


def test_a_payout_written_by_mistake_is_taken_back_once(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 2})
    delivers(card, bought)
    with later(4):
        total = purse(card).payable
        pays(card, total)
        for _twice in range(2):
            does(card.market, actions.take_back_payout, BINH, 1)
        assert purse(card) == Purse(ripe=total, green=0, paid=0)
        assert pays(card, total, "again")
        with card.market.unit():
            assert [line.taken_back for line in payouts.history(1)] == [False, True]
        card.market.work()


def test_only_an_admin_passes_money_on(card: CardMarket) -> None:
    for who in (MO, Actor.stranger(), Actor.system("clock")):
        with pytest.raises(NotAllowed):
            does(card.market, actions.pay_out, who, 1, amount=Dong(1), key="k")


def test_the_picture_pays_the_makers_account(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 2})
    delivers(card, bought)
    with later(4), card.market.unit():
        one = payouts.pay_to("mo1")
        assert one is not None
        read = vietqr.decode(one.payload)
        assert (read.account, read.amount, read.memo) == ("1500206008801", one.purse.now, one.memo)


def test_the_maker_reads_when_her_money_comes_and_that_it_came(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 2})
    code = shop.row(card.market, bought.order).code
    seller = card.market.signed_in("Mơ")
    delivers(card, bought)
    with card.market.unit():
        day = (clock.now() + timedelta(days=4)).astimezone(clock.TZ)
    assert f"chợ sẽ chuyển trước ngày {day.day}/{day.month}" in words(seller.get(f"/ban-hang/don/{code}"))
    with later(4):
        pays(card, purse(card).payable)
        seller = card.market.signed_in("Mơ")
        assert "chợ đã chuyển tiền vào tài khoản" in words(seller.get(f"/ban-hang/don/{code}"))
        assert "Đã chuyển 200.000 ₫" in words(seller.get("/ban-hang/tien"))


def test_the_desk_pays_through_its_page(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 2})
    delivers(card, bought)
    with later(4):
        binh = card.market.signed_in("Bình")
        assert "200.000 ₫" in words(binh.get("/dieu-phoi/chi-tra"))
        page = binh.get("/dieu-phoi/chi-tra/mo1")
        assert "immutable" in binh.get("/dieu-phoi/chi-tra/mo1/ma.svg?so=200000").headers["Cache-Control"]
        assert "1500206008801" in words(page)
        form = {"key": "page-key", "amount": "200000"}
        assert binh.post("/dieu-phoi/chi-tra/mo1", data=form).status_code == 303
        assert binh.post("/dieu-phoi/chi-tra/mo1", data=form).status_code == 303
        assert binh.post("/dieu-phoi/chi-tra/mo1", data={**form, "key": "other"}).status_code == 409
        assert purse(card).payable == 0


def test_eight_people_who_pay_out_at_once_never_pay_too_much(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 2})
    delivers(card, bought)
    does(card.market, actions.set_card_terms, BINH, replace(TERMS, days=0))
    tasks = [(_pay_at_once, (30_000, f"key-{n}")) for n in range(24)]
    answers = all_at_once(card.market, tasks)
    assert answers.count(True) == 6  # 200,000 dong in sixths of 30,000
    assert answers.count("TooMuchToPayOut") == 18
    with card.market.unit():
        assert db.session.scalar(select(func.sum(Payout.amount))) == 180_000


def _pay_at_once(amount: int, key: str) -> bool:
    return actions.pay_out(BINH, 1, amount=Dong(amount), key=key)


@given(st.integers(-(10**12), 10**12), st.integers(0, 10**9), st.integers(0, 10**12))
def test_one_transfer_is_never_more_than_is_payable_nor_than_a_bank_takes(ripe: int, green: int, paid: int) -> None:
    one = Purse(ripe, green, paid)
    assert 0 <= one.now <= max(0, one.payable)
    assert one.now <= MOST


def test_a_memo_is_what_banks_take() -> None:
    with time_machine.travel("2026-11-29 05:00:00+00:00", tick=False):
        said = memo("ae56vm-x", clock.today())
    assert said == "CHO OCOP 2911 AE56VMX"
    assert len(memo("x" * 40, clock.today())) == 25

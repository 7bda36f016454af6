"""Whatever happens to an order, each side is told what to do and who owes what."""

from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kit.money import Dong
from marketplace.orders.rules import OrderState, Way
from marketplace.payments.rules import (
    MoneyState,
    Refund,
    Situation,
    at,
    buyer_next,
    group_next,
    refund_words,
    seller_next,
    who_owes,
)
from tests.market import MarketUnderTest

UNTIL = datetime(2026, 11, 25, 7, 5, tzinfo=UTC)
MISSING = {MoneyState.PAID: 0, MoneyState.OVER: 0, MoneyState.PART: 50_000}


def situation(state: OrderState, money: MoneyState, way: Way = Way.SHIP, **values: object) -> Situation:
    missing = Dong(MISSING.get(money, 120_000))
    return Situation(state, way, money, missing, UNTIL, stall="Cơ sở bà Mơ", **{"silent": False, **values})  # type: ignore[arg-type]


EVERY = [
    situation(state, money, way, silent=silent, refunds=refunds)
    for state, money, way, silent, refunds in product(
        OrderState,
        MoneyState,
        Way,
        (False, True),
        ([], [Refund(Dong(30_000), sent, back, disputed) for sent, back, disputed in product((False, True), repeat=3)]),
    )
]


def test_every_situation_has_its_three_sentences(market: MarketUnderTest) -> None:
    with market.unit():
        for one in EVERY:
            for text in (buyer_next(one), seller_next(one), who_owes(one), group_next([one])):
                assert str(text).endswith(".")
                assert "%(" not in str(text)


@pytest.mark.parametrize(
    ("state", "money", "word"),
    [
        (OrderState.PLACED, MoneyState.WAITING, "Chuyển khoản 120.000\u00a0₫ cho Cơ sở bà Mơ trước 14:05 ngày 25/11"),
        (OrderState.PLACED, MoneyState.CLAIMED, "Chờ Cơ sở bà Mơ xem tài khoản"),
        (OrderState.PLACED, MoneyState.NOT_SEEN, "chưa thấy tiền về"),
        (OrderState.PLACED, MoneyState.PART, "chuyển thêm 50.000\u00a0₫"),
        (OrderState.PLACED, MoneyState.PAID, "Chờ người bán nhận đơn"),
        (OrderState.ACCEPTED, MoneyState.PAID, "đang chuẩn bị hàng"),
        (OrderState.READY, MoneyState.PAID, "đang chờ giao"),
        (OrderState.HANDED_OVER, MoneyState.PAID, "bấm Đã nhận được hàng"),
        (OrderState.DELIVERED, MoneyState.PAID, "Đơn đã xong"),
        (OrderState.EXPIRED, MoneyState.WAITING, "Tôi đã chuyển khoản"),
        (OrderState.CANCELLED, MoneyState.WAITING, "Đơn đã hủy"),
    ],
)
def test_the_buyer_is_told_the_next_step(
    market: MarketUnderTest, state: OrderState, money: MoneyState, word: str
) -> None:
    with market.unit():
        assert word in str(buyer_next(situation(state, money)))


def test_money_to_pay_comes_before_everything_else(market: MarketUnderTest) -> None:
    pay, wait = situation(OrderState.PLACED, MoneyState.WAITING), situation(OrderState.HANDED_OVER, MoneyState.PAID)
    with market.unit():
        assert str(group_next([wait, pay])) == str(buyer_next(pay))
        assert "2 khoản cần chuyển, tất cả 240.000\u00a0₫" in str(group_next([pay, pay]))


def test_a_refund_is_said_by_who_still_has_to_speak(market: MarketUnderTest) -> None:
    def says(**values: bool) -> str:
        known = {"sent": False, "back": False, "disputed": False, **values}
        return str(refund_words(Refund(Dong(30_000), **known), "Cơ sở bà Mơ"))

    with market.unit():
        assert "cần hoàn lại 30.000" in says()
        assert "báo đã hoàn" in says(sent=True)
        assert "Chờ Cơ sở bà Mơ xác nhận" in says(back=True)
        assert "chưa về tài khoản" in says(disputed=True)
        assert "người mua đã nhận lại" in says(sent=True, back=True)


@given(st.datetimes(timezones=st.just(UTC)))
def test_moments_are_short_and_in_the_time_of_vietnam(moment: datetime) -> None:
    assert at(None) == ""
    assert " ngày " in at(moment)

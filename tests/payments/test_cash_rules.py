"""Where cash stands, computed from every set of facts; who may pay like that; what everybody is told of it."""

from datetime import UTC, datetime, timedelta
from itertools import permutations, product

import pytest

from marketplace.kit.money import Dong
from marketplace.orders.rules import CLOSED, OrderState, Way
from marketplace.payments.rules import (
    Cash,
    CashState,
    Fact,
    FactKind,
    Method,
    MoneyState,
    Situation,
    buyer_next,
    cash,
    cash_method,
    cash_word,
    group_next,
    money,
    on_the_label,
    seller_next,
    who_owes,
)
from marketplace.payments.rules.ahead import ahead
from marketplace.payments.rules.cash import ANSWER_WITHIN, Takes, lapses_at, may_tell
from tests.market import MarketUnderTest

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
DUE = Dong(120)
SUMS = (0, 70, 120, 150)


def facts(collected: int, in_hand: int, waived: int, kind: FactKind = FactKind.REMITTED) -> list[Fact]:
    sums = ((FactKind.COLLECTED, collected), (kind, in_hand), (FactKind.WAIVED, waived))
    return [Fact("cash", f"1:{one}:0", one, NOON, Dong(amount)) for one, amount in sums if amount]


EVERY = list(product(SUMS, SUMS, (0, 50, 120)))


@pytest.mark.parametrize("kind", [FactKind.REMITTED, FactKind.RECEIVED])
@pytest.mark.parametrize(("collected", "in_hand", "waived"), EVERY)
def test_every_set_of_sums_has_its_state_whatever_the_order_and_however_often(
    collected: int, in_hand: int, waived: int, kind: FactKind
) -> None:
    known = facts(collected, in_hand, waived, kind)
    answers = {cash([*some, *some], DUE) for some in permutations(known)}
    [one] = answers
    taken = max(collected, in_hand)
    assert (one.collected, one.in_hand, one.waived) == (taken, in_hand, waived)
    assert one.short == max(0, 120 - taken)
    assert one.held == taken - in_hand
    assert one.open == max(0, max(120, taken) - in_hand - waived)
    assert one.awaited == (one.held or one.open)
    expected = CashState.TO_COLLECT
    if not one.open:
        expected = CashState.SETTLED
    elif in_hand:
        expected = CashState.REMITTED
    elif collected:
        expected = CashState.COLLECTED
    assert one.state is expected
    assert money(known, DUE).received == taken  # what the buyer paid, wherever it is


@pytest.mark.parametrize(
    ("collected", "in_hand", "waived", "differs"),
    [
        (0, 0, 0, False), (120, 0, 0, False), (120, 120, 0, False), (70, 0, 0, True), (70, 70, 0, True), (150, 0, 0, True),
        (120, 70, 0, True), (150, 150, 0, False), (70, 70, 50, False), (120, 70, 50, False), (0, 70, 0, True),
    ],
)  # fmt: skip
def test_sums_that_do_not_fit_are_told_apart(collected: int, in_hand: int, waived: int, differs: bool) -> None:
    assert cash(facts(collected, in_hand, waived), DUE).differs is differs


@pytest.mark.parametrize(
    ("way", "cod", "stall", "adult"), list(product((None, *Way), (False, True), (False, True), (False, True)))
)
def test_cash_is_offered_where_the_stall_takes_it_and_never_with_alcohol(
    way: Way | None, cod: bool, stall: bool, adult: bool
) -> None:
    expected = {(Way.SHIP, True): Method.COD, (Way.COLLECT, True): Method.STALL}
    switched_on = {Way.SHIP: cod, Way.COLLECT: stall}
    offered = cash_method(way, Takes(cod, stall), adult=adult)
    assert offered is (None if adult or way is None else expected.get((way, switched_on[way])))


def test_money_changes_hands_only_while_the_parcel_is_out_or_after() -> None:
    told = {(state, way) for state in OrderState for way in Way if may_tell(state, way)}
    assert told == {
        (OrderState.HANDED_OVER, Way.SHIP), (OrderState.DELIVERED, Way.SHIP), (OrderState.READY, Way.COLLECT),
        (OrderState.DELIVERED, Way.COLLECT),
    }  # fmt: skip


def test_a_producer_has_48_hours_to_answer() -> None:
    assert lapses_at(NOON) == NOON + ANSWER_WITHIN == NOON + timedelta(hours=48)


def situation(state: OrderState, way: Way, known: Cash) -> Situation:
    missing = Dong(max(0, known.due - known.collected))
    return Situation(
        state, way, MoneyState.WAITING, missing, NOON, silent=False, stall="Cơ sở bà Mơ", carrier="Bưu điện", cash=known
    )


def test_every_situation_is_said_without_a_word_of_transfers(market: MarketUnderTest) -> None:
    with market.unit():
        for state, way, sums in product(OrderState, Way, EVERY):
            known = cash(facts(*sums), DUE)
            one = situation(state, way, known)
            for text in map(str, (buyer_next(one), seller_next(one), who_owes(one), group_next([one]))):
                assert text.endswith(".")
                assert "%(" not in text
                assert "chuyển khoản" not in text.lower()
            assert str(cash_word(known, way, state))
            assert all(map(str, ahead(state, way, MoneyState.WAITING, cash=True)))
            assert ("120" in str(on_the_label(known, way))) == (known.short == 120)
            if state not in CLOSED and not known.open:
                assert "Không bên nào còn nợ gì" in str(who_owes(one))


@pytest.mark.parametrize(
    ("state", "way", "sums", "word"),
    [
        (OrderState.PLACED, Way.SHIP, (0, 0, 0), "Bây giờ chưa nợ gì"),
        (OrderState.HANDED_OVER, Way.SHIP, (0, 0, 0), "Bưu điện thu 120\u00a0₫ của người mua"),
        (OrderState.DELIVERED, Way.SHIP, (120, 0, 0), "Bưu điện còn phải chuyển 120\u00a0₫ cho Cơ sở bà Mơ"),
        (OrderState.DELIVERED, Way.SHIP, (120, 70, 0), "Bưu điện còn phải chuyển 50\u00a0₫"),
        (OrderState.DELIVERED, Way.SHIP, (70, 70, 0), "Người mua còn thiếu 50\u00a0₫"),
        (OrderState.DELIVERED, Way.SHIP, (70, 0, 0), "người mua còn thiếu 50\u00a0₫. Cơ sở bà Mơ mới cầm 0"),
        (OrderState.DELIVERED, Way.SHIP, (70, 70, 50), "không đòi 50\u00a0₫"),
        (OrderState.READY, Way.COLLECT, (0, 0, 0), "khi đến lấy hàng"),
        (OrderState.DELIVERED, Way.COLLECT, (120, 0, 0), "Người mua báo đã trả 120\u00a0₫ tại gian hàng"),
        (OrderState.DELIVERED, Way.COLLECT, (0, 120, 0), "Không bên nào còn nợ gì"),
    ],
)
def test_who_owes_what(
    market: MarketUnderTest, state: OrderState, way: Way, sums: tuple[int, int, int], word: str
) -> None:
    with market.unit():
        assert word in str(who_owes(situation(state, way, cash(facts(*sums), DUE))))

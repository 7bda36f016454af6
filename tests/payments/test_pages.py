"""The order pages read little, and the same whatever the number of orders."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import event

from marketplace.kit import db
from marketplace.orders import queries as orders
from marketplace.payments import actions, queries
from tests.market import MarketUnderTest
from tests.orders import shop
from tests.orders.shop import CHE_LAM, MIEN, MO, does


@contextmanager
def counting(market: MarketUnderTest) -> Iterator[list[str]]:
    """Statements sent while inside."""
    seen: list[str] = []

    def note(*arguments: object) -> None:
        if str(arguments[2]).startswith("SELECT"):
            seen.append(str(arguments[2]))

    with market.unit():
        event.listen(db.sqla.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(db.sqla.engine, "before_cursor_execute", note)


def statements(market: MarketUnderTest, read: Callable[[], object]) -> int:
    with counting(market) as seen:
        assert read()
    return len(seen)


def test_the_buyers_page_takes_at_most_ten_statements_for_any_number_of_orders(market: MarketUnderTest) -> None:
    one, two = shop.order(market, {CHE_LAM: 1}), shop.order(market, {CHE_LAM: 1, MIEN: 1})
    does(market, actions.producer_received, MO, two.request_ids[0])
    numbers = [statements(market, lambda token=token: queries.group_page(token)) for token in (one.token, two.token)]
    assert numbers[0] == numbers[1] <= 10


def test_the_producers_list_takes_the_same_statements_for_one_and_for_ten_orders(market: MarketUnderTest) -> None:
    shop.order(market, {CHE_LAM: 1})
    few = statements(market, lambda: queries.selling_orders(1))
    for _ in range(9):
        shop.order(market, {CHE_LAM: 1})
    assert statements(market, lambda: queries.selling_orders(1)) == few <= 10


def test_an_order_is_found_by_the_phone_it_was_placed_with_and_its_code(market: MarketUnderTest) -> None:
    bought = shop.order(market, {CHE_LAM: 1})
    code = shop.row(market, bought.order).code
    with market.unit():
        assert orders.lookup("+84900000003", f"{code[:3]} {code[3:]}") == bought.token
        assert orders.lookup("+84900000004", code) is None
        assert orders.lookup("+84900000003", "1234567") is None


def test_an_unknown_address_is_nothing(market: MarketUnderTest) -> None:
    with market.unit():
        assert queries.group_page("x" * 22) is None
        assert queries.qr_payload("x" * 22, 1) == ""


def test_the_address_cannot_be_guessed(market: MarketUnderTest) -> None:
    token = shop.order(market, {CHE_LAM: 1}).token
    assert len(token) >= 22  # 128 bits in base64


def test_each_qr_is_counted_from_one(market: MarketUnderTest) -> None:
    bought = shop.order(market, {CHE_LAM: 1, MIEN: 1})
    with market.unit():
        payloads = [queries.qr_payload(bought.token, n) for n in range(4)]
    assert [bool(payload) for payload in payloads] == [False, True, True, False]

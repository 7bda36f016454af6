"""How much the pages of buyers and producers ask of the database and of the telephone."""

import gzip
from collections.abc import Callable

from tests.browser_client import Browser
from tests.buying.walk import add, answer, buy
from tests.market import MarketUnderTest
from tests.orders.shop import CHE_LAM, MIEN, order, row
from tests.shelf.goods import statements

As = Callable[[str], Browser]
MOST_BYTES = 14 * 1024


def asked(market: MarketUnderTest, browser: Browser, path: str) -> int:
    """Statements of one page; the page fits into one window of the network."""
    with statements(market) as seen:
        page = browser.get(path)
    assert page.status_code == 200, path
    assert len(gzip.compress(page.get_data())) <= MOST_BYTES, path
    return len(seen)


def test_cart_and_checkout_ask_little(market: MarketUnderTest, client: Browser) -> None:
    add(client, CHE_LAM)
    add(client, MIEN)
    answer(client)
    for path in ("/gio-hang", "/dat-hang/nguoi-nhan", "/dat-hang/noi-nhan", "/dat-hang/cach-giao", "/dat-hang/xem-lai"):
        assert asked(market, client, path) <= 12, path


def test_the_order_page_asks_at_most_twelve_times(market: MarketUnderTest, client: Browser) -> None:
    assert asked(market, client, buy(client, CHE_LAM, MIEN)) <= 12


def test_orders_of_this_machine_ask_the_same_for_one_and_for_three(market: MarketUnderTest, client: Browser) -> None:
    buy(client, CHE_LAM)
    few = asked(market, client, "/don-tren-may")
    buy(client, CHE_LAM, MIEN)
    buy(client, MIEN)
    assert asked(market, client, "/don-tren-may") == few <= 12


def test_a_producers_pages_ask_the_same_for_one_order_and_for_ten(market: MarketUnderTest, as_: As) -> None:
    mo, first = as_("Mơ"), order(market, {CHE_LAM: 1})
    pages = ("/ban-hang/don", "/ban-hang/tien", "/ban-hang/thong-bao")
    few = [asked(market, mo, path) for path in pages]
    assert asked(market, mo, f"/ban-hang/don/{row(market, first.order).code}") <= 17
    for _more in range(9):
        order(market, {CHE_LAM: 1})
    assert [asked(market, mo, path) for path in pages] == few
    assert max(few) <= 19  # two of them: whether the account is being changed or frozen, what banks hold

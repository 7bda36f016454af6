"""How often a page asks the database: a fixed number, however much is on sale."""

from tests.shelf import goods
from tests.shelf.goods import CHE_LAM, PAGES

PATHS = [
    "/", "/tim", "/tim?q=banh", "/danh-muc/mi-mien-banh", "/noi-lam/xa-thach-that-09955", PAGES[CHE_LAM], "/lang-nghe/",
    "/gian-hang/co-so-ba-mo-mo1", "/noi-lam/", "/bo-loc?o=/tim", "/goi-y?q=banh", "/api/v1/products?q=banh",
]  # fmt: skip
MOST = 8


def counted(client, market):
    counts = {}
    for path in PATHS:
        client.get(path)
        with goods.statements(market) as seen:
            assert client.get(path).status_code == 200
        counts[path] = len(seen)
    return counts


def test_pages_ask_at_most_eight_times_and_as_often_for_ten_goods_as_for_a_thousand(client, market):
    goods.many(market, 6)
    goods.index(market)
    few = counted(client, market)
    goods.many(market, 990, first=5000)
    goods.index(market)
    assert counted(client, market) == few
    assert {path: count for path, count in few.items() if count > MOST} == {}


def test_a_page_for_strangers_never_asks_who_looks(client, market, as_):
    mo = as_("Mơ")
    with goods.statements(market) as seen:
        mo.get(PAGES[CHE_LAM])
    assert [statement for statement in seen if "FROM user_session" in statement] == []

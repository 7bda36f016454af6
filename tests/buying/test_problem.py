"""Reporting through the page."""

from tests.browser_client import Browser
from tests.buying.walk import words
from tests.market import MarketUnderTest

ASKED = {"kind": "personal_data", "text": "Xin xóa địa chỉ của đơn cũ.", "contact": ""}


def test_anybody_writes_to_the_market_and_the_admin_reads_it(market: MarketUnderTest, client: Browser) -> None:
    assert "Viết cho chợ" in words(client.get("/bao-van-de"))
    assert "Dữ liệu cá nhân" in words(client.get("/bao-van-de?ve=cho"))
    sent = client.post("/bao-van-de?ve=cho", data=ASKED)
    assert "Tin đã đến cán bộ phụ trách" in words(client.get(sent.location))
    market.work()
    admin = market.signed_in("Bình")
    queue = admin.get("/dieu-phoi/?muc=van-de")
    assert "Dữ liệu cá nhân" in words(queue)
    path = queue.get_data(as_text=True).split("/dieu-phoi/van-de/")[1].split('"')[0]
    assert "Xin xóa địa chỉ của đơn cũ." in words(admin.get(f"/dieu-phoi/van-de/{path}"))
    assert market.signed_in("Quân").get(f"/dieu-phoi/van-de/{path}").status_code == 404


def test_many_reports_in_a_row_wait_and_lose_nothing_typed(market: MarketUnderTest, client: Browser) -> None:
    for number in range(3):
        text = f"Hộp bị rách, lần {number}."
        assert client.post("/bao-van-de?hang=h1", data={"kind": "wrong_text", "text": text}).status_code == 303
    late = client.post("/bao-van-de?hang=h1", data={"kind": "wrong_text", "text": "Hộp bị rách nữa."})
    assert late.status_code == 429
    assert late.headers["Retry-After"]
    assert "Hộp bị rách nữa." in words(late)

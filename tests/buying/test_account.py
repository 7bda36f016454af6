"""A buyer with an account, through the pages: history, addresses at the checkout, buying again. None of it is needed."""

import re

from sqlalchemy import select

from marketplace.kit import db
from marketplace.orders.models import OrderGroup
from tests import cast
from tests.browser_client import Browser
from tests.buying.test_cart import CHE_LAM, MIEN
from tests.buying.walk import add, buy, press, soup, words
from tests.market import MarketUnderTest

NEW = {
    "name": "Trần Thị Lan",
    "phone": "0900 000 003",
    "place": "01-09856",
    "place-text": "xã Dương Hòa, Hà Nội",
    "place-for": "xã Dương Hòa, Hà Nội",
    "street": "Số 7 xóm Đình",
}


def owners(market: MarketUnderTest) -> list[int | None]:
    with market.unit():
        return list(db.session.scalars(select(OrderGroup.user_id).order_by(OrderGroup.id)))


def test_an_order_placed_while_signed_in_is_in_the_account_on_every_machine(market: MarketUnderTest) -> None:
    here, there = market.signed_in("Lan"), market.signed_in("Lan")
    assert "Tài khoản chưa có đơn nào" in words(here.get("/tai-khoan/don"))
    address = buy(here, CHE_LAM)
    assert owners(market) == [cast.user_id("Lan")]
    history = there.get("/tai-khoan/don")
    assert address in history.get_data(as_text=True)
    assert "Trần Thị Lan" in words(there.get(address))  # hers without the last four digits
    for stranger in (market.client(), market.signed_in("Minh")):
        seen = words(stranger.get(address))
        assert "T•• T•• L••" in seen
        assert "Mua lại" not in seen
        assert stranger.get(f"{address}/mua-lai").headers["Location"].endswith("#xac-nhan")
    there.post(f"{address}/tai-khoan", data={"bo": "1"})
    assert owners(market) == [None]
    assert "T•• T•• L••" in words(there.get(address))
    again = buy(here, CHE_LAM)
    there.post("/tai-khoan/don")
    assert owners(market) == [None, None]
    assert "Trần Thị Lan" in words(here.get(again))  # the order stays, and this browser still knows it


def test_a_producer_buys_too(market: MarketUnderTest) -> None:
    mo = market.signed_in("Mơ")
    address = buy(mo, MIEN)
    assert owners(market) == [cast.user_id("Mơ")]
    assert address in mo.get("/tai-khoan/don").get_data(as_text=True)
    assert "Vào gian hàng" in words(mo.get("/tai-khoan/"))


def test_an_older_order_is_added_from_its_page_by_whoever_proved_the_same_number(
    market: MarketUnderTest, client: Browser
) -> None:
    address = buy(client, CHE_LAM)
    page = client.get(address)
    assert f"/dang-nhap?next={address}" in page.get_data(as_text=True)
    lan, minh = market.signed_in("Lan"), market.signed_in("Minh")
    assert lan.post(f"{address}/tai-khoan").headers["Location"].endswith("#xac-nhan")  # first the last four digits
    for browser in (lan, minh):
        browser.post(f"{address}/xac-nhan-so", data={"digits": "0003"})
    assert "Thêm đơn này vào tài khoản" in words(minh.get(address))
    minh.post(f"{address}/tai-khoan")
    assert "chính số điện thoại của tài khoản" in words(minh.get(address))
    assert owners(market) == [None]
    lan.post(f"{address}/tai-khoan")
    assert owners(market) == [cast.user_id("Lan")]
    assert client.post(f"{address}/tai-khoan").headers["Location"].startswith("/dang-nhap?")


def test_a_saved_address_fills_the_checkout_in_one_press(market: MarketUnderTest) -> None:
    lan = market.signed_in("Lan")
    wrong = lan.post("/tai-khoan/noi-nhan/moi", data={**NEW, "phone": "09"})
    assert wrong.status_code == 422
    assert "Số 7 xóm Đình" in wrong.get_data(as_text=True)
    assert lan.post("/tai-khoan/noi-nhan/moi", data=NEW).status_code == 303
    book = lan.get("/tai-khoan/noi-nhan")
    assert "Số 7 xóm Đình, xã Dương Hòa, Hà Nội" in words(book)
    path = str(soup(book).find("a", href=re.compile(r"/noi-nhan/\d+"))["href"])  # type: ignore[index]
    assert lan.post(path, data={**NEW, "street": "Số 8 xóm Đình"}).status_code == 303
    add(lan, CHE_LAM)
    first = lan.get("/dat-hang/nguoi-nhan")
    assert "Nơi nhận đã lưu" in words(first)
    number = path.rpartition("/")[2]
    chosen = lan.post("/dat-hang/noi-da-luu", data={"noi": number})
    assert chosen.headers["Location"].endswith("/dat-hang/cach-giao")
    lan.post("/dat-hang/cach-giao", data={"way-1": "ship"})
    review = lan.get("/dat-hang/xem-lai")
    assert "Số 8 xóm Đình, xã Dương Hòa, Hà Nội" in words(review)
    assert press(lan, review).status_code == 303
    lan.post(f"{path}/xoa")
    page = lan.get("/tai-khoan/noi-nhan")
    assert f"{path}/lay-lai" in page.get_data(as_text=True)
    assert "Chưa lưu nơi nhận nào" in words(page)
    lan.post(f"{path}/lay-lai")
    assert "Số 8 xóm Đình" in words(lan.get("/tai-khoan/noi-nhan"))
    minh = market.signed_in("Minh")
    add(minh, CHE_LAM)
    assert minh.post("/dat-hang/noi-da-luu", data={"noi": number}).status_code == 404
    assert minh.get(path).status_code == 404


def test_buying_again_shows_today_s_prices_first(market: MarketUnderTest, client: Browser) -> None:
    address = buy(client, CHE_LAM, MIEN)
    market.signed_in("Tín").post("/ban-hang/hang/h3/tam-dung")
    market.signed_in("Mơ").post("/ban-hang/hang/h1/gia/1", data={"v1-price": "90.000", "price": "90.000"})
    page = words(client.get(f"{address}/mua-lai"))
    for expected in ("Miến dong Minh Khai", "Thôi bán", "Giá lần trước 85.000 ₫, bây giờ 90.000 ₫", "Bỏ vào giỏ"):
        assert expected in page
    for _press in range(2):
        assert client.post(f"{address}/mua-lai").headers["Location"] == "/gio-hang"
    cart = words(client.get("/gio-hang"))
    assert "Chè lam Đại Đồng" in cart
    assert "90.000 ₫" in cart
    assert "180.000" not in cart
    market.signed_in("Mơ").post("/ban-hang/hang/h1/tam-dung")
    assert "Không còn món nào đang bán" in words(client.get(f"{address}/mua-lai"))
    assert client.post(f"{address}/mua-lai").headers["Location"].endswith("/mua-lai")

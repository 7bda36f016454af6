"""Lists: what an address means, filters without any script, words understood, pages of pages."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from bs4 import BeautifulSoup
from sqlalchemy import insert

from marketplace.kit import clock
from marketplace.places.models import CraftVillage
from marketplace.web.storefront.forms.filters import Scope, read_filters
from tests.shelf import goods
from tests.shelf.goods import BEGAN, CHE_LAM, PAGES, product

EVERYTHING = Scope("/tim", "Tất cả", {})


@pytest.fixture
def shop(market):
    """The market with its index built."""
    goods.index(market)
    return market


def page_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.get_data(as_text=True), "html.parser")


def names(page):
    return [link.get_text() for link in page.select(".list-main .good-name a")]


@pytest.mark.parametrize("typed", ["che lam", "chè lam", "CHÈ LAM", "Che%20Lam"])
def test_diacritics_and_capitals_are_optional(client, shop, typed):
    assert names(page_of(client, f"/tim?q={typed}"))[0] == "Chè lam Đại Đồng"


def test_the_headline_says_how_many_and_for_what(client, shop):
    page = page_of(client, "/tim?q=miến+dong")
    assert page.h1.get_text() == "1 sản phẩm cho “miến dong”"
    assert page.find("input", attrs={"type": "search"})["value"] == "miến dong"
    assert page.find("meta", attrs={"name": "robots"})["content"].startswith("noindex")


def test_nothing_found_says_what_to_do_next(client, shop):
    page = page_of(client, "/tim?q=xyzxyz")
    assert page.h1.get_text() == "Chưa có hàng cho “xyzxyz”"
    assert page.find(class_="empty")
    assert page.find("a", href="/danh-muc/mi-mien-banh")


def test_filters_are_a_form_that_asks_by_address(client, shop):
    for path in ("/tim?q=minh+khai", "/bo-loc?o=/tim&q=minh+khai"):
        form = page_of(client, path).find("form", class_="filters")
        assert (form["action"], form["method"]) == ("/tim", "get")
        assert form.find("input", attrs={"name": "q"})["value"] == "minh khai"
        assert form.find("input", attrs={"name": "bo", "value": "14"})
        assert form.find("button", type="submit")


def test_a_chosen_filter_is_a_chip_that_takes_it_away(client, shop):
    page = page_of(client, "/tim?q=minh+khai&bo=6&xep=gia-thap")
    chip = page.find("a", class_="chip-on")
    assert parse_qs(urlsplit(chip["href"]).query) == {"q": ["minh khai"], "xep": ["gia-thap"]}
    assert names(page) == ["Miến dong Minh Khai"]
    assert "đang chọn 1" in page.find("a", href=lambda href: href and href.startswith("/bo-loc")).get_text()


def test_sold_out_comes_last_whatever_the_order(client, market):
    goods.change(market, goods.Variant, CHE_LAM, on_hand=0)
    goods.index(market)
    for order in ("", "moi", "gia-thap", "gia-cao"):
        assert names(page_of(client, f"/danh-muc/mi-mien-banh?xep={order}"))[-1] == "Chè lam Đại Đồng"


def test_what_is_paused_disappears_although_the_index_lags(client, shop):
    product(shop, CHE_LAM, state=goods.ProductState.PAUSED)
    assert "Chè lam Đại Đồng" not in names(page_of(client, "/tim?q=che+lam"))


def test_pages_have_numbers_and_each_its_own_address(client, market):
    goods.many(market, 65)
    goods.index(market)
    first, third = page_of(client, "/danh-muc/mi-mien-banh"), page_of(client, "/danh-muc/mi-mien-banh?trang=3")
    assert len(names(first)) == 30
    assert len(names(third)) == 8
    assert third.find("link", rel="canonical")["href"].endswith("/danh-muc/mi-mien-banh?trang=3")
    assert first.find("a", rel="next")["href"] == "/danh-muc/mi-mien-banh?trang=2"


def test_a_village_lists_its_makers_goods_and_neighbours(client, market):
    village = {"key": "dd1", "slug": "dai-dong-dd1", "name": "Đại Đồng", "folded": "dai dong", "old_place": "xã Đại Đồng",
               "province_code": "01", "commune_code": "09955", "story": "Nấu chè lam.", "opened_at": BEGAN}  # fmt: skip
    goods.run(market, insert(CraftVillage).values(id=1, **village))
    product(market, CHE_LAM, village_id=1)
    goods.index(market)
    page = page_of(client, "/lang-nghe/dai-dong-dd1")
    assert page.h1.get_text() == "Làng Đại Đồng"
    assert page.find("a", href="/gian-hang/co-so-ba-mo-mo1")
    assert page.find("a", href=PAGES[CHE_LAM])
    assert client.get("/lang-nghe/ten-cu-dd1").headers["Location"] == "/lang-nghe/dai-dong-dd1"
    assert names(page_of(client, "/lang-nghe/dai-dong-dd1/hang")) == ["Chè lam Đại Đồng"]
    assert page_of(client, "/lang-nghe/").find("a", href="/lang-nghe/dai-dong-dd1")
    assert page_of(client, "/").find("a", href="/lang-nghe/dai-dong-dd1")


def test_a_place_lists_its_goods_and_its_old_names(client, shop):
    page = page_of(client, "/noi-lam/xa-thach-that-09955")
    assert set(names(page)) == {"Chè lam Đại Đồng", "Kẹo lạc vừng"}
    assert "xã Đại Đồng" in page.find("main").get_text()
    assert client.get("/noi-lam/sai-ten-09955").headers["Location"] == "/noi-lam/xa-thach-that-09955"


def test_an_old_place_name_leads_to_what_it_is_now(client, shop):
    assert page_of(client, "/tim?q=Đại+Đồng,+Thạch+Thất").find("a", href="/noi-lam/xa-thach-that-09955")


def test_the_home_page_shows_prices_and_the_new_recognition(client):
    page = page_of(client, "/")
    assert "85.000\u00a0₫" in [price.get_text() for price in page.select(".goods .price")]
    assert page.find(class_="new-grade").get_text(" ", strip=True).startswith("Chè lam Đại Đồng 4 sao")


@pytest.mark.parametrize(
    "said",
    [
        {"sao": "9"}, {"sao": "2"}, {"bo": "27"}, {"tinh": "99"}, {"gia": "x"}, {"con": "co"}, {"xep": "x"}, {"trang": "0"},
        {"trang": "1"}, {"trang": "-1"}, {"trang": "99999"}, {"trang": "²"}, {"loai": "x"}, {"q": " \u200b "}, {"la": "1"},
    ],
)  # fmt: skip
def test_what_an_address_says_wrongly_is_left_out(said):
    filters = read_filters(EVERYTHING, said)
    assert filters.values == {}
    assert filters.link() == "/tim"


def test_a_list_of_one_place_cannot_be_narrowed_to_another():
    assert read_filters(Scope("/noi-lam/ha-noi-01", "Hà Nội", {"tinh": "01"}), {"tinh": "15"}).values == {}


def test_a_link_keeps_everything_but_the_page(market):
    filters = read_filters(EVERYTHING, {"trang": "3", "sao": "4", "q": "chè lam"})
    assert filters.link(gia="0-50000") == "/tim?q=ch%C3%A8+lam&sao=4&gia=0-50000"
    assert filters.without("sao") == "/tim?q=ch%C3%A8+lam"
    assert filters.query().page == 3


def test_the_badge_is_gone_at_midnight_without_a_job(client, shop):
    day = datetime(2028, 6, 15, 16, 59, 50, tzinfo=UTC)
    with time_machine.travel(day, tick=False):
        assert clock.today().isoformat() == "2028-06-15"
        assert page_of(client, PAGES[CHE_LAM]).find(id="giay-cong-nhan")
        assert page_of(client, "/tim?q=che+lam").select_one(".goods .grade")
    with time_machine.travel(day.replace(hour=17, minute=0, second=1), tick=False):
        assert page_of(client, PAGES[CHE_LAM]).find(id="giay-cong-nhan") is None
        assert page_of(client, "/tim?q=che+lam").select_one(".goods .grade") is None
        assert page_of(client, "/gian-hang/co-so-ba-mo-mo1").find(class_="grade") is None
        assert page_of(client, "/").find(class_="new-grade") is None
        assert names(page_of(client, "/tim?sao=4")) == []
        assert client.get("/api/v1/products/che-lam-dai-dong-h1").get_json()["stars"] is None


def test_an_empty_market_says_so_on_every_page(client, market):
    for key in goods.PAGES:
        product(market, key, state=goods.ProductState.PAUSED)
    goods.index(market)
    for path in (
        "/",
        "/tim",
        "/danh-muc/mi-mien-banh",
        "/noi-lam/ha-noi-01",
        "/gian-hang/co-so-ba-mo-mo1",
        "/lang-nghe/",
        "/nhat-ky-duyet",
    ):
        assert page_of(client, path).find(class_="empty")
    assert page_of(client, "/bo-loc?o=/tim").find("form", class_="filters")
    assert client.get("/api/v1/products").get_json()["items"] == []


def test_every_index_page_says_where_it_stands(client, market):
    for path in ("/danh-muc/", "/lang-nghe/", "/noi-lam/", "/nhat-ky-duyet"):
        assert "BreadcrumbList" in page_of(client, path).find("script", type="application/ld+json").string

"""Pages for strangers: what they show, what they never show, how they may be kept."""

import json
import re

import brotli
import pytest
from bs4 import BeautifulSoup

from marketplace.catalog.models import Variant
from marketplace.catalog.rules import ProductState
from marketplace.producers.models import Producer
from marketplace.producers.rules import ProducerState
from tests import cast
from tests.shelf import goods
from tests.shelf.goods import CHE_LAM, KEO_LAC, MIEN, PAGES, RUOU, change, product

STALL = "/gian-hang/co-so-ba-mo-mo1"
PUBLIC = [
    "/", "/tim", "/tim?q=che+lam", "/tim?q=zzzz", "/bo-loc?o=/tim&q=che", "/danh-muc/", "/danh-muc/mi-mien-banh",
    "/danh-muc/ruou-do-uong", "/danh-muc/bun-mien-banh-6", "/noi-lam/", "/noi-lam/ha-noi-01", "/noi-lam/xa-thach-that-09955",
    "/lang-nghe/", PAGES[CHE_LAM], PAGES[KEO_LAC], PAGES[RUOU], f"{PAGES[CHE_LAM]}/in", STALL, "/tuoi", "/nhat-ky-duyet",
    "/sitemap.xml", "/robots.txt", "/goi-y?q=che", "/api/v1/products", "/api/v1/products/che-lam-dai-dong-h1",
]  # fmt: skip
HTML = [path for path in PUBLIC if not path.startswith(("/sitemap", "/robots", "/goi-y", "/api"))]
KEPT = [path for path in PUBLIC if path not in ("/tuoi", PAGES[RUOU])]


def soup(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return BeautifulSoup(response.get_data(as_text=True), "html.parser")


def linked(page, kind):
    blocks = [json.loads(tag.string) for tag in page.find_all("script", type="application/ld+json")]
    return next(block for block in blocks if block["@type"] == kind)


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_for_strangers_says_nothing_of_anybody(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    text = response.get_data(as_text=True)
    private = [value for person in cast.PEOPLE.values() for value in (person.phone, "0" + person.phone[3:])]
    private += [str(stall["street"]) for stall in cast.STALLS.values()] + [
        stall["account"][1] for stall in cast.STALLS.values()
    ]
    assert [value for value in private if value in text.replace(" ", "") or value in text] == []


@pytest.mark.parametrize("path", PUBLIC)
def test_nobody_changes_a_page_for_strangers_by_signing_in(client, as_, path):
    assert client.get(path).data == as_("Mơ").get(path).data


@pytest.mark.parametrize("path", KEPT)
def test_any_cache_may_keep_it_and_asks_before_showing_it(client, path):
    response = client.get(path)
    assert response.headers["Cache-Control"] == "public, no-cache"
    assert "Cookie" in response.headers["Vary"]


def test_pages_are_at_most_14_kb_compressed_with_a_full_list_on_them(client, market):
    goods.many(market, 60)
    goods.index(market)
    sizes = {path: len(brotli.compress(client.get(path).data, quality=4)) for path in HTML}
    assert {path: size for path, size in sizes.items() if size > 14_000} == {}


def test_a_page_that_bears_a_message_is_kept_by_nobody(client):
    client.set_cookie("loi_nhan", "anything", domain="127.0.0.1")
    assert client.get("/").headers["Cache-Control"] == "no-store"


def test_every_public_page_names_its_one_address(client):
    for path in (
        "/",
        "/tim",
        "/danh-muc/mi-mien-banh",
        "/noi-lam/ha-noi-01",
        "/lang-nghe/",
        PAGES[CHE_LAM],
        STALL,
        "/nhat-ky-duyet",
    ):
        page = soup(client, path)
        assert page.find("link", rel="canonical")["href"] == f"http://127.0.0.1:5000{path}"
        assert page.find("meta", attrs={"name": "description"})["content"]


def test_the_price_search_engines_read_is_the_price_on_the_page(client, market):
    goods.variant(market, CHE_LAM, price=55_000)
    page = soup(client, PAGES[CHE_LAM])
    offer = linked(page, "Product")["offers"]
    assert (offer["price"], offer["priceCurrency"], offer["availability"]) == (
        "55000",
        "VND",
        "https://schema.org/InStock",
    )
    assert page.find(class_="price-big").get_text() == "55.000\u00a0₫"


def test_the_states_grade_is_an_award_and_never_a_rating(client):
    data = linked(soup(client, PAGES[CHE_LAM]), "Product")
    assert data["award"] == "OCOP 4 sao"
    assert "aggregateRating" not in data


def test_what_a_producer_typed_cannot_end_a_data_block(client, market):
    evil = "</script><script>alert(1)</script> & <!-- \u2028"
    product(market, CHE_LAM, name=evil, description=evil)
    text = client.get(PAGES[CHE_LAM]).get_data(as_text=True)
    assert "<script>alert" not in text
    assert linked(BeautifulSoup(text, "html.parser"), "Product")["name"] == evil


def test_the_product_page_says_what_the_law_wants_said(client, market):
    product(market, CHE_LAM, warnings="Có lạc", declaration_no="01/2025")
    text = soup(client, PAGES[CHE_LAM]).get_text(" ", strip=True)
    wanted = [
        "Thành phần", "Gạo nếp, mạch nha", "Khối lượng tịnh", "500 g", "Nơi làm", "Xã Thạch Thất, Hà Nội", "Hạn dùng", "45 ngày",
        "Bảo quản", "Cách dùng", "Lưu ý", "Có lạc", "Bản tự công bố", "01/2025", "Đổi, trả hàng", "Giao từ 15.000\u00a0₫",
        "Giá đã gồm thuế, chưa gồm phí giao", "Cơ sở bà Mơ", "Hộ sản xuất",
    ]  # fmt: skip
    assert [words for words in wanted if words not in text] == []


def test_the_add_button_posts_the_variant_to_the_cart(client):
    form = soup(client, PAGES[CHE_LAM]).find("form", action="/gio-hang")
    assert form["method"] == "post"
    assert {field["name"]: field["value"] for field in form.find_all("input")} == {
        "verb": "add",
        "quantity": "1",
        "variant": "1",
    }


def test_variants_are_radio_tiles_and_a_sold_out_one_cannot_be_chosen(client, market):
    goods.variant(market, CHE_LAM, label="Hộp 300 g", price=55_000, on_hand=0)
    tiles = soup(client, PAGES[CHE_LAM]).find_all("input", attrs={"name": "variant", "type": "radio"})
    assert [(tile.has_attr("checked"), tile.has_attr("disabled")) for tile in tiles] == [(True, False), (False, True)]


def test_what_is_sold_out_has_no_cart_button(client, market):
    change(market, Variant, 1, on_hand=0)
    page = soup(client, PAGES[CHE_LAM])
    assert page.find("button", string=lambda text: text and "Bỏ vào giỏ" in text) is None
    assert "Hết hàng" in page.get_text()
    assert linked(page, "Product")["offers"]["availability"].endswith("OutOfStock")


def test_tourism_is_asked_for_and_not_put_into_a_cart(client, market):
    product(
        market, MIEN, set_no=26, origin="Hà Nội", usage="Gọi trước 2 ngày.", shelf_life="6 tháng", storage="Khô mát"
    )
    page = soup(client, PAGES[MIEN])
    assert page.find("form", action="/gio-hang") is None
    assert page.find("a", href="tel:+84900000102")
    titles = [title.get_text() for title in page.find(class_="goods-page").find_all("dt")]
    assert titles == ["Nơi đón khách", "Hẹn trước"]
    words = page.find("main").get_text(" ", strip=True)
    for goods_only in ("Xuất xứ", "Đổi, trả", "gửi lại", "Mua thẳng"):
        assert goods_only not in words
    assert ("nhắn Zalo" in words) is bool(page.find("a", href=re.compile(r"^https://zalo\.me/")))
    assert "Gọi hoặc nhắn để" not in words
    assert "offers" not in linked(page, "Product")


def test_the_certificate_is_shown_with_its_number_and_last_day(client):
    block = soup(client, PAGES[CHE_LAM]).find(id="giay-cong-nhan").get_text(" ", strip=True)
    assert "1234/QĐ-UBND" in block
    assert "15/6/2028" in block
    assert "Sao không phải ý kiến người mua" in block


def test_a_product_without_a_certificate_has_no_star_anywhere(client):
    page = soup(client, PAGES[KEO_LAC])
    goods_page = page.find(class_="goods-page")
    assert goods_page.find(class_="grade") is None
    assert "Nông sản tiêu biểu" in goods_page.get_text()


def test_an_old_address_redirects_for_good(client):
    for old, new in (
        ("/san-pham/cu-h1", PAGES[CHE_LAM]),
        ("/san-pham/cu-h1/in", f"{PAGES[CHE_LAM]}/in"),
        ("/gian-hang/cu-mo1", STALL),
    ):
        response = client.get(old)
        assert (response.status_code, response.headers["Location"]) == (301, new)


def test_a_paused_product_is_404_and_leads_to_its_stall(client, market):
    product(market, CHE_LAM, state=ProductState.PAUSED)
    page = soup(client, PAGES[CHE_LAM], 404)
    assert page.find("a", href=STALL)
    assert page.find("meta", attrs={"name": "robots", "content": "noindex"})


@pytest.mark.parametrize(
    "path",
    [
        "/san-pham/khong-co",
        "/gian-hang/khong-co",
        "/lang-nghe/khong-co",
        "/danh-muc/khong-co",
        "/noi-lam/khong-co",
        "/san-pham/x-%E1%BA%A1",
        "/gian-hang/x-%E1%BA%A1",
        "/lang-nghe/x-%E1%BA%A1",
        "/lang-nghe/x-%E1%BA%A1/hang",
        "/bo-loc?o=/lang-nghe/x-%E1%BA%A1",
        "/bo-loc?o=https://evil.example",
    ],
)
def test_what_never_was_is_404(client, path):
    assert client.get(path).status_code == 404


def test_a_paused_stall_is_404(client, market):
    change(market, Producer, 1, state=ProducerState.PAUSED)
    assert client.get(STALL).status_code == 404


def test_the_stall_shows_its_goods_and_how_to_call(client):
    page = soup(client, STALL)
    assert page.find("a", href="tel:+84900000101")
    assert page.find("a", href="https://zalo.me/84900000101")
    names = [link.get_text() for link in page.select(".good-name a")]
    assert names == ["Kẹo lạc vừng", "Chè lam Đại Đồng"]
    assert "1234/QĐ-UBND" in page.find(class_="certificate").get_text()


def test_a_data_address_leads_nowhere_else(client):
    assert soup(client, "/tuoi?ve=//evil.example").find("input", attrs={"name": "ve"})["value"] == "/"

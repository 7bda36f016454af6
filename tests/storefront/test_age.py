"""Alcoholic drinks: asked for the age first, without any script, and shown nowhere they should not be."""

import pytest
from bs4 import BeautifulSoup

from tests.shelf import goods
from tests.shelf.goods import PAGES, RUOU

NAME, PRICE = "Rượu nếp Minh Khai", "120.000"


@pytest.fixture
def shop(market):
    """The market with a photo of its one drink, and its index."""
    goods.photo(market, RUOU)
    goods.index(market)
    return market


def test_the_page_of_a_drink_is_the_question(client, shop):
    response = client.get(PAGES[RUOU])
    page = BeautifulSoup(response.get_data(as_text=True), "html.parser")
    assert response.headers["Cache-Control"] == "no-store"
    assert page.h1.get_text() == "Hàng này chỉ bán cho người đủ 18 tuổi"
    assert page.find("form", action="/tuoi").find("input", attrs={"name": "ve"})["value"] == PAGES[RUOU]
    assert PRICE not in page.get_text()
    assert page.find("script", type="application/ld+json") is None


def test_the_answer_leads_back_and_says_no_more_than_yes(client, shop):
    response = client.post("/tuoi", data={"ve": PAGES[RUOU]})
    assert (response.status_code, response.headers["Location"]) == (303, PAGES[RUOU])
    assert response.headers["Set-Cookie"].startswith("tuoi=1;")
    assert "Expires" not in response.headers["Set-Cookie"]
    text = client.get(PAGES[RUOU]).get_data(as_text=True)
    assert PRICE in text
    assert "/anh/" in text


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_the_answer_leads_nowhere_but_here(client, evil):
    assert client.post("/tuoi", data={"ve": evil}).headers["Location"] == "/"


@pytest.mark.parametrize(
    "path", ["/tim", "/danh-muc/ruou-do-uong", "/noi-lam/ha-noi-01", "/gian-hang/hop-tac-xa-minh-khai-tin2"]
)
def test_a_list_shows_its_name_and_place_only(client, shop, path):
    page = BeautifulSoup(client.get(path).get_data(as_text=True), "html.parser")
    card = next(card for card in page.select(".good") if NAME in card.get_text())
    assert PRICE not in card.get_text()
    assert card.find("img") is None
    assert "Hà Nội" in card.get_text()
    client.post("/tuoi")
    page = BeautifulSoup(client.get(path).get_data(as_text=True), "html.parser")
    card = next(card for card in page.select(".good") if NAME in card.get_text())
    assert PRICE in card.get_text()
    assert card.find("img")


@pytest.mark.parametrize("path", ["/", "/goi-y?q=ruou", "/goi-y?q=rượu+nếp", "/sitemap.xml"])
@pytest.mark.parametrize("answered", [False, True])
def test_it_is_never_on_the_home_page_in_suggestions_or_in_the_sitemap(client, shop, path, answered):
    if answered:
        client.post("/tuoi")
    text = client.get(path).get_data(as_text=True)
    assert NAME not in text
    assert PAGES[RUOU] not in text


def test_the_api_marks_it_and_holds_back_price_and_picture(client, shop):
    item = client.get("/api/v1/products?q=rượu").get_json()["items"][0]
    assert (item["name"], item["adult"], item["price"], item["picture"]) == (NAME, True, None, None)
    one = client.get("/api/v1/products/ruou-nep-minh-khai-h4").get_json()
    assert (one["adult"], one["price"], one["picture"]) == (True, None, None)
    assert "variants" not in one
    client.post("/tuoi")
    assert client.get("/api/v1/products?q=rượu").get_json()["items"][0]["price"] == 120_000
    assert client.get("/api/v1/products/ruou-nep-minh-khai-h4").get_json()["variants"][0]["price"] == 120_000

"""The public API: the facts of the pages, and refusals in sentences."""

import pytest

from marketplace.catalog.rules import ProductState
from tests.shelf import goods
from tests.shelf.goods import CHE_LAM, MIEN, product


@pytest.fixture
def shop(market):
    """The market with its index built."""
    goods.photo(market, CHE_LAM)
    goods.index(market)
    return market


def test_a_list_says_how_many_and_shows_one_page(client, shop):
    answer = client.get("/api/v1/products?q=&page=2&per_page=3").get_json()
    assert (answer["total"], answer["page"], answer["per_page"], len(answer["items"])) == (4, 2, 3, 1)


def test_words_are_found_without_diacritics(client, shop):
    item = client.get("/api/v1/products?q=che lam").get_json()["items"][0]
    assert item["name"] == "Chè lam Đại Đồng"
    assert item["slug"] == "che-lam-dai-dong-h1"
    assert item["url"] == "http://127.0.0.1:5000/san-pham/che-lam-dai-dong-h1"
    assert (item["price"], item["stars"], item["producer"], item["place"]) == (
        85_000,
        4,
        "Cơ sở bà Mơ",
        "Xã Thạch Thất, Hà Nội",
    )
    assert (item["set"], item["in_stock"], item["adult"]) == (6, True, False)
    assert item["picture"]["url"].startswith("http://127.0.0.1:5000/anh/")


def test_one_product_says_what_its_page_says(client, shop):
    one = client.get("/api/v1/products/che-lam-dai-dong-h1").get_json()
    assert one["certificate"]["valid_until"] == "2028-06-15"
    assert one["variants"] == [
        {
            "id": 1,
            "label": "Hộp 500 g",
            "unit": "hộp",
            "price": 85_000,
            "price_per_measure": "170.000\u00a0₫/kg",
            "stock": "plenty",
        }
    ]
    assert {"name": "Hạn dùng", "value": "45 ngày"} in one["facts"]
    assert one["delivery"] == {"reach": "Giao cả nước", "sent": True, "collect": True, "days_to_make": 1}


def test_tourism_is_marked_and_has_no_price(client, market):
    product(market, MIEN, set_no=26)
    one = client.get("/api/v1/products/mien-dong-minh-khai-h3").get_json()
    assert (one["contact_only"], one["price"], one["variants"]) == (True, None, [])


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=x",
        "page=",
        "page=1.5",
        "page=²",
        "page=99999999999",
        "per_page=0",
        "per_page=101",
        "per_page=x",
        "sort=1",
        f"q={'x' * 201}",
    ],
)
def test_what_cannot_be_used_is_422_with_a_sentence(client, market, query):
    response = client.get(f"/api/v1/products?{query}")
    assert response.status_code == 422
    assert response.mimetype == "application/json"
    assert response.get_json()["error"]["status"] == 422
    assert response.get_json()["error"]["message"].endswith(".")
    assert response.headers["Cache-Control"] == "no-store"


def test_an_old_slug_is_answered_with_the_present_one(client, market):
    response = client.get("/api/v1/products/cu-h1")
    assert (response.status_code, response.headers["Location"]) == (301, "/api/v1/products/che-lam-dai-dong-h1")


def test_what_is_not_on_sale_is_404_in_json(client, market):
    product(market, CHE_LAM, state=ProductState.PAUSED)
    for slug in ("che-lam-dai-dong-h1", "khong-co"):
        response = client.get(f"/api/v1/products/{slug}")
        assert (response.status_code, response.get_json()["error"]["status"]) == (404, 404)


def test_a_post_is_refused_in_json(client, market):
    response = client.post("/api/v1/products")
    assert (response.status_code, response.get_json()["error"]["status"]) == (405, 405)


def test_every_page_of_a_list_together_is_the_whole_list(client, market):
    goods.many(market, 25)
    goods.index(market)
    slugs = [
        item["slug"]
        for page in range(1, 4)
        for item in client.get(f"/api/v1/products?page={page}&per_page=10").get_json()["items"]
    ]
    assert len(slugs) == len(set(slugs)) == 29


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_api_is_read_only_and_says_which_methods_it_takes(client, method):
    answer = getattr(client, method)("/api/v1/products", headers={"Origin": "https://elsewhere.vn"})
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.get_json()["error"]["status"] == 405

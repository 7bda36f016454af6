"""The cart through its page."""

from sqlalchemy import update

from marketplace.catalog.models import Variant
from marketplace.kit import changes, db
from marketplace.kit.actor import Actor
from tests.browser_client import Browser
from tests.buying.walk import add, soup, words
from tests.market import MarketUnderTest

CHE_LAM, KEO_LAC, MIEN, RUOU = 1, 2, 3, 4


@db.action
def _becomes(actor: Actor, variant_id: int, **values: int) -> None:
    db.session.execute(update(Variant).where(Variant.id == variant_id).values(**values))
    changes.add("product", variant_id)


def becomes(market: MarketUnderTest, variant_id: int, **values: int) -> None:
    """The maker changed price or stock meanwhile."""
    with market.unit():
        _becomes(Actor.system("test"), variant_id, **values)


def test_an_empty_cart_says_what_to_do_next(market: MarketUnderTest, client: Browser) -> None:
    page = client.get("/gio-hang")
    assert "Giỏ hàng đang trống" in words(page)
    assert page.headers["Cache-Control"] == "no-store"


def test_each_stall_has_a_block_of_its_own(market: MarketUnderTest, client: Browser) -> None:
    add(client, CHE_LAM)
    add(client, MIEN, 2)
    said = words(client.get("/gio-hang"))
    assert "Hàng của 2 người bán" in said
    assert "Cơ sở bà Mơ" in said
    assert "Hợp tác xã Minh Khai" in said
    assert "175.000 ₫" in said


def test_the_cart_cookie_is_hidden_from_scripts_and_the_number_is_not(market: MarketUnderTest, client: Browser) -> None:
    cookies = add(client, CHE_LAM, 2).headers.getlist("Set-Cookie")
    cart = next(one for one in cookies if one.startswith("gio="))
    number = next(one for one in cookies if one.startswith("so_gio="))
    assert "HttpOnly" in cart
    assert "HttpOnly" not in number
    assert number.startswith("so_gio=2;")
    assert "Max-Age=7776000" in cart


def test_plus_and_minus_change_the_number_by_one(market: MarketUnderTest, client: Browser) -> None:
    add(client, CHE_LAM)
    client.post("/gio-hang", data={"verb": "quantity", "variant": 1, "quantity": 1, "step": "1"})
    assert "170.000 ₫" in words(client.get("/gio-hang"))
    client.post("/gio-hang", data={"verb": "quantity", "variant": 1, "quantity": 2, "step": "-1"})
    assert "170.000 ₫" not in words(client.get("/gio-hang"))


def test_what_was_taken_out_can_be_taken_back(market: MarketUnderTest, client: Browser) -> None:
    add(client, CHE_LAM, 3)
    client.post("/gio-hang", data={"verb": "remove", "variant": 1})
    page = client.get("/gio-hang")
    assert "Đã bỏ ra: Chè lam Đại Đồng" in words(page)
    undo = soup(page).find("form", attrs={"action": lambda a: a and "verb=restore" in a})
    assert undo is not None
    client.post(str(undo["action"]))
    assert "255.000 ₫" in words(client.get("/gio-hang"))


def test_a_number_in_letters_is_asked_again(market: MarketUnderTest, client: Browser) -> None:
    add(client, CHE_LAM)
    page = client.post("/gio-hang", data={"verb": "quantity", "variant": 1, "quantity": "hai"})
    assert page.status_code == 422
    assert "Số lượng là số từ 1 đến 999" in words(page)


def test_a_price_that_changed_is_said_with_both_sums(market: MarketUnderTest, client: Browser) -> None:
    add(client, CHE_LAM)
    becomes(market, CHE_LAM, price=90_000)
    said = words(client.get("/gio-hang"))
    assert "Lúc bỏ vào giỏ: 85.000 ₫" in said
    assert "Bây giờ: 90.000 ₫" in said


def test_fewer_left_than_wanted_is_said_and_mended_with_one_press(market: MarketUnderTest, client: Browser) -> None:
    add(client, KEO_LAC, 3)
    becomes(market, KEO_LAC, on_hand=2)
    page = client.get("/gio-hang")
    assert "Chỉ còn 2 gói" in words(page)
    assert client.get("/dat-hang/nguoi-nhan").headers["Location"] == "/gio-hang"
    client.post("/gio-hang", data={"verb": "quantity", "variant": KEO_LAC, "quantity": 2})
    assert "Chỉ còn" not in words(client.get("/gio-hang"))


def test_what_is_not_on_sale_does_not_go_into_the_cart(market: MarketUnderTest, client: Browser) -> None:
    assert add(client, 999).status_code == 409
    assert client.post("/gio-hang", data={"verb": "add", "variant": "x"}).status_code == 404
    assert client.post("/gio-hang", data={"verb": "steal", "variant": 1}).status_code == 404


def test_wine_is_put_into_no_cart_before_the_age_answer(market: MarketUnderTest, client: Browser) -> None:
    asked = add(client, RUOU)
    assert asked.location.startswith("/tuoi?ve=/san-pham/")
    assert "Giỏ hàng đang trống" in words(client.get("/gio-hang"))
    client.post("/tuoi", data={"ve": "/"})
    assert add(client, RUOU).location == "/gio-hang"

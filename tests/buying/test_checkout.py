"""From the shelf to the order, through pages alone."""

import pytest
from sqlalchemy import func, select

from marketplace.delivery.actions import set_fees
from marketplace.delivery.rules import FeeRow, FeeTable
from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.kit.money import Dong
from marketplace.orders.models import Order, OrderGroup
from tests.browser_client import Browser
from tests.buying.test_cart import CHE_LAM, KEO_LAC, MIEN, becomes
from tests.buying.walk import HOME, LAN, add, answer, buy, fields, press, soup, words
from tests.market import MarketUnderTest

RUOU = 4


def groups(market: MarketUnderTest) -> list[OrderGroup]:
    with market.unit():
        found = list(db.session.scalars(select(OrderGroup)))
        db.session.expunge_all()
    return found


def test_two_stalls_are_bought_from_in_one_go_without_any_script(market: MarketUnderTest, client: Browser) -> None:
    add(client, CHE_LAM)
    add(client, MIEN, 2)
    review = answer(client)
    said = words(review)
    for expected in ("110.000 ₫", "108.000 ₫", "218.000 ₫", "Số 5, ngõ 2, xã Dương Hòa, Hà Nội", "Dự kiến đến"):
        assert expected in said
    placed = press(client, review)
    assert placed.status_code == 303
    order = words(client.get(placed.headers["Location"]))
    assert "Còn 2 khoản cần chuyển, tất cả 218.000 ₫" in order
    assert "1500206008801" in order
    assert "0451000778899" in order
    with market.unit():
        assert db.session.scalar(select(func.count()).select_from(Order)) == 2


def test_the_box_is_not_ticked_and_without_it_nothing_is_ordered(market: MarketUnderTest, client: Browser) -> None:
    add(client, CHE_LAM)
    review = answer(client)
    box = soup(review).find("input", attrs={"name": "consent"})
    assert box is not None
    assert not box.has_attr("checked")
    refused = client.post("/dat-hang/xem-lai", data={**fields(review), "email": "lan@gmail.com"})
    assert refused.status_code == 422
    assert "lan@gmail.com" in refused.get_data(as_text=True)
    assert groups(market) == []


def test_a_second_press_a_reload_and_another_tab_are_one_order(market: MarketUnderTest, client: Browser) -> None:
    add(client, CHE_LAM)
    review = answer(client)
    first, second = press(client, review), press(client, review)
    assert first.headers["Location"] == second.headers["Location"]
    assert client.get("/dat-hang/xem-lai").headers["Location"] == first.headers["Location"]
    assert len(groups(market)) == 1
    assert "thành đơn" in words(client.get("/gio-hang"))


def test_after_an_order_the_same_browser_fills_a_new_cart(market: MarketUnderTest, client: Browser) -> None:
    first = buy(client, CHE_LAM)
    assert add(client, MIEN).status_code == 303
    page = client.get("/dat-hang/nguoi-nhan").get_data(as_text=True)
    assert "Trần Thị Lan" in page
    second = press(client, answer(client)).headers["Location"]
    assert first != second


def test_going_back_finds_everything_as_it_was_typed(market: MarketUnderTest, client: Browser) -> None:
    add(client, CHE_LAM)
    answer(client, {"way-1": "collect"})
    assert 'value="Trần Thị Lan"' in client.get("/dat-hang/nguoi-nhan").get_data(as_text=True)
    assert 'value="Số 5, ngõ 2"' in client.get("/dat-hang/noi-nhan").get_data(as_text=True)
    ways = soup(client.get("/dat-hang/cach-giao"))
    chosen = ways.find("input", attrs={"name": "way-1", "checked": True})
    assert chosen is not None
    assert chosen["value"] == "collect"


def test_a_bad_phone_is_asked_again_and_the_name_stays(market: MarketUnderTest, client: Browser) -> None:
    add(client, CHE_LAM)
    page = client.post("/dat-hang/nguoi-nhan", data={"name": "Lan", "phone": "12"})
    assert page.status_code == 422
    assert "Chưa đọc được số điện thoại" in words(page)
    assert 'value="Lan"' in page.get_data(as_text=True)


def test_an_old_commune_that_was_split_is_asked_with_buttons(market: MarketUnderTest, client: Browser) -> None:
    add(client, CHE_LAM)
    client.post("/dat-hang/nguoi-nhan", data=LAN)
    page = client.post("/dat-hang/noi-nhan", data={"place-text": "Duyên Thái", "place-find": "1", "street": "Số 9"})
    assert page.status_code == 200
    assert len(soup(page).find_all("input", attrs={"name": "place", "type": "radio"})) == 3
    assert 'value="Số 9"' in page.get_data(as_text=True)


def test_an_unanswered_page_is_asked_before_the_review(market: MarketUnderTest, client: Browser) -> None:
    assert client.get("/dat-hang/xem-lai").headers["Location"] == "/gio-hang"
    add(client, CHE_LAM)
    assert client.get("/dat-hang/xem-lai").headers["Location"] == "/dat-hang/nguoi-nhan"
    client.post("/dat-hang/nguoi-nhan", data=LAN)
    assert client.get("/dat-hang/cach-giao").headers["Location"] == "/dat-hang/noi-nhan"


def test_everything_can_be_fetched_without_giving_an_address(market: MarketUnderTest, client: Browser) -> None:
    add(client, CHE_LAM)
    client.post("/dat-hang/nguoi-nhan", data=LAN)
    assert client.post("/dat-hang/noi-nhan", data={"pickup": "1"}).headers["Location"] == "/dat-hang/cach-giao"
    client.post("/dat-hang/cach-giao", data={"way-1": "collect"})
    placed = press(client, client.get("/dat-hang/xem-lai"))
    assert placed.status_code == 303
    assert "85.000 ₫" in words(client.get(placed.headers["Location"]))


def test_a_changed_price_is_said_in_words_and_nothing_is_ordered(market: MarketUnderTest, client: Browser) -> None:
    add(client, CHE_LAM)
    review = answer(client)
    becomes(market, CHE_LAM, price=95_000)
    page = press(client, review, email="lan@gmail.com")
    assert page.status_code == 409
    said = words(page)
    assert "Chè lam Đại Đồng: lúc trước 85.000 ₫, bây giờ 95.000 ₫" in said
    assert "lan@gmail.com" in page.get_data(as_text=True)
    assert groups(market) == []
    assert press(client, page).status_code == 303


def test_a_changed_fee_is_said_in_words(market: MarketUnderTest, client: Browser) -> None:
    add(client, CHE_LAM)
    review = answer(client)
    row = FeeRow(Dong(30_000), Dong(5_000))
    with market.unit():
        set_fees(Actor.operator(), FeeTable(row, row, row))
    page = press(client, review)
    assert page.status_code == 409
    assert "Phí giao của Cơ sở bà Mơ: lúc trước 25.000 ₫, bây giờ 30.000 ₫" in words(page)


def test_sold_out_meanwhile_is_told_in_words_with_two_ways_on(market: MarketUnderTest, client: Browser) -> None:
    add(client, KEO_LAC, 3)
    add(client, MIEN)
    review = answer(client)
    becomes(market, KEO_LAC, on_hand=1)
    page = press(client, review)
    assert page.status_code == 409
    said = words(page)
    assert "Kẹo lạc vừng chỉ còn 1 gói" in said
    assert "Mua 1 gói còn lại" in said
    assert "Bỏ ra, giữ hàng khác" in said
    assert groups(market) == []
    client.post("/gio-hang", data={"verb": "quantity", "variant": KEO_LAC, "quantity": 1, "ve": "/dat-hang/xem-lai"})
    assert press(client, client.get("/dat-hang/xem-lai")).status_code == 303


def test_what_is_gone_altogether_is_told_too(market: MarketUnderTest, client: Browser) -> None:
    add(client, CHE_LAM)
    review = answer(client)
    becomes(market, CHE_LAM, active=False)
    page = press(client, review)
    assert page.status_code == 409
    assert "Chè lam Đại Đồng không còn bán" in words(page)


def test_wine_is_ordered_only_after_the_age_was_confirmed_again(market: MarketUnderTest, client: Browser) -> None:
    client.post("/tuoi", data={"ve": "/"})
    add(client, RUOU)
    review = answer(client)
    assert "đủ 18 tuổi" in words(review)
    assert press(client, review).status_code == 422
    assert press(client, review, adult="y").status_code == 303
    [group] = groups(market)
    assert group.adult_at is not None


def test_the_consent_is_stored_with_its_version(market: MarketUnderTest, client: Browser) -> None:
    buy(client, CHE_LAM, email="lan@gmail.com")
    [group] = groups(market)
    assert group.consent_version.startswith("quy-che ")
    assert group.email == "lan@gmail.com"
    add(client, CHE_LAM)
    stale = press(client, answer(client), version="quy-che 0.1")
    assert stale.status_code == 422


def test_typed_answers_are_gone_from_the_cart_once_ordered(market: MarketUnderTest, client: Browser) -> None:
    buy(client, CHE_LAM)
    with market.unit():
        answers = db.session.execute(db.sqla.text("SELECT answers FROM cart")).scalars().all()
    assert [str(answer) for answer in answers] == ["{}"]
    assert HOME["street"] not in str(answers)


@pytest.mark.parametrize("number", ["9" * 5_000, "²", "-1", ""])
def test_a_total_that_no_page_wrote_is_a_changed_price_and_no_fault(
    market: MarketUnderTest, client: Browser, number: str
) -> None:
    add(client, CHE_LAM)
    assert press(client, answer(client), total=number).status_code == 409
    assert groups(market) == []


def test_an_order_placed_in_english_is_told_in_english_and_the_stall_in_vietnamese(
    market: MarketUnderTest, client: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    add(client, CHE_LAM)
    review = answer(client)
    placed = client.post("/en/dat-hang/xem-lai", data={**fields(review), "consent": "y"})
    assert placed.headers["Location"].startswith("/en/don-hang/")
    market.work()
    told = capsys.readouterr().out
    assert "Your order is placed" in told
    assert f"http://127.0.0.1:5000{placed.headers['Location']}" in told
    assert "Đơn mới" in told
    assert "New order" not in told

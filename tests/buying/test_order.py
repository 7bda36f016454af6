"""The order's own page: who sees what, and what may be pressed."""

from io import BytesIO

import zxingcpp
from PIL import Image

from marketplace.payments import vietqr
from tests.browser_client import Browser
from tests.buying.walk import LAN, add, buy, soup, words
from tests.market import MarketUnderTest
from tests.orders.shop import MO, TIN, Bought, actions, does, find, order, row

CHE_LAM, MIEN = 1, 3
STREET = "Số 5, ngõ 2"


def bought(market: MarketUnderTest, path: str) -> Bought:
    """What stands behind an address."""
    return find(market, path.rpartition("/")[2])


def test_another_browser_with_the_address_sees_nothing_personal(market: MarketUnderTest, client: Browser) -> None:
    path = buy(client, CHE_LAM, email="lan@gmail.com")
    page = market.client().get(path)
    text = page.get_data(as_text=True)
    for secret in ("Trần Thị Lan", "0900 000 003", STREET, "Dương Hòa, Hà Nội", "lan@gmail.com"):
        assert secret not in text
    assert "T•• T•• L••" in words(page)
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert page.headers["Referrer-Policy"] == "same-origin"


def test_the_last_four_digits_open_it_and_five_wrong_tries_make_one_wait(
    market: MarketUnderTest, client: Browser
) -> None:
    path = buy(client, CHE_LAM)
    other = market.client()
    for _try in range(5):
        assert other.post(f"{path}/xac-nhan-so", data={"digits": "1111"}).status_code == 422
    waits = other.post(f"{path}/xac-nhan-so", data={"digits": "0003"})
    assert waits.status_code == 429
    assert int(waits.headers["Retry-After"]) > 0
    third = market.client()
    third.environ_base["REMOTE_ADDR"] = "127.0.0.9"
    assert third.post(f"{path}/xac-nhan-so", data={"digits": "0003"}).status_code == 303
    assert STREET in third.get(path).get_data(as_text=True)


def test_a_made_up_cookie_opens_nothing(market: MarketUnderTest, client: Browser) -> None:
    path = buy(client, CHE_LAM)
    other = market.client()
    other.set_cookie("don", f'["{path.rpartition("/")[2]}"]', domain="127.0.0.1")
    assert STREET not in other.get(path).get_data(as_text=True)


def test_an_unknown_address_and_a_foreign_order_are_not_found(market: MarketUnderTest, client: Browser) -> None:
    path = buy(client, CHE_LAM)
    foreign = order(market, {MIEN: 1})
    code = row(market, foreign.order).code
    assert client.get("/don-hang/nobody-knows-this").status_code == 404
    assert client.post(f"{path}/huy", data={"don": code}).status_code == 404
    assert client.post(f"{path}/da-chuyen", data={"khoan": "9"}).status_code == 404
    assert client.post(f"{path}/da-nhan-lai-tien", data={"khoan": "1"}).status_code == 404
    assert client.get(f"{path}/qr/7.png").status_code == 404


def test_the_picture_to_save_is_large_enough_and_the_tap_is_pressed_once(
    market: MarketUnderTest, client: Browser
) -> None:
    path = buy(client, CHE_LAM)
    png = client.get(f"{path}/qr/1.png")
    assert png.mimetype == "image/png"
    assert int.from_bytes(png.data[16:20], "big") >= 240
    assert b"xmlns" in client.get(f"{path}/qr/1.svg").data
    for _press in range(2):
        assert client.post(f"{path}/da-chuyen", data={"khoan": "1"}).status_code == 303
    assert "Đã báo chuyển 110.000 ₫" in words(client.get(path))


def test_each_saved_picture_asks_for_its_own_transfer(market: MarketUnderTest, client: Browser) -> None:
    path = buy(client, CHE_LAM, MIEN)
    page = words(client.get(path))
    for number, account, bank, amount in (
        (1, "1500206008801", "970405", 110_000),
        (2, "0451000778899", "970436", 60_000),
    ):
        picture = Image.open(BytesIO(client.get(f"{path}/qr/{number}.png").data)).convert("L")
        [read] = zxingcpp.read_barcodes(picture)
        said = vietqr.decode(read.text)
        assert (said.account, said.bin, said.amount) == (account, bank, amount)
        memo = said.additional["08"]
        assert f"{memo[:4]} {memo[4:7]} {memo[7:10]} {memo[10:]}" in page


def test_cancelling_needs_the_buyers_own_browser(market: MarketUnderTest, client: Browser) -> None:
    path = buy(client, CHE_LAM)
    code = row(market, bought(market, path).order).code
    stranger = market.client()
    assert stranger.post(f"{path}/huy", data={"don": code}).headers["Location"].endswith("#xac-nhan")
    assert row(market, bought(market, path).order).state.value == "placed"
    client.post(f"{path}/huy", data={"don": code, "reason": "Đặt nhầm"})
    client.post(f"{path}/huy", data={"don": code})
    assert row(market, bought(market, path).order).state.value == "cancelled"
    assert "Đặt nhầm" in words(client.get(path))
    assert "Đặt nhầm" not in words(stranger.get(path))


def test_an_accepted_order_is_not_cancelled_any_more(market: MarketUnderTest, client: Browser) -> None:
    path = buy(client, CHE_LAM)
    one = bought(market, path)
    does(market, actions.producer_received, MO, one.request)
    does(market, actions.accept, MO, one.order)
    client.post(f"{path}/huy", data={"don": row(market, one.order).code})
    assert row(market, one.order).state.value == "accepted"
    assert "không tự hủy được nữa" in words(client.get(path))


def test_a_late_tap_is_never_refused_and_opens_a_refund(market: MarketUnderTest, client: Browser) -> None:
    path = buy(client, CHE_LAM)
    one = bought(market, path)
    client.post(f"{path}/huy", data={"don": row(market, one.order).code})
    client.post(f"{path}/da-chuyen", data={"khoan": "1"})
    page = client.get(path)
    assert "cần hoàn lại 110.000 ₫" in words(page)
    withdrawn = soup(page).find("form", attrs={"action": f"{path}/chua-chuyen"})
    assert withdrawn is not None
    hidden = withdrawn.find("input", attrs={"name": "khoan"})
    assert hidden is not None
    client.post(f"{path}/chua-chuyen", data={"khoan": str(hidden["value"])})
    assert "cần hoàn lại" not in words(client.get(path))


def test_a_refund_is_done_when_both_sides_have_said_so(market: MarketUnderTest, client: Browser) -> None:
    path = buy(client, CHE_LAM)
    one = bought(market, path)
    does(market, actions.producer_received, MO, one.request)
    does(market, actions.cannot_make, MO, one.order, reason="Hết gạo nếp", goods_back=True)
    said = words(client.get(path))
    assert "Hết gạo nếp" in said
    assert "Cơ sở bà Mơ cần hoàn lại 110.000 ₫" in said
    does(market, actions.refund_sent, MO, 1)
    assert "Khi nhận được, bấm Đã nhận lại tiền" in words(client.get(path))
    client.post(f"{path}/da-nhan-lai-tien", data={"khoan": "1"})
    assert "người mua đã nhận lại" in words(client.get(path))


def test_parcel_carrier_and_number_are_shown_and_received_ends_it(market: MarketUnderTest, client: Browser) -> None:
    path = buy(client, MIEN)
    one = bought(market, path)
    does(market, actions.producer_received, TIN, one.request)
    does(market, actions.accept, TIN, one.order)
    does(market, actions.ready, TIN, one.order)
    does(market, actions.hand_over, TIN, one.order, carrier="Bưu điện", tracking="EB123VN")
    said = words(client.get(path))
    assert "Bưu điện" in said
    assert "EB123VN" in said
    client.post(f"{path}/da-nhan", data={"don": row(market, one.order).code})
    assert "Đơn đã xong" in words(client.get(path))


def test_lookup_finds_by_number_and_code_and_says_the_same_for_every_miss(
    market: MarketUnderTest, client: Browser
) -> None:
    path = buy(client, CHE_LAM)
    code = row(market, bought(market, path).order).code
    other = market.client()
    wrong = [{"phone": LAN["phone"], "code": "000 0000"}, {"phone": "0900 000 004", "code": code}]
    answers = [other.post("/tra-cuu-don", data=one) for one in wrong]
    assert {one.status_code for one in answers} == {422}
    errors = {soup(one).find(class_="field-error").get_text() for one in answers}  # type: ignore[union-attr]
    assert len(errors) == 1
    found = other.post("/tra-cuu-don", data={"phone": "0900000003", "code": f"{code[:3]} {code[3:]}"})
    assert found.headers["Location"] == path
    assert STREET in other.get(path).get_data(as_text=True)


def test_lookup_is_limited(market: MarketUnderTest, client: Browser) -> None:
    guesses = [client.post("/tra-cuu-don", data={"phone": "0900 000 003", "code": f"000 00{n:02}"}) for n in range(7)]
    assert guesses[4].status_code == 422
    assert guesses[5].status_code == 429
    assert "Retry-After" in guesses[5].headers


def test_orders_of_this_machine_are_listed_and_can_be_forgotten(market: MarketUnderTest, client: Browser) -> None:
    path = buy(client, CHE_LAM)
    assert path in client.get("/don-tren-may").get_data(as_text=True)
    assert path not in market.client().get("/don-tren-may").get_data(as_text=True)
    client.post("/don-tren-may/quen")
    assert path not in client.get("/don-tren-may").get_data(as_text=True)


def test_the_fee_to_a_commune_is_told_without_keeping_anything(market: MarketUnderTest, client: Browser) -> None:
    there = {"place": "01-09856", "place-text": "xã Dương Hòa, Hà Nội"}
    page = client.post("/phi-giao/che-lam-dai-dong-h1", data=there)
    assert "25.000 ₫" in words(page)
    assert "Set-Cookie" not in page.headers
    assert client.get("/phi-giao/khong-co-h99").status_code == 404


def test_a_problem_is_reported_from_product_and_order(market: MarketUnderTest, client: Browser) -> None:
    path = buy(client, CHE_LAM)
    code, token = row(market, bought(market, path).order).code, path.rpartition("/")[2]
    about = f"/bao-van-de?don={token}&ma={code}"
    empty = client.post(about, data={"kind": "broken", "text": ""})
    assert empty.status_code == 422
    sent = client.post(about, data={"kind": "broken", "text": "Hộp bị rách"})
    assert sent.headers["Location"].startswith(f"/don-hang/{token}/van-de/")
    assert client.get(sent.headers["Location"]).status_code == 200
    assert client.post("/bao-van-de?hang=h1", data={"kind": "other", "text": "Ảnh mờ"}).status_code == 303
    assert client.get("/bao-van-de?hang=nobody").status_code == 404


def test_the_header_number_follows_the_cart(market: MarketUnderTest, client: Browser) -> None:
    add(client, CHE_LAM, 2)
    from_order = buy(client)
    assert from_order
    cookie = client.get_cookie("so_gio", domain="127.0.0.1")
    assert cookie is not None
    assert cookie.value == "0"

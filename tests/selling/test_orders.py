"""A producer's orders, money and messages through their pages."""

from collections.abc import Callable

import time_machine
from sqlalchemy import select, update

from marketplace.catalog.models import Product
from marketplace.kit import db
from marketplace.orders.models import Order
from marketplace.orders.rules import Way
from tests import cast
from tests.browser_client import Browser
from tests.buying.walk import words
from tests.market import MarketUnderTest
from tests.orders.shop import CHE_LAM, KEO_LAC, MIEN, Bought, actions, does, order, row

As = Callable[[str], Browser]


def path_of(market: MarketUnderTest, one: Bought) -> str:
    """Where its producer sees it."""
    return f"/ban-hang/don/{row(market, one.order).code}"


def test_the_list_shows_new_orders_first_in_words(market: MarketUnderTest, as_: As) -> None:
    first, second = order(market, {CHE_LAM: 1}), order(market, {KEO_LAC: 1})
    page = as_("Mơ").get("/ban-hang/don").get_data(as_text=True)
    assert page.index(row(market, second.order).code) < page.index(row(market, first.order).code)
    assert "Mới đặt" in page
    assert "Chờ chuyển khoản" in page


def test_an_order_says_who_where_what_and_is_then_read(market: MarketUnderTest, as_: As) -> None:
    one = order(market, {CHE_LAM: 2})
    page = as_("Mơ").get(path_of(market, one))
    said = words(page)
    for expected in ("2 hộp Chè lam Đại Đồng", "Trần Thị Lan", "Số 5, ngõ 2, xã Dương Hòa, Hà Nội", "Gọi 0900 000 003"):
        assert expected in said
    page.close()
    assert row(market, one.order).read_at is not None


def test_another_producers_order_does_not_exist(market: MarketUnderTest, as_: As) -> None:
    path, tin = path_of(market, order(market, {CHE_LAM: 1})), as_("Tín")
    for address in ("", "/phieu", "/nhan", "/gui", "/khong-lam-duoc"):
        assert tin.get(path + address).status_code == 404
    assert tin.post(path, data={"verb": "accept"}).status_code == 404
    assert tin.post(f"{path}/khong-lam-duoc", data={"reason": "x", "goods": "back"}).status_code == 404
    assert as_("Sen").get(path).status_code == 404
    assert market.client().get(path).status_code == 303


def test_each_step_shows_one_primary_button_and_pressed_twice_is_one_step(market: MarketUnderTest, as_: As) -> None:
    one, mo = order(market, {CHE_LAM: 1}), as_("Mơ")
    path = path_of(market, one)
    does(market, actions.buyer_tap, one.buyer, one.request)
    for verb, button in (("received", "Đã nhận tiền"), ("accept", "Nhận đơn"), ("ready", "Hàng đã gói xong")):
        page = mo.get(path).get_data(as_text=True)
        assert page.count("data-primary") == 1
        assert button in page
        assert mo.post(path, data={"verb": verb}).status_code == 303
        assert mo.post(path, data={"verb": verb}).status_code == 303
    assert f"{path}/gui" in mo.get(path).get_data(as_text=True)
    send = {"carrier": "Viettel Post", "tracking": "VT99"}
    assert mo.post(f"{path}/gui", data=send).status_code == 303
    assert mo.post(f"{path}/gui", data=send).status_code == 303
    assert mo.post(path, data={"verb": "delivered"}).status_code == 303
    mo.post(path, data={"verb": "delivered"})
    assert "Đơn đã xong" in words(mo.get(path))
    with market.unit():
        assert cast.variant_stock(CHE_LAM) == (23, 0)


def test_an_order_without_its_money_is_not_accepted(market: MarketUnderTest, as_: As) -> None:
    one, mo = order(market, {CHE_LAM: 1}), as_("Mơ")
    mo.post(path_of(market, one), data={"verb": "accept"})
    assert row(market, one.order).state.value == "placed"
    assert "Chưa nhận đủ tiền" in words(mo.get(path_of(market, one)))


def test_not_seen_is_answered_back_to_the_buyer(market: MarketUnderTest, as_: As) -> None:
    one, mo = order(market, {CHE_LAM: 1}), as_("Mơ")
    does(market, actions.buyer_tap, one.buyer, one.request)
    page = words(mo.get(path_of(market, one)))
    assert "Người mua báo đã chuyển 110.000 ₫" in page
    mo.post(path_of(market, one), data={"verb": "not_seen"})
    assert "Chờ người mua xem lại" in words(mo.get(path_of(market, one)))


def test_less_money_is_written_down_and_letters_are_asked_again(market: MarketUnderTest, as_: As) -> None:
    one, mo = order(market, {CHE_LAM: 1}), as_("Mơ")
    path = path_of(market, one)
    bad = mo.post(path, data={"verb": "sum", "total": "một trăm"})
    assert bad.status_code == 422
    assert 'value="một trăm"' in bad.get_data(as_text=True)
    mo.post(path, data={"verb": "sum", "total": "100.000"})
    assert "Mới nhận một phần" in words(mo.get(path))
    assert mo.post(path, data={"verb": "sum", "total": "50.000"}).status_code == 422


def test_the_carrier_is_named(market: MarketUnderTest, as_: As) -> None:
    one, mo = order(market, {CHE_LAM: 1}), as_("Mơ")
    assert mo.post(f"{path_of(market, one)}/gui", data={}).status_code == 422
    other = mo.post(f"{path_of(market, one)}/gui", data={"carrier": "khac", "tracking": "XE7"})
    assert other.status_code == 422
    assert 'value="XE7"' in other.get_data(as_text=True)


def test_cannot_make_says_why_and_puts_the_goods_back(market: MarketUnderTest, as_: As) -> None:
    one, mo = order(market, {CHE_LAM: 2}), as_("Mơ")
    path = path_of(market, one)
    mo.post(path, data={"verb": "received"})
    mo.post(path, data={"verb": "accept"})
    assert "Phải hoàn lại 200.000 ₫" in words(mo.get(f"{path}/khong-lam-duoc"))
    assert mo.post(f"{path}/khong-lam-duoc", data={"goods": "back"}).status_code == 422
    assert mo.post(f"{path}/khong-lam-duoc", data={"reason": "Hết nguyên liệu", "goods": "back"}).status_code == 303
    with market.unit():
        assert cast.variant_stock(CHE_LAM) == (24, 0)
    assert "Cần hoàn 200.000 ₫" in words(mo.get("/ban-hang/tien"))
    for _press in range(2):
        assert mo.post("/ban-hang/tien", data={"khoan": "1"}).status_code == 303
    assert "Chờ người mua báo đã nhận lại" in words(mo.get(path)) or "báo đã hoàn" in words(mo.get(path))


def test_another_producers_refund_does_not_exist(market: MarketUnderTest, as_: As) -> None:
    one, mo = order(market, {CHE_LAM: 1}), as_("Mơ")
    mo.post(path_of(market, one), data={"verb": "received"})
    mo.post(f"{path_of(market, one)}/khong-lam-duoc", data={"reason": "Hết nguyên liệu", "goods": "back"})
    assert as_("Tín").post("/ban-hang/tien", data={"khoan": "1"}).status_code == 404
    assert mo.post("/ban-hang/tien", data={"khoan": "x"}).status_code == 404


def test_slip_and_label_are_pages_to_print(market: MarketUnderTest, as_: As) -> None:
    one, mo = order(market, {MIEN: 1}), as_("Tín")
    path = path_of(market, one)
    assert "1 gói Miến dong Minh Khai" in words(mo.get(f"{path}/phieu"))
    label = words(mo.get(f"{path}/nhan"))
    assert "Đến: Trần Thị Lan" in label
    assert "Từ: Hợp tác xã Minh Khai" in label
    assert "0,6 kg" in label


def test_the_money_page_adds_up_by_order(market: MarketUnderTest, as_: As) -> None:
    one, mo = order(market, {CHE_LAM: 1}), as_("Mơ")
    order(market, {KEO_LAC: 1})
    mo.post(path_of(market, one), data={"verb": "received"})
    said = words(mo.get("/ban-hang/tien"))
    assert "Đã nhận 110.000 ₫" in said
    assert "Đang chờ người mua chuyển 57.000 ₫" in said


def test_a_code_is_found_however_it_is_written(market: MarketUnderTest, as_: As) -> None:
    one, mo = order(market, {CHE_LAM: 1}), as_("Mơ")
    code = row(market, one.order).code
    assert mo.get(f"/ban-hang/don/{code[:3]}%20{code[3:]}").status_code == 200
    assert mo.get("/ban-hang/don/abc").status_code == 404


def test_messages_are_read_one_by_one_or_all(market: MarketUnderTest, as_: As) -> None:
    one = order(market, {CHE_LAM: 1})
    order(market, {KEO_LAC: 1})
    market.work()
    mo = as_("Mơ")
    assert "2 tin chưa xem" in words(mo.get("/ban-hang/thong-bao"))
    assert as_("Tín").post("/ban-hang/thong-bao/1").status_code == 404
    assert mo.post("/ban-hang/thong-bao/1").headers["Location"] == path_of(market, one)
    assert "1 tin chưa xem" in words(mo.get("/ban-hang/thong-bao"))
    mo.post("/ban-hang/thong-bao")
    assert "chưa xem" not in words(mo.get("/ban-hang/thong-bao"))


def test_reading_writes_nothing_while_the_page_is_made(market: MarketUnderTest, as_: As) -> None:
    one, mo = order(market, {CHE_LAM: 1}), as_("Mơ")
    mo.head(path_of(market, one)).close()
    with market.unit():
        assert db.session.scalars(select(Order.read_at)).all() == [None]


def test_an_accepted_order_says_by_which_day_it_is_sent(market: MarketUnderTest, as_: As) -> None:
    with market.unit():
        _days(4)
    one, mo = order(market, {CHE_LAM: 1, KEO_LAC: 1}), as_("Mơ")
    path = path_of(market, one)
    does(market, actions.buyer_tap, one.buyer, one.request)
    mo.post(path, data={"verb": "received"})
    assert "Gửi trước ngày" not in words(mo.get(path))
    with time_machine.travel("2026-11-24T18:00:00+00:00", tick=False):  # already the 25th in Vietnam
        mo.post(path, data={"verb": "accept"})
    for verb in ("", "ready"):
        if verb:
            mo.post(path, data={"verb": verb})
        assert "Gửi trước ngày: Chủ nhật, 29/11/2026" in words(mo.get(path)), verb
    mo.post(f"{path}/gui", data={"carrier": "Viettel Post", "tracking": "VT99"})
    assert "Gửi trước ngày" not in words(mo.get(path))


def test_what_is_fetched_says_from_which_day(market: MarketUnderTest, as_: As) -> None:
    with market.unit():
        _days(2)
    one, mo = order(market, {CHE_LAM: 1}, ways={1: Way.COLLECT}), as_("Mơ")
    path = path_of(market, one)
    does(market, actions.buyer_tap, one.buyer, one.request)
    mo.post(path, data={"verb": "received"})
    with time_machine.travel("2026-11-24T02:00:00+00:00", tick=False):
        mo.post(path, data={"verb": "accept"})
    assert "Khách đến lấy từ ngày: thứ Năm, 26/11/2026" in words(mo.get(path))
    assert "Gửi trước ngày" not in words(mo.get(path))


@db.action
def _days(days: int) -> None:
    db.session.execute(update(Product).where(Product.id == 1).values(days_to_make=days))
    db.session.execute(update(Product).where(Product.id == 2).values(days_to_make=1))

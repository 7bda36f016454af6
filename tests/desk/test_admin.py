"""The fee table, the area at a glance, and slow orders."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from sqlalchemy import insert
from werkzeug.test import TestResponse

from marketplace.delivery.queries import fees
from marketplace.kit import clock, db
from marketplace.kit.actor import Actor
from marketplace.orders.models import Order, OrderGroup
from marketplace.payments.models import RefundDue
from marketplace.places import queries as places
from marketplace.producers.models import Producer
from marketplace.producers.rules import ProducerKind, ProducerState
from tests.browser_client import Browser
from tests.market import MarketUnderTest

As = Callable[[str], Browser]
TABLE = {
    "same_commune_first": "15.000",
    "same_commune_each": "3.000",
    "same_province_first": "25.000",
    "same_province_each": "5.000",
    "elsewhere_first": "40k",
    "elsewhere_each": "8.000",
    "weight": "2,5 kg",
}


@pytest.mark.parametrize("name", ["Hạnh", "Quân", "Mơ"])
def test_only_an_admin_sees_or_changes_fees(market: MarketUnderTest, as_: As, name: str) -> None:
    browser = as_(name)
    assert browser.get("/dieu-phoi/phi-giao").status_code == 404
    assert browser.post("/dieu-phoi/phi-giao", data=TABLE).status_code == 404


def test_a_table_is_tried_without_changing_anything(market: MarketUnderTest, as_: As) -> None:
    page = as_("Bình").get("/dieu-phoi/phi-giao", query_string=TABLE).text
    assert "21.000" in page
    assert "56.000" in page
    with market.unit():
        assert fees().elsewhere.first_kg == 35_000


def publish(admin: Browser, **changes: str) -> TestResponse:
    """Fill in the table, look at the review, confirm what it shows."""
    review = admin.post("/dieu-phoi/phi-giao", data=TABLE | changes)
    if review.status_code != 200:
        return review
    page = BeautifulSoup(review.text, "html.parser")
    hidden = {str(each["name"]): str(each["value"]) for each in page.select("input[type=hidden]")}
    return admin.post("/dieu-phoi/phi-giao", data=hidden)


def today(days: int = 0) -> str:
    on = clock.today() + timedelta(days=days)
    return f"{on.day}/{on.month}/{on.year}"


def test_an_admin_looks_again_before_a_table_is_published(market: MarketUnderTest, as_: As) -> None:
    admin = as_("Bình")
    review = admin.post("/dieu-phoi/phi-giao", data=TABLE | {"holds_from": today(), "elsewhere_first": "0"})
    assert review.status_code == 200
    assert "Có nơi giao không mất phí" in review.text
    assert "Tỉnh, thành phố khác" in review.text
    with market.unit():
        assert fees().elsewhere.first_kg == 35_000
    assert publish(admin, holds_from=today()).status_code == 303
    with market.unit():
        assert fees().elsewhere.first_kg == 40_000
    assert "Bảng này áp dụng từ" in admin.get("/dieu-phoi/phi-giao").text


def test_a_review_confirms_only_what_it_showed(market: MarketUnderTest, as_: As) -> None:
    admin = as_("Bình")
    review = admin.post("/dieu-phoi/phi-giao", data=TABLE | {"holds_from": today()})
    page = BeautifulSoup(review.text, "html.parser")
    hidden = {str(each["name"]): str(each["value"]) for each in page.select("input[type=hidden]")}
    assert admin.post("/dieu-phoi/phi-giao", data=hidden | {"elsewhere_first": "0"}).status_code == 200
    with market.unit():
        assert fees().elsewhere.first_kg == 35_000


def test_a_change_is_announced_five_days_before_it_holds(market: MarketUnderTest, as_: As, client: Browser) -> None:
    with time_machine.travel("2026-11-24T10:00:00+07:00", tick=False) as now:
        assert publish(as_("Bình"), holds_from="24/11/2026").status_code == 303
        soon = publish(as_("Bình"), holds_from="28/11/2026", elsewhere_first="50.000")
        assert soon.status_code == 422
        assert "sớm nhất là 29/11/2026" in soon.text
        assert publish(as_("Bình"), holds_from="29/11/2026", elsewhere_first="50.000").status_code == 303
        page = client.get("/giao-hang").text
        assert page.index("40.000") < page.index("hủ nhật, 29/11/2026") < page.index("50.000") < page.index("35.000")
        assert "Từ 29/11/2026 áp dụng bảng khác" in as_("Bình").get("/dieu-phoi/phi-giao").text
        with market.unit():
            assert fees().elsewhere.first_kg == 40_000
        now.move_to("2026-11-28T23:59:59+07:00")
        with market.unit():
            assert fees().elsewhere.first_kg == 40_000
        now.move_to("2026-11-29T00:00:00+07:00")
        with market.unit():
            assert fees().elsewhere.first_kg == 50_000
        page = client.get("/giao-hang").text
        assert page.index("50.000") < page.index("Từ 24/11/2026 đến trước 29/11/2026") < page.index("40.000")
        assert "áp dụng bảng khác" not in as_("Bình").get("/dieu-phoi/phi-giao").text


@pytest.mark.parametrize("day", ["", "mai", "23/11/2020", "1/1/2099"])
def test_a_day_nobody_can_mean_is_asked_again(market: MarketUnderTest, as_: As, day: str) -> None:
    answer = publish(as_("Bình"), holds_from=day)
    assert answer.status_code == 422
    assert 'href="#holds_from"' in answer.text
    with market.unit():
        assert fees().elsewhere.first_kg == 35_000


@pytest.mark.parametrize("wrong", ["", "nhiều", "-5", "99.000.000"])
def test_a_fee_nobody_can_mean_is_asked_again(market: MarketUnderTest, as_: As, wrong: str) -> None:
    answer = as_("Bình").post("/dieu-phoi/phi-giao", data=TABLE | {"elsewhere_first": wrong})
    assert answer.status_code == 422
    with market.unit():
        assert fees().elsewhere.first_kg == 35_000


@db.action
def _makers_in(actor: Actor, codes: list[str]) -> None:
    for n, code in enumerate(codes):
        db.session.add(
            Producer(
                key=f"k{n}", name=f"Cơ sở {n}", slug=f"co-so-{n}", name_folded="", kind=ProducerKind.HOUSEHOLD, province_code="15",
                commune_code=code, phone="+84900000177", state=ProducerState.ACTIVE, applied_at=clock.now(), created_at=clock.now(),
            )
        )  # fmt: skip


def places_on(browser: Browser, **asked: str) -> list[str]:
    page = BeautifulSoup(browser.get("/dieu-phoi/khu-vuc", query_string=asked).text, "html.parser")
    return [link.get_text(strip=True) for link in page.select(".table-link")]


def test_the_country_is_read_in_pages_and_by_province(market: MarketUnderTest, as_: As) -> None:
    with market.unit():
        _makers_in(Actor.system("test"), [commune.code for commune in places.communes("15")[:23]])
    admin = as_("Bình")
    first, second = places_on(admin), places_on(admin, trang="2")
    assert (len(first), len(second)) == (20, 5)
    assert not set(first) & set(second)
    assert places_on(admin, trang="99999999999999") == second
    assert places_on(admin, trang="-1") == places_on(admin, trang="x") == first
    assert len(places_on(admin, tinh="01")) == 2
    assert len(places_on(admin, tinh="15", trang="2")) == 3
    assert places_on(admin, tinh="<b>") == first
    page = admin.get("/dieu-phoi/khu-vuc?tinh=15").text
    assert "tinh=15&amp;trang=2" in page
    assert 'href="#het-han"' in page
    assert 'id="het-han"' in page
    assert 'name="tinh"' not in as_("Quân").get("/dieu-phoi/khu-vuc").text


def test_the_area_counts_its_communes(market: MarketUnderTest, as_: As) -> None:
    page = as_("Quân").get("/dieu-phoi/khu-vuc").text
    assert "2 cơ sở đang bán, 4 sản phẩm trên chợ" in page
    assert "xã Thạch Thất, Hà Nội" in page
    assert "6/2028" in page
    nothing = as_("Thu").get("/dieu-phoi/khu-vuc").text
    assert "Thạch Thất" not in nothing
    assert "6/2028" not in nothing


@db.action
def placed(actor: Actor, hours: int, silent: int | None = None) -> None:
    """An order of Mơ's that nobody opened, placed so many hours ago."""
    connection, at = db.session.connection(), clock.now() - timedelta(hours=hours)
    group = {
        "id": 1, "token": "t" * 26, "buyer_name": "Trần Thị Lan", "buyer_phone": "+84900000003", "consent_version": "1",
        "consent_at": at, "placed_at": at,
    }  # fmt: skip
    order = {
        "id": 1, "code": "1234566", "group_id": 1, "producer_id": 1, "state": "placed", "stock_state": "held", "way": "ship",
        "goods": 85_000, "fee": 15_000, "total": 100_000, "weight_g": 600, "placed_at": at,
        "silent_since": clock.now() - timedelta(hours=silent) if silent else None,
    }  # fmt: skip
    connection.execute(insert(OrderGroup), group)
    connection.execute(insert(Order), order)


@pytest.mark.parametrize(("hours", "seen"), [(1, False), (3, True)])
def test_an_order_unread_for_two_hours_is_shown_with_a_call_button(
    market: MarketUnderTest, as_: As, hours: int, *, seen: bool
) -> None:
    with market.unit():
        placed(Actor.system("test"), hours)
    page = as_("Hạnh").get("/dieu-phoi/don-cham").text
    assert ("tel:+84900000101" in page) is seen
    assert "Trần Thị Lan" not in page
    assert "tel:" not in as_("Thu").get("/dieu-phoi/don-cham").text


def test_a_producer_silent_for_36_hours_is_shown_first(market: MarketUnderTest, as_: As) -> None:
    with market.unit():
        placed(Actor.system("test"), 40, silent=37)
    page = as_("Quân").get("/dieu-phoi/don-cham").text
    assert "chưa trả lời" in page
    assert page.count("1234566") == 1


@db.action
def owed(actor: Actor, *, sent: bool = False, returned: bool = False) -> None:
    """A refund of that order, as far as the two sides have said."""
    now = clock.now()
    values = {"order_id": 1, "cause": "cancel", "amount": 100_000, "reason": "Người bán hủy đơn", "opened_at": now}
    db.session.add(RefundDue(**values, sent_at=now if sent else None, returned_at=now if returned else None))


@pytest.mark.parametrize(("sent", "returned"), [(False, False), (True, False), (False, True)])
def test_a_refund_stays_on_the_desk_until_both_sides_have_spoken(
    market: MarketUnderTest, as_: As, *, sent: bool, returned: bool
) -> None:
    with market.unit():
        placed(Actor.system("test"), 3)
        owed(Actor.system("test"), sent=sent, returned=returned)
    page = as_("Hạnh").get("/dieu-phoi/hoan-tien").text
    assert "Đơn 1234566" in page
    assert "tel:+84900000101" in page
    assert "tel:+84900000003" in page
    assert "1234566" not in as_("Thu").get("/dieu-phoi/hoan-tien").text


def test_a_refund_both_sides_confirmed_is_off_the_desk(market: MarketUnderTest, as_: As) -> None:
    with market.unit():
        placed(Actor.system("test"), 3)
        owed(Actor.system("test"), sent=True, returned=True)
    assert "Không có khoản nào chờ hoàn." in as_("Hạnh").get("/dieu-phoi/hoan-tien").text

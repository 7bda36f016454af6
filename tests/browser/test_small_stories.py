"""Small stories of people who type a price in words, press twice, or have no mouse; in a real browser on a real market."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import story
from tests.browser.conftest import LiveMarket
from tests.browser.people import Person

OFFICE_OF_HA_NOI = "0900 000 904"

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_price_in_letters_is_asked_again_and_nothing_typed_is_lost(
    phone: Callable[[], Page], live: LiveMarket, tmp_path: Path
) -> None:
    tin = Person(phone(), live)
    tin.signs_in(story.NEIGHBOUR, story.PASSWORD)
    story.begins_a_product(tin, f"Chè lam vừng {random.randint(10_000, 99_999)}", tmp_path)
    price, unit = tin.page.get_by_label("Bán giá bao nhiêu"), tin.page.get_by_label("Bán theo", exact=True)
    asked = tin.page.url
    price.fill("tám mươi lăm nghìn")
    unit.select_option(label="một chai")
    tin.presses("Tiếp tục")
    assert tin.page.url == asked
    tin.sees("Còn 1 chỗ cần sửa")
    assert price.get_attribute("aria-invalid") == "true"
    assert price.input_value() == "tám mươi lăm nghìn"
    assert unit.locator("option:checked").inner_text() == "một chai"
    price.fill("85k")
    tin.presses("Tiếp tục")
    assert tin.page.url != asked
    tin.opens(asked)
    assert price.input_value() == "85.000"
    assert unit.locator("option:checked").inner_text() == "một chai"


def orders_waiting(seller: Person) -> int:
    """How many the maker's page of orders shows."""
    seller.opens("/ban-hang/don")
    return seller.page.locator(".order-row").count()


def test_pressing_twice_on_order_makes_one_order(phone: Callable[[], Page], live: LiveMarket) -> None:
    lan, tin = Person(phone(), live), Person(phone(), live)
    tin.signs_in(story.NEIGHBOUR, story.PASSWORD)
    before = orders_waiting(tin)
    story.finds(lan, "pho kho minh khai", "Phở khô Minh Khai")
    story.puts_into_the_cart(lan)
    story.fills_in_the_order(lan, f"09129{random.randint(10_000, 99_999)}")
    lan.page.get_by_role("button", name="Đặt hàng", exact=True).dblclick(no_wait_after=True)
    lan.page.wait_for_url("**/don-hang/**")
    assert lan.page.locator("main img[src*='/qr/']").count() == 1
    assert orders_waiting(tin) == before + 1
    lan.opens("/gio-hang")
    lan.lacks("Phở khô Minh Khai")


def goes_by_tab(person: Person, box: Locator) -> None:
    """Press Tab until this is the place where typing goes."""
    for _ in range(30):
        person.page.keyboard.press("Tab")
        if box.evaluate("box => box === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {box}")


def test_search_works_without_a_mouse(phone: Callable[[], Page], live: LiveMarket, scripts: bool) -> None:
    lan = Person(phone(), live)
    lan.opens("/")
    keys, box = lan.page.keyboard, lan.page.get_by_role("search").locator("input").first
    goes_by_tab(lan, box)
    keys.type("che la")
    if not scripts:
        keys.type("m")
        keys.press("Enter")
        lan.page.wait_for_url("**/tim?q=che+lam")
        return
    options = lan.page.get_by_role("option")
    expect(options.first).to_be_visible()
    keys.press("Escape")
    expect(options.first).to_be_hidden()
    assert box.input_value() == "che la"
    keys.type("m")
    expect(box).to_have_attribute("aria-expanded", "true")
    keys.press("ArrowDown")
    chosen = lan.page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-selected") == "true"
    words = chosen.inner_text().split("\n")[0]
    with lan.page.expect_navigation(wait_until="load"):
        keys.press("Enter")
    assert lan.page.url != f"{live.url}/"
    assert words in lan.page.locator("main").inner_text()


def test_an_old_place_name_is_answered_without_a_mouse(
    phone: Callable[[], Page], live: LiveMarket, scripts: bool
) -> None:
    lan = Person(phone(), live)
    story.finds(lan, "pho kho minh khai", "Phở khô Minh Khai")
    lan.opens(f"/phi-giao/{lan.page.url.rsplit('/', 1)[1]}")
    keys, box = lan.page.keyboard, lan.page.locator("input[name$=-text]")
    goes_by_tab(lan, box)
    keys.type("dai dong thach that")
    if scripts:
        expect(box).to_have_attribute("aria-expanded", "true")
        keys.press("ArrowDown")
        keys.press("Enter")
        expect(box).to_have_attribute("aria-expanded", "false")
        assert "Thạch Thất" in box.input_value()
    goes_by_tab(lan, lan.page.get_by_role("button", name="Tính phí", exact=True))
    with lan.page.expect_navigation(wait_until="load"):
        keys.press("Enter")
    lan.sees("Giao đến xã Thạch Thất, Hà Nội")


def test_every_part_of_the_desk_is_in_sight_on_a_phone(phone: Callable[[], Page], live: LiveMarket) -> None:
    quan = Person(phone(), live)
    quan.is_at_the_desk(OFFICE_OF_HA_NOI, story.PASSWORD)
    for tab in ("hang", "co-so", "chung-nhan", "van-de"):
        quan.opens(f"/dieu-phoi/?muc={tab}")
        links = quan.page.locator(".desk-nav a:visible, .tabs a:visible")
        assert links.count() == 7 + 5
        for each in links.all():
            box = each.bounding_box()
            assert box
            assert (box["x"] >= 0, box["x"] + box["width"] <= 360, box["height"] >= 48) == (True, True, True), each

"""The first screen of a telephone, and the age question, in a real browser."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SCREEN = 640
SHOP = [
    "/",
    "/tim",
    "/tim?q=che+lam",
    "/bo-loc?o=/tim",
    "/danh-muc/",
    "/danh-muc/mi-mien-banh",
    "/noi-lam/",
    "/lang-nghe/",
    "/tuoi",
]


def sideways(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_the_home_page_shows_prices_on_the_first_screen(phone):
    page = phone()
    page.goto("/")
    boxes = [price.bounding_box() for price in page.locator(".goods .price").all()[:2]]
    tabs = page.locator(".tabbar").bounding_box()
    assert all(box["y"] + box["height"] <= tabs["y"] for box in boxes)


def test_the_buy_button_is_whole_on_the_first_screen_and_big(phone):
    page = phone()
    page.goto("/tim?q=che+lam")
    page.locator(".list-main .good-name a").first.click()
    box = page.get_by_role("button", name="Bỏ vào giỏ").bounding_box()
    assert box["height"] >= 64
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= SCREEN


def test_filters_work_by_pressing_a_button(phone):
    page = phone()
    page.goto("/tim")
    total = int(re.sub(r"\D", "", page.locator(".list-main > p.muted").inner_text()))
    page.get_by_role("link", name="Bộ lọc").click()
    page.get_by_label(re.compile("^Hà Nội")).check()
    page.get_by_role("button", name="Xem hàng").click()
    page.wait_for_url("**/tim?**tinh=01**")
    assert page.locator(".chip-on").inner_text().endswith("Hà Nội")
    assert 0 < int(re.sub(r"\D", "", page.locator(".list-main > p.muted").inner_text())) < total


def test_a_drink_is_shown_after_the_age_answer(phone):
    page = phone()
    page.goto("/danh-muc/ruou-trang-14")
    assert page.locator(".good .price").count() == 0
    page.locator(".list-main .good-name a").first.click()
    page.get_by_role("button", name="Tôi đã đủ 18 tuổi").click()
    page.wait_for_url("**/san-pham/**")
    assert page.get_by_role("button", name="Bỏ vào giỏ").is_visible()


@pytest.mark.parametrize("path", SHOP)
def test_nothing_scrolls_sideways_on_the_narrowest_telephone(phone, path):
    page = phone()
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)
    assert sideways(page) == 0
    page.evaluate("document.documentElement.style.setProperty('font-size', '225%')")
    assert sideways(page) == 0

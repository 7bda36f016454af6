"""A buyer walking through the pages with a plain browser: no script, one form after the other."""

from collections.abc import Mapping
from html import unescape

from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from tests.browser_client import Browser

LAN = {"name": "Trần Thị Lan", "phone": "0900 000 003"}
HOME = {
    "place": "01-09856",
    "place-text": "xã Dương Hòa, Hà Nội",
    "place-for": "xã Dương Hòa, Hà Nội",
    "street": "Số 5, ngõ 2",
}


def soup(response: TestResponse) -> BeautifulSoup:
    """The page as a tree."""
    return BeautifulSoup(response.get_data(as_text=True), "html.parser")


def words(response: TestResponse) -> str:
    """What can be read on the page."""
    return " ".join(unescape(soup(response).get_text(" ")).replace("\u00a0", " ").split())


def fields(response: TestResponse, action: str | None = None) -> dict[str, str]:
    """The hidden and filled fields of the page's form with this address (or of the form that orders)."""
    form = soup(response).find("form", attrs={"action": action} if action else {"id": "dat-hang"})
    assert form is not None
    return {
        str(one["name"]): str(one.get("value", ""))
        for one in form.find_all("input")
        if one.get("name") and one.get("type") != "checkbox" and (one.get("type") != "radio" or one.has_attr("checked"))
    }


def add(browser: Browser, variant: int, quantity: int = 1) -> TestResponse:
    """Bỏ vào giỏ."""
    return browser.post("/gio-hang", data={"verb": "add", "variant": variant, "quantity": quantity})


def answer(browser: Browser, ways: Mapping[str, str] | None = None) -> TestResponse:
    """The three pages before the review; the review."""
    assert browser.post("/dat-hang/nguoi-nhan", data=LAN).status_code == 303
    assert browser.post("/dat-hang/noi-nhan", data=HOME).status_code == 303
    stalls = soup(browser.get("/dat-hang/cach-giao")).find_all("fieldset")
    chosen = {str(one["id"]): "ship" for one in stalls}
    assert browser.post("/dat-hang/cach-giao", data={**chosen, **(ways or {})}).status_code == 303
    return browser.get("/dat-hang/xem-lai")


def press(browser: Browser, review: TestResponse, **more: str) -> TestResponse:
    """Đặt hàng, with the box ticked."""
    return browser.post("/dat-hang/xem-lai", data={**fields(review), "consent": "y", **more})


def buy(browser: Browser, *variants: int, **more: str) -> str:
    """From the shelf to the order's address."""
    for variant in variants:
        add(browser, variant)
    placed = press(browser, answer(browser), **more)
    assert placed.status_code == 303, words(placed)
    return placed.headers["Location"]

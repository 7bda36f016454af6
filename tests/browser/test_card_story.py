"""Paying by card and by transfer in one order, on the practice page: a decline, 3-D Secure, a cancel whose money goes back.

The second buyer reads English; a line of hers goes back and the rest is passed on."""

import random
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import story
from tests.browser.conftest import LiveMarket
from tests.browser.people import Person

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_one_stall_by_card_one_by_transfer(phone: Callable[[], Page], live: LiveMarket) -> None:
    lan, mo = Person(phone(), live), Person(phone(), live)
    _orders_from_two(lan)
    order = lan.page.url
    lan.follows(lan.page.get_by_role("button", name="bằng thẻ"))
    lan.sees("TRANG TẬP", "không có tiền thật")
    address = lan.page.url

    lan.chooses("bị từ chối")
    lan.follows(lan.page.get_by_role("button"))
    lan.sees("Thẻ bị từ chối")
    lan.chooses("3-D Secure")
    lan.follows(lan.page.get_by_role("button"))
    lan.sees("Ngân hàng xác nhận chủ thẻ")
    lan.presses("Đúng là tôi, trả tiền")
    assert lan.page.url == order
    lan.sees("Đã trả", "bằng thẻ. Không cần trả nữa")
    lan.opens(address)
    lan.sees("Đã trả xong")

    mo.signs_in("0900 000 901", story.PASSWORD)
    lan.opens(order)
    hers = story.code_of(lan, "Cơ sở mẫu Thôn 6")
    mo.opens(f"/ban-hang/don/{hers}")
    mo.sees("Khách đã trả thẻ", "chợ chuyển tiền cho gian hàng")
    _cancels(lan, hers)
    _until(lan, "Chợ đã hoàn")


def _orders_from_two(buyer: Person) -> None:
    for typed, product in (("che lam dai dong", "Chè lam Đại Đồng"), ("pho kho minh khai", "Phở khô Minh Khai")):
        story.finds(buyer, typed, product)
        story.puts_into_the_cart(buyer)
    story.fills_in_the_order(buyer, f"09129{random.randint(10_000, 99_999)}")
    panel = buyer.page.get_by_role("region", name="Cơ sở mẫu Thôn 6")
    panel.locator("label").filter(has_text="Thẻ ngân hàng").click()
    buyer.presses("Đặt hàng")
    buyer.sees("một phần bằng thẻ, phần kia chuyển khoản")


def _orders_from_two_in_english(guest: Person) -> None:
    for typed, product in (("che lam dai dong", "Chè lam Đại Đồng"), ("pho kho minh khai", "Phở khô Minh Khai")):
        guest.opens(f"/en/tim?q={typed}")
        guest.follows(guest.page.locator(".list-main .good-name a").filter(has_text=product).first)
        guest.presses("Add to cart")
    guest.presses("Place the order")
    guest.fills("Recipient's full name", "Anna Berg")
    guest.fills("Recipient's phone number", f"09129{random.randint(10_000, 99_999)}")
    guest.presses("Continue")
    guest.types(guest.page.locator("input[name$=-text]").first, "xã Thạch Thất, Hà Nội")
    guest.page.locator("input[name=street]").fill("Số 5 ngõ 2")
    for _ in range(2):
        guest.presses("Continue")
    guest.page.locator("main input[type=checkbox]").last.check()
    guest.page.get_by_role("region", name="Cơ sở mẫu Thôn 6").locator("label").filter(has_text="Bank card").click()
    guest.presses("Place the order")
    guest.sees("part by card, part by transfer")


def _cancels(buyer: Person, code: str) -> None:
    parcel = story.parcel(buyer, code)
    parcel.locator("summary").filter(has_text="Hủy đơn này").click()
    buyer.follows(parcel.get_by_role("button", name="Hủy đơn"))
    buyer.sees("Đã hủy đơn")


def _until(buyer: Person, words: str, seconds: float = 20) -> None:
    """The worker does it; the page is read again meanwhile."""
    deadline = time.monotonic() + seconds
    while not buyer.shows(words) and time.monotonic() < deadline:
        time.sleep(0.5)
        buyer.page.reload()
    buyer.sees(words)


@pytest.mark.parametrize(
    "scripts",
    [False, pytest.param(True, marks=pytest.mark.soak)],
    indirect=True,
    ids=["without scripts", "with scripts"],
)  # no script has a part in it; the story above is told with and without
def test_an_english_order_of_which_one_line_goes_back_and_the_rest_is_passed_on(
    phone: Callable[[], Page], live: LiveMarket
) -> None:
    anna, mo, binh = (Person(phone(), live) for _ in range(3))
    _orders_from_two_in_english(anna)
    order = anna.page.url
    anna.follows(anna.page.get_by_role("button", name="by card"))
    anna.follows(anna.page.get_by_role("button"))
    assert anna.page.url == order
    anna.sees("Paid by card")
    anna.presses("Tiếng Việt")
    hers = story.code_of(anna, "Cơ sở mẫu Thôn 6")

    mo.signs_in("0900 000 901", story.PASSWORD)
    mo.opens(f"/ban-hang/don/{hers}")
    for words in ("Nhận đơn", "Hàng đã gói xong"):
        mo.presses(words)
    mo.opens(f"/ban-hang/don/{hers}/gui")
    mo.chooses("Bưu điện")
    mo.presses("Đã giao cho vận chuyển")
    anna.page.reload()
    story.receives(anna, hers)
    anna.presses("English")
    anna.sees("Delivered")

    mo.opens(f"/ban-hang/don/{hers}")
    mo.sees("chợ sẽ chuyển trước ngày")
    mo.presses("Hoàn một phần tiền")
    mo.chooses("Hoàn cả phí giao")
    mo.fills("Vì sao?", "Giao chậm")
    mo.presses("Hoàn tiền và báo người mua")
    anna.page.reload()
    _until(anna, "The market has returned 15.000 ₫ to the card")

    binh.is_at_the_desk("0900 000 905", story.PASSWORD)
    binh.opens("/dieu-phoi/the")
    binh.fills("Chuyển tiền cho người bán trong mấy ngày", "0")
    binh.presses("Lưu")
    binh.opens("/dieu-phoi/chi-tra")
    binh.follows(binh.page.locator("tr").filter(has_text="Cơ sở mẫu Thôn 6").get_by_role("link", name="Chuyển tiền"))
    binh.sees("Quét mã để chuyển")
    binh.follows(binh.page.get_by_role("button", name="Đã chuyển"))
    binh.sees("Đã ghi: chuyển 48.000 ₫ cho Cơ sở mẫu Thôn 6")
    mo.opens("/ban-hang/tien")
    mo.sees("Đã chuyển 48.000 ₫")

"""What people do in the story of the first sale, each through the pages they have."""

import io
import random
import re
import time
from dataclasses import dataclass
from pathlib import Path

import zxingcpp
from PIL import Image
from playwright.sync_api import Locator
from qr_pay import decode

from tests.browser.people import Person

PASSWORD = "cho-ocop-mau"
OFFICE, NEIGHBOUR = "0900 000 904", "0900 000 902"
ANSWERS = {
    "khoi-luong": "500 g", "can-goi": "600 g", "thanh-phan": "gạo nếp, mật mía, lạc, gừng", "nguon-goc": "gạo nếp trồng tại xã",
    "han-dung": "3 tháng", "bao-quan": "Để nơi khô mát", "cach-dung": "ăn ngay", "may-ngay": "1",
}  # fmt: skip


@dataclass(frozen=True)
class Transfer:
    """One transfer as the buyer's page shows it, and as its picture says when a bank reads it."""

    amount: str
    account: str
    memo: str
    read: dict[str, str]


def picture(folder: Path, name: str) -> str:
    """A photograph that no other run has taken."""
    path = folder / f"{name}.jpg"
    Image.effect_noise((1200, 900), random.uniform(30, 90)).convert("RGB").save(path, quality=80)
    return str(path)


def paper(folder: Path) -> str:
    """A paper to send along."""
    path = folder / "giay.pdf"
    path.write_bytes(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF")
    return str(path)


def opens_an_account(person: Person, name: str, phone: str) -> None:
    """Sign up with a code."""
    person.opens("/dang-ky")
    person.fills("Họ và tên", name)
    person.fills("Số điện thoại di động", phone)
    person.page.get_by_label("Đã đọc và đồng ý").check()
    before = len(person.market.said())
    person.presses("Tiếp tục")
    person.fills("Mã 6 số", person.market.code_for(phone, after=before))
    person.presses("Tiếp tục")
    person.sees(name)


def applies_for_a_stall(person: Person, stall: str, phone: str, holder: str, folder: Path) -> None:
    """Nine questions, one a page, and the account that is to be paid."""
    person.opens("/dang-ky-ban-hang/")
    person.presses("Bắt đầu")
    person.chooses("Hộ sản xuất")
    person.presses("Tiếp tục")
    for label, value in (
        ("Gian hàng tên là gì", stall), ("Hàng làm ở xã", "dai dong thach that"), ("Làng, thôn nào", "Thôn 6"),
        ("Người mua gọi số nào", phone), ("Kể đôi lời", "Nhà làm chè lam từ đời ông."),
    ):  # fmt: skip
        person.fills(label, value)
        person.presses("Tiếp tục")
    person.gives(picture(folder, "nguoi-lam"))
    person.presses("Tiếp tục")
    person.presses("Bỏ qua")
    person.page.get_by_label("Ngân hàng", exact=True).select_option(label="Vietcombank")
    person.fills("Số tài khoản", "0451000123456")
    person.fills("Tên chủ tài khoản", holder)
    person.presses("Tiếp tục")
    person.presses("Gửi duyệt")
    person.sees("Đang chờ duyệt")


def approves(official: Person, tab: str, title: str) -> None:
    """Open the waiting thing of this title on the desk, and approve it once the worker has drawn its photos."""
    deadline = time.monotonic() + 60
    while True:
        official.opens(f"/dieu-phoi/?muc={tab}")
        official.follows(official.page.get_by_role("link").filter(has_text=title).first)
        button = official.page.get_by_role("button", name="Duyệt", exact=True)
        if button.is_enabled():
            official.follows(button)
            official.sees("Đã duyệt")
            return
        assert time.monotonic() < deadline, official.reads()


def begins_a_product(person: Person, name: str, folder: Path) -> None:
    """Photo, name and the set that is proposed: up to the question of the price."""
    person.opens("/ban-hang/hang/moi")
    person.gives(picture(folder, "mot"))
    person.presses("Tiếp tục")
    person.fills("Sản phẩm tên là gì", name)
    person.presses("Tiếp tục")
    person.presses("Tiếp tục")


def lists_a_product(person: Person, name: str, folder: Path) -> None:
    """Photo, name, set, price; then what the set asks; a second photo; its papers; send."""
    begins_a_product(person, name, folder)
    person.fills("Bán giá bao nhiêu", "85k")
    person.page.get_by_label("Bán theo", exact=True).select_option(label="một hộp")
    person.presses("Tiếp tục")
    person.fills("Có bao nhiêu để bán", "24")
    person.presses("Tiếp tục")
    _answers_questions(person)
    product = person.page.url.rsplit("/", 1)[0]
    person.opens(f"{product}/anh")
    person.gives(picture(folder, "hai"))
    person.presses("Thêm ảnh này")
    assert person.page.locator(".photo-list > li").count() == 2
    _sends_papers(person, f"{product}/giay-to", paper(folder))
    person.opens(f"{product}/xem-lai")
    person.presses("Gửi duyệt")
    person.sees("Đang chờ duyệt")


def _answers_questions(person: Person) -> None:
    while "/xem-lai" not in person.page.url:
        slug = re.split(r"[?/]", person.page.url.split("/cau-hoi/")[-1])[0]
        if slug in ANSWERS:
            person.page.locator("main textarea, main input[type=text]").first.fill(ANSWERS[slug])
        elif slug == "giao-den":
            person.chooses("Cả nước")
        elif slug == "den-lay":
            person.chooses("Được")
        asked = person.page.url
        person.presses("Tiếp tục")
        assert person.page.url != asked, person.reads()


def _sends_papers(person: Person, address: str, file: str) -> None:
    person.opens(address)
    for number in range(person.page.locator("main form:has(input[type=file])").count()):
        form = person.page.locator("main form:has(input[type=file])").nth(number)
        form.locator("input[type=file]").set_input_files(file)
        person.follows(form.get_by_role("button").last)
    person.sees("Đã gửi")
    person.lacks("Chưa gửi")


def finds(buyer: Person, words: str, name: str) -> None:
    """Search without diacritics, and again while a search begun within five seconds may still be too early; open it."""
    deadline = time.monotonic() + 5
    while True:
        last = time.monotonic() > deadline
        buyer.opens("/")
        box = buyer.page.get_by_role("search").locator("input").first
        box.fill(words)
        with buyer.page.expect_navigation(wait_until="load"):
            box.press("Enter")
        found = buyer.page.locator(".list-main .good-name a").filter(has_text=name)
        if found.count():
            return buyer.follows(found.first)
        assert not last, f"{name} is not found under {words}"
        time.sleep(0.2)


def puts_into_the_cart(buyer: Person) -> None:
    """One of the product that is shown."""
    buyer.presses("Bỏ vào giỏ")
    buyer.sees("Đã bỏ vào giỏ")


def fills_in_the_order(buyer: Person, phone: str) -> None:
    """Four short pages up to the last press on Đặt hàng, without an account."""
    buyer.presses("Đặt hàng")
    buyer.fills("Họ tên người nhận", "Trần Thị Lan")
    buyer.fills("Số điện thoại người nhận", phone)
    buyer.presses("Tiếp tục")
    buyer.types(buyer.page.locator("input[name$=-text]").first, "xã Thạch Thất, Hà Nội")
    buyer.page.locator("input[name=street]").fill("Số 5 ngõ 2")
    buyer.presses("Tiếp tục")
    buyer.presses("Tiếp tục")
    buyer.page.locator("main input[type=checkbox]").last.check()


def orders(buyer: Person, phone: str) -> None:
    """Without an account, from everybody in the cart at once."""
    fills_in_the_order(buyer, phone)
    buyer.presses("Đặt hàng")
    buyer.sees("Còn 2 khoản cần chuyển")


def transfers(buyer: Person) -> list[Transfer]:
    """Both transfers, with their pictures read back from the screen."""
    found = []
    for picture_shown in buyer.page.locator("main img[src*='/qr/']").all():
        picture_shown.scroll_into_view_if_needed()
        box = picture_shown.locator("xpath=ancestor::section[1] | ancestor::article[1]").first
        words = box.inner_text()
        codes = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture_shown.screenshot())))
        found.append(Transfer(
            amount=re.sub(r"\D", "", re.search(r"([\d.]+)\s₫", words)[1]),  # type: ignore[index] # a missing sum fails here
            account=re.search(r"Số tài khoản\s+(\S+)", words)[1],  # type: ignore[index] # so does a missing account
            memo=re.sub(r"\s", "", re.search(r"OCOP [\d ]+", words)[0]),  # type: ignore[index] # and a missing memo
            read=decode(codes[0].text),
        ))  # fmt: skip
    return found


def code_of(buyer: Person, stall: str) -> str:
    """The order's code at this stall, as the buyer's page shows it."""
    found = re.search(rf"{re.escape(stall)}\s+Mã đơn (\d{{3}} \d{{4}})", buyer.reads())
    assert found, buyer.reads()
    return found[1].replace(" ", "")


def makes_and_sends(seller: Person, code: str) -> None:
    """Money seen, order taken, parcel packed and given to the post."""
    seller.opens(f"/ban-hang/don/{code}")
    for words in ("Đã nhận tiền", "Nhận đơn", "Hàng đã gói xong"):
        seller.presses(words)
    seller.opens(f"/ban-hang/don/{code}/gui")
    seller.chooses("Bưu điện")
    seller.page.locator("input[name=tracking]").fill("EB123456789VN")
    seller.presses("Đã giao cho vận chuyển")
    seller.sees("EB123456789VN")


def parcel(buyer: Person, code: str) -> Locator:
    """The part of the buyer's page about this parcel."""
    return buyer.page.locator(f"section[aria-labelledby=don-{code}]")


def receives(buyer: Person, code: str) -> None:
    """The buyer says that this parcel has come."""
    buyer.follows(parcel(buyer, code).get_by_role("button", name="Đã nhận được hàng", exact=True))

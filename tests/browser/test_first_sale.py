"""The first sale, from signing up to both parcels delivered, in a real browser on a real market, through pages only."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import story
from tests.browser.conftest import LiveMarket
from tests.browser.people import Person

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_from_signing_up_to_both_parcels_delivered(phone: Callable[[], Page], live: LiveMarket, tmp_path: Path) -> None:
    number = random.randint(10_000, 99_999)
    stall, product, telephone = f"Chè lam nhà Hoa {number}", f"Chè lam gừng {number}", f"09127{number}"
    hoa, official, tin, lan = (Person(phone(), live) for _ in range(4))

    story.opens_an_account(hoa, "Nguyễn Thị Hoa", telephone)
    story.applies_for_a_stall(hoa, stall, telephone, "NGUYEN THI HOA", tmp_path)
    official.is_at_the_desk(story.OFFICE, story.PASSWORD)
    story.approves(official, "co-so", stall)
    story.lists_a_product(hoa, product, tmp_path)
    story.approves(official, "hang", product)

    story.finds(lan, "che lam", product)
    assert lan.page.locator(".gallery-row img").count() == 2
    story.puts_into_the_cart(lan)
    story.finds(lan, "pho kho minh khai", "Phở khô Minh Khai")
    story.puts_into_the_cart(lan)
    story.orders(lan, f"09128{number}")
    pays_both(lan)

    tin.signs_in(story.NEIGHBOUR, story.PASSWORD)
    hers, his = story.code_of(lan, stall), story.code_of(lan, "Cơ sở mẫu Minh Khai")
    story.makes_and_sends(hoa, hers)
    story.makes_and_sends(tin, his)
    both_arrive(lan, tin, hers, his)


def pays_both(buyer: Person) -> None:
    """Each picture says to a bank what the page says to a person; then the buyer says that both sums are on their way."""
    first, second = story.transfers(buyer)
    assert (first.account, first.amount, first.read["bin_id"]) == ("0451000123456", "100000", "970436")
    assert second.account != first.account
    for shown in (first, second):
        assert shown.read["consumer_id"] == shown.account
        assert shown.read["transaction_amount"] == shown.amount
        assert shown.read["purpose_of_transaction"] == shown.memo
    for _ in range(2):
        buyer.presses("Tôi đã chuyển khoản")
    assert buyer.page.get_by_role("button", name="Tôi đã chuyển khoản").count() == 0


def both_arrive(buyer: Person, neighbour: Person, hers: str, his: str) -> None:
    """The buyer says so of one parcel, its maker of the other."""
    buyer.page.reload()
    buyer.sees("EB123456789VN")
    story.receives(buyer, hers)
    neighbour.opens(f"/ban-hang/don/{his}")
    neighbour.presses("Khách đã nhận")
    buyer.page.reload()
    for code in (hers, his):
        assert "Đã giao xong" in story.parcel(buyer, code).inner_text()

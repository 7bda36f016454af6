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
    official.signs_in(story.OFFICE, story.PASSWORD)
    story.approves(official, "co-so", stall)
    story.lists_a_product(hoa, product, tmp_path)
    story.approves(official, "hang", product)

    story.puts_into_the_cart(lan, "che lam", product)
    story.puts_into_the_cart(lan, "pho kho minh khai", "Phở khô Minh Khai")
    story.orders(lan, f"09128{number}")
    first, second = story.transfers(lan)
    assert (first.account, first.amount) == ("0451000123456", "100000")
    for shown in (first, second):
        said = shown.read
        assert said["consumer_id"] == shown.account
        assert said["transaction_amount"] == shown.amount
        assert said["purpose_of_transaction"] == shown.memo
    for _ in range(2):
        lan.presses("Tôi đã chuyển khoản")
    address = lan.page.url

    tin.signs_in(story.NEIGHBOUR, story.PASSWORD)
    hers, his = story.code_of(lan, stall), story.code_of(lan, "Cơ sở mẫu Minh Khai")
    story.makes_and_sends(hoa, hers)
    story.makes_and_sends(tin, his)
    lan.opens(address)
    lan.sees("EB123456789VN")
    lan.presses("Đã nhận được hàng")
    tin.opens(f"/ban-hang/don/{his}")
    tin.presses("Khách đã nhận")
    lan.opens(address)
    lan.sees("Đã nhận hàng")

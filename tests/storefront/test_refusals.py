"""Pages that say no say why, and lead to where it goes on."""

import pytest
from bs4 import BeautifulSoup

from tests.browser_client import Browser
from tests.market import MarketUnderTest

LONG = "chữ " * 25_000


def first_way_on(page: str) -> str:
    link = BeautifulSoup(page, "html.parser").select_one("main .buttons a")
    assert link is not None
    return str(link["href"])


def test_a_text_too_long_is_not_called_a_photo(client: Browser) -> None:
    answer = client.post("/bao-van-de?hang=h1", data={"kind": "other", "text": LONG})
    assert answer.status_code == 413
    page = answer.get_data(as_text=True)
    assert "Lời viết dài quá" in page
    assert "2.000 chữ" in page
    assert "Ảnh" not in BeautifulSoup(page, "html.parser").select_one("main").get_text()  # type: ignore[union-attr] # inspected
    assert first_way_on(page) == "/bao-van-de"


def test_a_photo_too_big_is_called_a_photo(market: MarketUnderTest) -> None:
    answer = market.signed_in("Mơ").post("/ban-hang/hang/h1/anh", data=b"x" * (27 * 1024 * 1024))
    assert answer.status_code == 413
    assert "25 MB" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("who", "address", "page"),
    [
        ("Hạnh", "/dieu-phoi/chung-nhan/1/gia-han", "/dieu-phoi/chung-nhan/1"),
        ("Bình", "/dieu-phoi/nguoi-dung/3/khu-vuc", "/dieu-phoi/nguoi-dung/3"),
        ("Bình", "/dieu-phoi/nguoi-dung/3/quyen", "/dieu-phoi/nguoi-dung/3"),
    ],
)
def test_an_address_of_a_button_leads_to_its_page(market: MarketUnderTest, who: str, address: str, page: str) -> None:
    browser = market.signed_in(who)
    answer = browser.get(address)
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
    assert "Không thấy trang này" not in answer.get_data(as_text=True)
    assert first_way_on(answer.get_data(as_text=True)) == page
    assert browser.get(page).status_code == 200


def test_every_address_of_a_button_leads_to_a_page_that_opens(market: MarketUnderTest) -> None:
    only_buttons = [
        rule.rule
        for rule in market.app.url_map.iter_rules()
        if "GET" not in (rule.methods or ()) and not rule.arguments and not rule.rule.startswith("/api/")
    ]
    opened = {
        rule.rule for rule in market.app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments
    }
    browser = market.client()
    for address in set(only_buttons) - opened:
        answer = browser.get(address)
        if answer.status_code == 405:
            assert first_way_on(answer.get_data(as_text=True)) in opened, address

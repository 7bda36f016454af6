"""The price said in words while it is typed: what the market would read, and silence about what it would refuse."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from marketplace.catalog.rules import read_price
from marketplace.kit.errors import BadInput
from marketplace.kit.money import in_words, show_dong

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SCRIPT = Path(__file__).resolve().parents[2] / "static/js/price-words.js"
FORM = '<form><input data-price-words="vnd"><output data-price-words-out hidden></output></form>'
TYPED = (
    "120.000", "120000", "120 000 ₫", "120,000", "120k", "120 nghìn", "1,5 triệu", "1.25tr", "2 củ", "85 NGHÌN", "0,5 triệu", "1.000",
    "499999999", "120.000 vnđ", "120.000đ.", "1.005.000", "21.000", "105.015", "1,005tr",
    "", "1.5", "15", "999", "500.000.000", "1.2.3", "120.00", "12O nghìn", "abc", "-5", "0", "9999999999999", "1.5 đồng", "120 kk", "k",
)  # fmt: skip


def as_the_market_reads(text: str) -> str:
    try:
        price = read_price(text)
    except BadInput:
        return ""
    return f"{show_dong(price)}: {in_words(price)}"


def test_the_words_beside_a_price_are_those_of_the_sum_that_would_be_stored(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content(FORM)
    page.add_script_tag(path=SCRIPT)
    for text in TYPED:
        page.fill("input", text)
        said = page.eval_on_selector("output", "place => place.hidden ? '' : place.textContent")
        assert said.replace(" ₫", "\u00a0₫") == as_the_market_reads(text), text
    page.close()

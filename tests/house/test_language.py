"""The language is the first part of an address: taken off, put back, and no business of files and machines."""

import pytest

from marketplace.kit.edge import language
from marketplace.kit.i18n import _, in_language, lazy, said, written
from marketplace.kit.money import in_english_words
from tests.browser_client import Browser
from tests.market import MarketUnderTest


@pytest.mark.parametrize(
    ("path", "rest", "script"),
    [
        ("/en", "/", "/en"),
        ("/en/", "/", "/en"),
        ("/en/tim", "/tim", "/en"),
        ("/enx", "/enx", ""),
        ("/tim", "/tim", ""),
        ("/en/en/tim", "/en/tim", "/en"),
        ("/en/api/v1/products", "/en/api/v1/products", ""),
        ("/en/hooks/stripe", "/en/hooks/stripe", ""),
        ("/en/static/shop.css", "/en/static/shop.css", ""),
        ("/en/anh/x", "/en/anh/x", ""),
        ("/en/anhx", "/anhx", "/en"),
    ],
)
def test_the_language_is_taken_off_the_address(path: str, rest: str, script: str) -> None:
    seen = language.taken_off({"PATH_INFO": path})
    assert (seen["PATH_INFO"], seen.get("SCRIPT_NAME", "")) == (rest, script)


def test_a_redirect_stays_in_its_language_and_never_leaves_the_market(client: Browser) -> None:
    assert client.get("/en/tai-khoan/").headers["Location"] == "/en/dang-nhap?next=/tai-khoan/"
    assert client.get("/tai-khoan/").headers["Location"] == "/dang-nhap?next=/tai-khoan/"
    answer = client.get("/en//evil.example/")
    assert "evil" not in answer.headers.get("Location", "")


def test_a_form_that_has_to_be_corrected_answers_in_english_and_leads_to_its_page(client: Browser) -> None:
    answer = client.post("/en/dang-nhap", data={"phone": "abc", "verb": "code"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "This phone number cannot be read." in page
    assert 'hreflang="vi" href="/dang-nhap"' in page
    assert 'action="/en/dang-nhap' in page


def test_what_was_asked_stays_when_the_language_changes(client: Browser) -> None:
    page = client.get("/tim?q=ch%C3%A8+lam&sap=moi").get_data(as_text=True)
    assert 'hreflang="en" href="/en/tim?q=ch%C3%A8+lam&amp;sap=moi"' in page


def test_search_engines_find_both_languages_of_a_page(client: Browser) -> None:
    for path in ("/quy-che", "/en/quy-che"):
        page = client.get(path).get_data(as_text=True)
        assert f'rel="canonical" href="http://127.0.0.1:5000{path}"' in page
        for code, address in (("vi", "/quy-che"), ("en", "/en/quy-che"), ("x-default", "/quy-che")):
            assert f'hreflang="{code}" href="http://127.0.0.1:5000{address}"' in page
    assert "Disallow: /en/dieu-phoi" in client.get("/robots.txt").get_data(as_text=True)


def test_another_site_cannot_send_a_form_in_english_either(client: Browser) -> None:
    answer = client.post("/en/dang-nhap", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "Nothing has changed" in answer.get_data(as_text=True)


def test_a_large_photo_is_taken_under_en_and_a_large_text_is_not(market: MarketUnderTest) -> None:
    mo = market.signed_in("Mơ")
    assert mo.post("/en/ban-hang/hang/h1/anh", data={"x": "a" * 70_000}).status_code != 413
    assert mo.post("/en/dang-nhap", data={"x": "a" * 70_000}).status_code == 413


def test_what_is_written_down_is_vietnamese_and_shown_in_the_language_of_the_reader(market: MarketUnderTest) -> None:
    sentence = lazy("Đơn đã hủy.")
    with market.app.app_context(), in_language("en"):
        assert str(sentence) == "The order is cancelled."
        assert written(sentence) == "Đơn đã hủy."
        assert said("Đơn đã hủy.") == "The order is cancelled."
        assert said("hàng không tươi 100%") == "hàng không tươi 100%"
        assert said("") == ""
        assert _("Đơn đã hủy.") == "The order is cancelled."


def test_sums_are_read_aloud_in_english() -> None:
    said_aloud = {
        0: "zero dong",
        15: "fifteen dong",
        120_000: "one hundred and twenty thousand dong",
        1_085_021: "one million, eighty-five thousand, twenty-one dong",
        499_999_999: "four hundred and ninety-nine million, nine hundred and ninety-nine thousand, nine hundred and ninety-nine dong",
    }
    assert {amount: in_english_words(amount) for amount in said_aloud} == said_aloud

"""The queue: who sees what, in which order, with what missing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup

from marketplace.cases import actions as cases_actions
from marketplace.cases import queries as cases
from marketplace.cases.rules import ProblemKind, Report
from marketplace.kit.actor import Place
from marketplace.producers import actions as producers
from tests.browser_client import Browser
from tests.desk.waiting import (
    DUONG_HOA,
    HA_NOI,
    application,
    claimed,
    maker,
    official,
    reported,
    sen_applies,
    signed_up,
    submitted,
)
from tests.market import MarketUnderTest

As = Callable[[str], Browser]


def titles(browser: Browser, tab: str, **more: str) -> list[str]:
    """The rows of a tab, top first."""
    page = BeautifulSoup(browser.get("/dieu-phoi/", query_string={"muc": tab, **more}).text, "html.parser")
    return [link.get_text(strip=True) for link in page.select(".table-link")]


def tags(browser: Browser, tab: str) -> list[str]:
    page = BeautifulSoup(browser.get("/dieu-phoi/", query_string={"muc": tab}).text, "html.parser")
    return [each.get_text(strip=True) for each in page.select(".tag")]


@pytest.fixture
def full(market: MarketUnderTest) -> MarketUnderTest:
    """One thing in every tab, of Mơ's and Sen's, in xã Thạch Thất."""
    with market.unit():
        sen_applies(holder="TRAN VAN HUNG")
        submitted(maker("Mơ"), 1, papers=False)
        claimed()
        reported()
    return market


@pytest.mark.parametrize("name", ["Hạnh", "Quân", "Bình"])
def test_commune_province_and_admin_see_what_waits_there(full: MarketUnderTest, as_: As, name: str) -> None:
    browser = as_(name)
    assert titles(browser, "co-so") == ["Cơ sở bà Sen"]
    assert titles(browser, "hang") == ["Chè lam Đại Đồng"]
    assert titles(browser, "chung-nhan") == ["Kẹo lạc vừng, 3 sao"]
    assert titles(browser, "van-de") == ["Lời giới thiệu, giá hoặc ảnh không đúng: Chè lam Đại Đồng"]


def test_another_province_sees_an_empty_desk(full: MarketUnderTest, as_: As) -> None:
    browser = as_("Thu")
    for tab in ("co-so", "hang", "chung-nhan", "van-de"):
        assert titles(browser, tab) == []
    assert "Không còn việc nào chờ." in browser.get("/dieu-phoi/").text


@pytest.mark.parametrize("name", ["Mơ", "Lan", "Sen"])
def test_the_desk_is_not_there_for_others(full: MarketUnderTest, as_: As, name: str) -> None:
    assert as_(name).get("/dieu-phoi/").status_code == 404


def test_a_stranger_is_asked_to_sign_in(full: MarketUnderTest, client: Browser) -> None:
    answer = client.get("/dieu-phoi/")
    assert answer.status_code == 303
    assert answer.location.startswith("/dang-nhap")


def test_a_row_says_what_is_missing(full: MarketUnderTest, as_: As) -> None:
    assert tags(as_("Hạnh"), "hang") == ["Thiếu 4 giấy tờ"]
    assert "ảnh chụp nhãn hàng" in as_("Hạnh").get("/dieu-phoi/?muc=hang").text
    assert tags(as_("Hạnh"), "co-so") == ["Chủ tài khoản khác tên", "Chưa có ảnh"]


def test_the_oldest_is_on_top(market: MarketUnderTest, as_: As) -> None:
    with market.unit():
        submitted(maker("Mơ"), 2)
    with market.unit():
        submitted(maker("Mơ"), 1)
    assert titles(as_("Hạnh"), "hang") == ["Kẹo lạc vừng", "Chè lam Đại Đồng"]


def test_the_province_sees_first_what_no_commune_sees(market: MarketUnderTest, as_: As) -> None:
    with market.unit():
        submitted(maker("Mơ"), 1)
    with market.unit():
        submitted(maker("Tín"), 3)
    assert titles(as_("Quân"), "hang") == ["Miến dong Minh Khai", "Chè lam Đại Đồng"]


def test_the_admin_sees_first_what_no_province_sees(market: MarketUnderTest, as_: As) -> None:
    with market.unit():
        sen_applies()
    with market.unit():
        producers.apply(signed_up("Sen"), application("Bà Sen Cà Mau", Place("96")))
    assert titles(as_("Bình"), "co-so") == ["Bà Sen Cà Mau", "Cơ sở bà Sen"]


def test_what_may_be_unsafe_comes_first_on_its_own_clock(market: MarketUnderTest, as_: As) -> None:
    with time_machine.travel("2026-11-24T14:05:00+07:00", tick=False) as now:
        with market.unit():
            key = reported(1)
        with market.unit():
            answered = cases.by_key(reported(3))
            assert answered
            cases_actions.answer(official("Bình"), answered.id, "Đã gọi.")
        now.shift(timedelta(hours=1))
        with market.unit():
            unsafe = Report(ProblemKind.UNSAFE, "Ăn xong đau bụng.")
            cases_actions.report_product(signed_up("Lan"), 2, unsafe, address="10.0.0.1")
        assert [title.split(":")[0] for title in titles(as_("Quân"), "van-de")] == [
            "Hàng có thể không an toàn",
            "Lời giới thiệu, giá hoặc ảnh không đúng",
            "Lời giới thiệu, giá hoặc ảnh không đúng",
        ]
        page = as_("Quân").get("/dieu-phoi/?muc=van-de").text
        assert "Trả lời trước 15:05 ngày 25/11<" in page
        assert "Trả lời trước 14:05 ngày 27/11<" in page
        assert page.count("Trả lời trước") == 2
        assert "5 ngày làm việc" not in page
        assert "trong 24 giờ" in page
        assert "trước 14:05 ngày 27/11" in as_("Quân").get(f"/dieu-phoi/van-de/{key}").text
        assert tags(as_("Quân"), "van-de") == ["Chờ trả lời", "Chờ trả lời", "Đã trả lời, chưa xong"]
        now.shift(timedelta(hours=26))
        assert tags(as_("Quân"), "van-de")[:2] == ["Quá hẹn 2 giờ", "Chờ trả lời"]


def test_what_may_be_unsafe_is_said_on_every_tab(market: MarketUnderTest, as_: As) -> None:
    with market.unit():
        submitted(maker("Mơ"), 1)
        reported()
    said = "Có hàng bị báo là có thể không an toàn"
    assert said not in as_("Hạnh").get("/dieu-phoi/").text
    with market.unit():
        cases_actions.report_product(
            signed_up("Lan"), 2, Report(ProblemKind.UNSAFE, "Ăn xong đau bụng."), address="10.0.0.1"
        )
    assert said in as_("Hạnh").get("/dieu-phoi/").text
    assert said in as_("Hạnh").get("/dieu-phoi/?muc=co-so").text
    assert said not in as_("Thu").get("/dieu-phoi/").text


def test_the_desk_says_when_the_table_of_law_is_old(market: MarketUnderTest, as_: As) -> None:
    with time_machine.travel(datetime(2026, 11, 24, 3, tzinfo=UTC), tick=False):
        assert "Bảng luật cần xem lại" not in as_("Hạnh").get("/dieu-phoi/").text
    with time_machine.travel(datetime(2027, 3, 24, 3, tzinfo=UTC), tick=False):
        assert "Bảng luật cần xem lại" in as_("Hạnh").get("/dieu-phoi/").text


def test_rows_are_kept_to_one_commune(market: MarketUnderTest, as_: As) -> None:
    with market.unit():
        submitted(maker("Mơ"), 1)
        submitted(maker("Tín"), 3)
    assert titles(as_("Quân"), "hang", noi="01-09856") == ["Miến dong Minh Khai"]
    assert titles(as_("Hạnh"), "hang", noi="01-09856") == []


@pytest.mark.parametrize("place", [DUONG_HOA, HA_NOI])
def test_a_commune_does_not_see_its_neighbours(market: MarketUnderTest, as_: As, place: object) -> None:
    with market.unit():
        sen_applies(place=place)  # type: ignore[arg-type] # places of a table
    assert titles(as_("Hạnh"), "co-so") == []
    assert titles(as_("Quân"), "co-so") == ["Cơ sở bà Sen"]


def test_odd_words_in_the_address_do_no_harm(market: MarketUnderTest, as_: As) -> None:
    for words in ({"muc": "không có"}, {"noi": "99-x"}, {"noi": "01-00000"}):
        assert as_("Quân").get("/dieu-phoi/", query_string=words).status_code == 200

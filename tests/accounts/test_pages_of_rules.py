"""Pages of rules say what the code does: fees, ranking and terms are printed from where they are used."""

import time_machine

from marketplace.delivery import actions as delivery
from marketplace.delivery.rules import FIRST_TABLE, FeeRow, FeeTable
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.money import Dong
from marketplace.kit.money import show_dong as shown
from marketplace.law.rules import POLICIES
from marketplace.search.rules import RANKING
from tests import cast
from tests.accounts.story import words
from tests.browser_client import Browser
from tests.market import MarketUnderTest


def show_dong(amount: int) -> str:
    return shown(amount).replace("\u00a0", " ")


PAGES = ("/quy-che", "/quyen-rieng-tu", "/giao-hang", "/doi-tra", "/cach-sap-xep", "/gioi-thieu")


def test_each_page_opens_with_a_short_answer_and_says_its_version(client: Browser) -> None:
    for path in PAGES:
        answer = client.get(path)
        page = words(answer)
        assert answer.status_code == 200
        assert page.index("Trả lời ngắn") < page.index("Bản này")
        assert f"Bản {POLICIES[path[1:]].version}, hiệu lực từ thứ Ba, 24/11/2026" in page
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "public, no-cache"
        assert f'<link rel="canonical" href="http://127.0.0.1:5000{path}">' in answer.get_data(as_text=True)


def test_the_operating_rules_have_eleven_parts_and_the_privacy_page_its_eight(client: Browser) -> None:
    for path, parts in (("/quy-che", 11), ("/quyen-rieng-tu", 8)):
        page = words(client.get(path))
        assert all(f" {n}. " in page for n in range(1, parts + 1))
        assert f" {parts + 1}. " not in page


def test_the_shipping_page_prints_the_table_that_holds(market: MarketUnderTest, client: Browser) -> None:
    page = words(client.get("/giao-hang"))
    for row in (FIRST_TABLE.same_commune, FIRST_TABLE.same_province, FIRST_TABLE.elsewhere):
        assert show_dong(row.first_kg) in page
        assert show_dong(row.each_kg) in page
    admin = Actor(ActorKind.ADMIN, user_id=cast.user_id("Bình"))
    new = FeeTable(FeeRow(Dong(16_000), Dong(3_500)), FIRST_TABLE.same_province, FIRST_TABLE.elsewhere)
    with market.unit():
        delivery.set_fees(admin, new)
    page = words(client.get("/giao-hang"))
    now_holds, _kept, before = page.partition("Các bảng đã dùng trước đây")
    assert show_dong(16_000) in now_holds
    assert show_dong(15_000) not in now_holds
    assert show_dong(15_000) in before


def test_the_ranking_page_prints_the_numbers_the_search_uses(client: Browser) -> None:
    page = words(client.get("/cach-sap-xep"))
    for weight in RANKING:
        assert f"{weight.label} {f'{weight.value:g}'.replace('.', ',')}" in page


def test_the_terms_of_money_and_complaints_are_the_ones_in_force(client: Browser) -> None:
    page = words(client.get("/quy-che"))
    assert "Hàng được giữ 24 giờ" in page
    assert "giữ thêm 12 giờ" in page
    assert "Sau 48 giờ chợ báo để người mua hủy đơn" in page
    assert "Hàng có thể không an toàn 24 giờ" in page
    assert "trong 30 ngày, không mất phí" in page


def test_the_pages_open_on_any_later_day(client: Browser) -> None:
    with time_machine.travel("2031-01-01T00:00:00+07:00"):
        for path in PAGES:
            assert client.get(path).status_code == 200

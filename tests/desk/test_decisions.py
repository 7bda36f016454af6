"""Decisions made on pages: approve, send back, pause, and being second."""

from collections.abc import Callable
from io import BytesIO

import pytest
import time_machine
from bs4 import BeautifulSoup

from marketplace.cases import queries as cases
from marketplace.catalog import actions as catalog_actions
from marketplace.catalog import queries as catalog
from marketplace.certificates import queries as certificates
from marketplace.producers import queries as producers
from tests.browser_client import Browser
from tests.desk.waiting import PDF, claimed, maker, reported, sen_applies, submitted
from tests.market import MarketUnderTest

As = Callable[[str], Browser]


@pytest.fixture
def sen(market: MarketUnderTest) -> str:
    """Address of Sen's waiting application."""
    with market.unit():
        return f"/dieu-phoi/co-so/{sen_applies()}"


@pytest.fixture
def keo(market: MarketUnderTest) -> str:
    """Address of Mơ's kẹo lạc, submitted with every paper."""
    with market.unit():
        submitted(maker("Mơ"), 2)
    return "/dieu-phoi/hang/h2"


@pytest.fixture
def claim(market: MarketUnderTest) -> str:
    """Address of Mơ's claim."""
    with market.unit():
        return f"/dieu-phoi/chung-nhan/{claimed()}"


def stall(market: MarketUnderTest, address: str) -> str:
    with market.unit():
        found = producers.by_key(address.rpartition("/")[2])
        assert found
        return found.state.value


def product(market: MarketUnderTest, product_id: int = 2) -> str:
    with market.unit():
        found = catalog.product(product_id)
        assert found
        return found.state.value


def test_an_application_is_approved_on_its_page(market: MarketUnderTest, as_: As, sen: str) -> None:
    browser = as_("Hạnh")
    page = browser.get(sen).text
    assert "BUI THI SEN" in page
    assert "Ngân hàng" in page
    assert "UBND xã Thạch Thất" in page
    assert browser.post(sen, data={"verb": "approve"}).status_code == 303
    assert stall(market, sen) == "active"


def test_who_comes_second_is_told_which_office_decided(market: MarketUnderTest, as_: As, sen: str) -> None:
    as_("Hạnh").post(sen, data={"verb": "approve"})
    second = as_("Quân").post(sen, data={"verb": "send_back", "message": "Chưa rõ"})
    assert second.status_code == 409
    assert "UBND xã Thạch Thất, lúc" in second.text
    assert "Đã duyệt" in second.text
    assert "Hạnh" not in BeautifulSoup(second.text, "html.parser").main.text  # type: ignore[union-attr] # inspected
    assert stall(market, sen) == "active"


def test_a_return_names_the_field_and_keeps_the_message_private(market: MarketUnderTest, as_: As, sen: str) -> None:
    reasons = ["Ảnh mờ, tối hoặc không phải người làm."]
    data = {"verb": "send_back", "reasons[]": reasons, "message": "Nhờ con chụp giúp nhé"}
    assert as_("Hạnh").post(sen, data=data).status_code == 303
    with market.unit():
        one = producers.by_key(sen.rpartition("/")[2])
        assert one
        assert [point["field"] for point in one.returned_points] == ["photo", ""]
        assert one.returned_reason == "Ảnh mờ, tối hoặc không phải người làm. Nhờ con chụp giúp nhé"
        row = producers.last_decision("producer", one.id)
        assert row
        assert row.reason == reasons[0]


def test_a_return_without_reason_is_asked_again_and_nothing_is_lost(market: MarketUnderTest, as_: As, sen: str) -> None:
    answer = as_("Hạnh").post(sen, data={"verb": "send_back", "mismatch_reason": "đã gặp"})
    assert answer.status_code == 422
    assert "Chọn hoặc ghi lý do" in answer.text
    assert "<title>Lỗi: Cơ sở bà Sen" in answer.text
    assert stall(market, sen) == "applied"


def test_a_foreign_account_asks_the_approver_for_a_reason(market: MarketUnderTest, as_: As) -> None:
    with market.unit():
        address = f"/dieu-phoi/co-so/{sen_applies(holder='TRAN VAN HUNG')}"
    browser = as_("Hạnh")
    assert "Chủ tài khoản khác tên đã khai" in browser.get(address).text
    refused = browser.post(address, data={"verb": "approve", "message": "Chào mừng"})
    assert refused.status_code == 422
    assert "Ghi lý do vẫn duyệt" in refused.text
    assert "Chào mừng" in refused.text
    done = browser.post(address, data={"verb": "approve", "mismatch_reason": "Tài khoản của chồng, đã gặp"})
    assert done.status_code == 303
    assert stall(market, address) == "active"


def test_a_product_is_approved_and_paused_and_sold_again(market: MarketUnderTest, as_: As, keo: str) -> None:
    browser = as_("Hạnh")
    assert browser.post(keo, data={"verb": "approve"}).status_code == 303
    assert product(market) == "on_sale"
    assert browser.post(keo, data={"verb": "pause"}).status_code == 422
    assert browser.post(keo, data={"verb": "pause", "pause_reason": "Nhãn sai."}).status_code == 303
    assert product(market) == "paused"
    assert browser.post(keo, data={"verb": "resume"}).status_code == 303
    assert product(market) == "on_sale"


def test_who_comes_second_at_a_product_is_told_so(market: MarketUnderTest, as_: As, keo: str) -> None:
    as_("Quân").post(keo, data={"verb": "send_back", "reasons[]": ["Ảnh mờ, tối hoặc không rõ hàng."]})
    second = as_("Hạnh").post(keo, data={"verb": "approve"})
    assert second.status_code == 409
    assert "Văn phòng OCOP Hà Nội, lúc" in second.text
    assert "Ảnh mờ, tối hoặc không rõ hàng." in second.text
    assert product(market) == "returned"


def test_duyet_is_off_while_a_paper_is_missing_and_says_why(market: MarketUnderTest, as_: As) -> None:
    with market.unit():
        submitted(maker("Mơ"), 2, papers=False)
    browser = as_("Hạnh")
    page = BeautifulSoup(browser.get("/dieu-phoi/hang/h2").text, "html.parser")
    button = page.select_one("button[value=approve]")
    assert button is not None
    assert button.has_attr("disabled")
    assert "Chưa duyệt được, còn thiếu: Giấy đăng ký kinh doanh" in " ".join(page.get_text(" ", strip=True).split())
    assert browser.post("/dieu-phoi/hang/h2", data={"verb": "approve"}).status_code == 422
    assert product(market) == "submitted"


def test_a_product_sent_back_leads_to_the_page_that_mends_it(market: MarketUnderTest, as_: As, keo: str) -> None:
    data = {"verb": "send_back", "reasons[]": ["Tên chưa rõ là hàng gì.", "Ảnh mờ, tối hoặc không rõ hàng."]}
    assert as_("Hạnh").post(keo, data=data).status_code == 303
    with market.unit():
        one = catalog.product(2)
        assert one
        assert (one.state.value, [point["field"] for point in one.returned_points]) == ("returned", ["photo", "name"])
        assert one.returned_reason == "Ảnh mờ, tối hoặc không rõ hàng. Tên chưa rõ là hàng gì."


def test_a_claim_is_confirmed_and_being_second_is_said(market: MarketUnderTest, as_: As, claim: str) -> None:
    assert as_("Quân").post(claim, data={"verb": "confirm"}).status_code == 303
    second = as_("Hạnh").post(claim, data={"verb": "send_back", "message": "Mờ"})
    assert second.status_code == 409
    assert "Văn phòng OCOP Hà Nội" in second.text


def test_a_recognition_is_extended_and_revoked_on_its_page(market: MarketUnderTest, as_: As, claim: str) -> None:
    browser = as_("Hạnh")
    browser.post(claim, data={"verb": "confirm"})
    paper = (BytesIO(PDF), "phieu.pdf")
    late = browser.post(f"{claim}/gia-han", data={"until": "1/1/2030", "evidence": paper})
    assert late.status_code == 422
    assert "180 ngày" in late.text
    done = browser.post(f"{claim}/gia-han", data={"until": "1/9/2028", "evidence": (BytesIO(PDF), "phieu.pdf")})
    assert done.status_code == 303
    assert browser.post(f"{claim}/gia-han", data={"until": "2/9/2028"}).status_code == 422
    assert browser.post(f"{claim}/thu-hoi", data={"on": "ngày mai", "reason": "Sai"}).status_code == 422
    assert browser.post(f"{claim}/thu-hoi", data={"on": "20/11/2025", "reason": "Hồ sơ sai."}).status_code == 303
    with market.unit():
        row = certificates.certificate(int(claim.rpartition("/")[2]))
        assert row
        assert str(row.extended_until) == "2028-09-01"
        assert str(row.revoked_on) == "2025-11-20"


def test_what_is_neither_picture_nor_pdf_is_no_evidence(market: MarketUnderTest, as_: As, claim: str) -> None:
    browser = as_("Hạnh")
    browser.post(claim, data={"verb": "confirm"})
    sent = {"until": "1/9/2028", "evidence": (BytesIO(b"MZ\x90\x00 not a paper"), "phieu.pdf")}
    assert browser.post(f"{claim}/gia-han", data=sent).status_code == 422


def test_a_problem_is_answered_and_closed_on_its_page(market: MarketUnderTest, as_: As) -> None:
    with market.unit():
        key = reported()
    browser, address = as_("Hạnh"), f"/dieu-phoi/van-de/{key}"
    assert "0900 000 003" in browser.get(address).text
    assert browser.post(address, data={"verb": "answer", "answer": ""}).status_code == 422
    assert browser.post(address, data={"verb": "answer", "answer": "Đã đổi ảnh."}).status_code == 303
    assert browser.post(address, data={"verb": "answer", "answer": "Lần hai."}).status_code == 303
    assert browser.post(address, data={"verb": "close"}).status_code == 303
    with market.unit():
        found = cases.by_key(key)
        assert found
        assert (found.state.value, found.answer) == ("closed", "Lần hai.")


@pytest.mark.parametrize("name", ["Thu", "Mơ", "Lan"])
def test_a_foreign_thing_is_not_there(market: MarketUnderTest, as_: As, waiting: list[str], name: str) -> None:
    browser = as_(name)
    for address in waiting:
        assert browser.get(address).status_code == 404, address
        assert browser.post(address, data={"verb": "approve"}).status_code == 404, address
    for tail in ("gia-han", "thu-hoi"):
        assert browser.post(f"{waiting[2]}/{tail}", data={"on": "1/1/2026", "reason": "x"}).status_code == 404
    assert stall(market, waiting[0]) == "applied"
    assert product(market) == "submitted"


@pytest.fixture
def waiting(market: MarketUnderTest, sen: str, keo: str, claim: str) -> list[str]:
    """One address of each kind of decision."""
    with market.unit():
        return [sen, keo, claim, f"/dieu-phoi/van-de/{reported()}"]


def test_a_thing_that_never_was_is_not_there(market: MarketUnderTest, as_: As) -> None:
    for address in ("co-so/zzz", "hang/zzz", "chung-nhan/999", "van-de/zzz", "tep/giay-to/999", "tep/khac/1"):
        assert as_("Bình").get(f"/dieu-phoi/{address}").status_code == 404


SAID = "Chị Lan 0912345678 khai gian"


def test_a_public_reason_holds_no_way_to_reach_a_person(market: MarketUnderTest, as_: As, keo: str, claim: str) -> None:
    browser = as_("Hạnh")
    browser.post(keo, data={"verb": "approve"})
    browser.post(claim, data={"verb": "confirm"})
    stall_page = "/dieu-phoi/co-so/mo1"
    sent = [
        (keo, {"verb": "pause", "pause_reason": SAID}, "pause_reason"),
        (stall_page, {"verb": "pause", "pause_reason": SAID}, "pause_reason"),
        (f"{claim}/thu-hoi", {"on": "20/11/2025", "reason": SAID}, "reason"),
    ]
    for address, data, field in sent:
        answer = browser.post(address, data=data)
        assert answer.status_code == 422
        assert "Lý do này ai cũng đọc được" in answer.text
        assert f'href="#{field}"' in answer.text
        assert SAID in answer.text
    assert (product(market), stall(market, stall_page)) == ("on_sale", "active")
    assert "0912345678" not in market.client().get("/nhat-ky-duyet").text
    data = {"verb": "pause", "pause_reason": "Quyết định 12/QĐ-UBND ngày 12/6/2025."}
    assert browser.post(keo, data=data).status_code == 303
    assert browser.post(keo, data={"verb": "resume", "pause_reason": SAID}).status_code == 422
    assert "12/QĐ-UBND ngày 12/6/2025" in market.client().get("/nhat-ky-duyet").text


def test_an_extension_that_ends_too_soon_is_told_so(as_: As, claim: str) -> None:
    browser = as_("Hạnh")
    browser.post(claim, data={"verb": "confirm"})
    soon = browser.post(f"{claim}/gia-han", data={"until": "11/6/2028", "evidence": (BytesIO(PDF), "phieu.pdf")})
    assert soon.status_code == 422
    assert "Giấy còn hiệu lực đến 12/6/2028" in soon.text
    assert "là cùng" not in soon.text


def test_an_extended_recognition_does_not_read_as_late(as_: As, claim: str) -> None:
    browser = as_("Hạnh")
    browser.post(claim, data={"verb": "confirm"})
    browser.post(f"{claim}/gia-han", data={"until": "1/9/2028", "evidence": (BytesIO(PDF), "phieu.pdf")})
    with time_machine.travel("2028-05-01T09:00:00+07:00"):
        page = as_("Hạnh").get(claim).text
    assert "Đang gia hạn chờ đánh giá lại" in page
    assert "đã quá ngày nộp hồ sơ" not in page


def test_a_draft_is_not_there_until_it_is_sent(market: MarketUnderTest, as_: As, claim: str, keo: str) -> None:
    with market.unit():
        catalog_actions.take_back(maker("Mơ"), 2)
        (paper, *_rest) = catalog.documents(2)
        addresses = [keo, f"/dieu-phoi/tep/giay-to/{paper.id}"]
    for name in ("Hạnh", "Quân", "Bình"):
        for address in addresses:
            assert as_(name).get(address).status_code == 404
        assert as_(name).post(keo, data={"verb": "approve"}).status_code == 404
    assert "lấy về để sửa" in as_("Hạnh").get(keo).text
    page = as_("Hạnh").get(claim).text
    assert f'href="{keo}"' not in page
    assert "Kẹo lạc vừng (chưa gửi duyệt)" in page
    with market.unit():
        catalog_actions.withdraw(maker("Mơ"), 2)
    assert as_("Hạnh").get(keo).status_code == 404

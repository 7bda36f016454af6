"""What a buyer keeps of an order: the receipt, and the invoice that a company asks for."""

from werkzeug.test import TestResponse

from marketplace.payments.rules import Method
from marketplace.payments.rules.receipt import PAID_BY
from tests.browser_client import Browser
from tests.buying.test_cart import CHE_LAM, MIEN
from tests.buying.walk import LAN, add, answer, buy, press, soup, words
from tests.market import MarketUnderTest

COMPANY = {
    "invoice_company": "Công ty TNHH Hoa Sen",
    "invoice_tax_code": "0101 234 565",
    "invoice_address": "Số 8 phố Huế, Hà Nội",
    "invoice_email": "ke.toan@hoasen.vn",
}


def codes_of(page: TestResponse) -> list[str]:
    """The order codes on an order's page, its first stall first."""
    forms = soup(page).find_all("input", attrs={"name": "don"})
    return list(dict.fromkeys(str(one["value"]) for one in forms))


def test_every_way_of_paying_has_a_word_on_the_receipt() -> None:
    assert set(PAID_BY) == set(Method)


def test_a_receipt_says_what_was_bought_from_whom_and_what_was_paid_when(
    market: MarketUnderTest, client: Browser
) -> None:
    address = buy(client, CHE_LAM, MIEN)
    code, other = codes_of(client.get(address))
    before = words(client.get(f"{address}/bien-nhan"))
    assert before.count("Người bán chưa nhận được tiền của đơn này.") == 2
    assert f"{address}/bien-nhan" not in client.get(address).get_data(as_text=True)
    market.signed_in("Mơ").post(f"/ban-hang/don/{code}", data={"verb": "received"})
    assert f"{address}/bien-nhan?don={code}" in client.get(address).get_data(as_text=True)
    said = words(client.get(f"{address}/bien-nhan?don={code}"))
    for expected in ("Cơ sở bà Mơ", "Ngõ 8 xóm Đình", "Trần Thị Lan", "Số 5, ngõ 2", "Chè lam Đại Đồng", "Đã trả 110.000 ₫",
                     "Chuyển khoản cho người bán", "Tiền đến lúc", "không phải hóa đơn thuế", "254/2026/NĐ-CP"):  # fmt: skip
        assert expected in said, expected
    assert "Minh Khai" not in said
    assert client.get(f"{address}/bien-nhan?don=0000000").status_code == 404
    whole = words(client.get(f"{address}/bien-nhan"))
    assert "Cả lần mua" in whole
    assert whole.count("Người bán chưa nhận được tiền của đơn này.") == 1
    assert other in client.get(f"{address}/bien-nhan").get_data(as_text=True)


def test_a_link_that_was_passed_on_shows_a_receipt_without_names_and_streets(
    market: MarketUnderTest, client: Browser
) -> None:
    add(client, CHE_LAM)
    client.post("/dat-hang/nguoi-nhan", data={**LAN, **COMPANY})
    address = press(client, answer_with(client, COMPANY)).headers["Location"]
    mine, passed_on = words(client.get(f"{address}/bien-nhan")), words(market.client().get(f"{address}/bien-nhan"))
    for secret in ("Trần Thị Lan", "Số 5, ngõ 2", "Ngõ 8 xóm Đình", "Hoa Sen", "0101234565"):
        assert secret in mine
        assert secret not in passed_on
    assert "T•• T•• L••" in passed_on


def answer_with(browser: Browser, company: dict[str, str]) -> TestResponse:
    """The review of a cart whose buyer asks for an invoice."""
    answer(browser)
    assert browser.post("/dat-hang/nguoi-nhan?ve=xem-lai", data={**LAN, **company}).status_code == 303
    return browser.get("/dat-hang/xem-lai")


def test_a_company_gets_its_invoice_asked_for_on_her_order_and_slip(market: MarketUnderTest, client: Browser) -> None:
    add(client, CHE_LAM)
    review = answer_with(client, COMPANY)
    assert "Hóa đơn cho: Công ty TNHH Hoa Sen" in words(review)
    again = soup(client.get("/dat-hang/nguoi-nhan")).find("input", attrs={"name": "invoice_address"})
    assert again is not None
    assert again["value"] == COMPANY["invoice_address"]
    address = press(client, review).headers["Location"]
    (code,) = codes_of(client.get(address))
    mo = market.signed_in("Mơ")
    mo.post(f"/ban-hang/don/{code}", data={"verb": "received"})
    for page in (f"/ban-hang/don/{code}", f"/ban-hang/don/{code}/phieu"):
        said = words(mo.get(page))
        for expected in ("Xuất hóa đơn cho công ty", "Công ty TNHH Hoa Sen", "0101234565", "ke.toan@hoasen.vn"):
            assert expected in said


def test_a_mistyped_tax_number_is_asked_again_and_nothing_typed_is_lost(client: Browser) -> None:
    add(client, CHE_LAM)
    wrong = {**COMPANY, "invoice_tax_code": "0101234560", "invoice_email": ""}
    refused = client.post("/dat-hang/nguoi-nhan", data={**LAN, **wrong})
    assert refused.status_code == 422
    tree = soup(refused)
    assert tree.find("details", attrs={"open": True}) is not None
    for name, value in {**LAN, **wrong}.items():
        box = tree.find("input", attrs={"name": name})
        assert box is not None
        assert box.get("value", "") == value
    assert "số gõ nhầm" in words(refused)
    gaps = words(client.post("/dat-hang/nguoi-nhan", data={**LAN, "invoice_company": "Hoa Sen"}))
    assert "Ghi mã số thuế" in gaps
    assert "Ghi địa chỉ" in gaps

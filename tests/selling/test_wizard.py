"""A product from the first photo to Gửi duyệt, through pages only."""

import io
import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from marketplace.catalog import actions, queries
from marketplace.catalog.rules import ProductState, first_text, questions
from marketplace.law.rules import required_documents
from marketplace.producers.rules import Reason
from tests.actors import columns, coordinator, producer
from tests.browser_client import Browser
from tests.catalog import corpus
from tests.market import MarketUnderTest

ANSWERS = {
    "khoi-luong": "500 g", "can-goi": "600 g", "thanh-phan": "Gạo nếp, mật mía", "chat-lieu": "Lá nón, tre", "kich-thuoc": "40 cm",
    "do-con": "29 độ", "nguon-goc": "Thạch Thất, Hà Nội", "han-dung": "3 tháng", "bao-quan": "Nơi khô mát", "cach-dung": "Dùng ngay",
    "so-cong-bo": "1234/2025/ĐKSP", "may-ngay": "2", "den-lay": "co", "gioi-thieu": "Nửa ngày nặn gốm.",
    "luu-y": "Thực phẩm này không phải là thuốc, không có tác dụng thay thế thuốc chữa bệnh.",
}  # fmt: skip
PICKED = {"giao-den": "province"}


@pytest.fixture
def mo(as_: Callable[[str], Browser]) -> Browser:
    return as_("Mơ")


def text(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


def file(content: bytes, name: str = "anh.jpg") -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


def field(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, name
    return found[1]


def begin(mo: Browser, content: bytes | None = None) -> str:
    """Send the first photo; the key of the draft."""
    page_key = field(text(mo.get("/ban-hang/hang/moi")), "ma")
    answer = mo.post("/ban-hang/hang/moi", data={"ma": page_key, "chup": file(content or corpus.jpeg())})
    assert answer.status_code == 303, text(answer)
    assert answer.location == f"/ban-hang/hang/{page_key}/ten"
    return page_key


def four_screens(mo: Browser, set_no: int = 6, name: str = "Chè lam gừng") -> str:
    key = begin(mo)
    assert mo.post(f"/ban-hang/hang/{key}/ten", data={"name": name}).location == f"/ban-hang/hang/{key}/nhom"
    onward = mo.post(f"/ban-hang/hang/{key}/nhom", data={"set": str(set_no)}).location
    if set_no == 26:
        assert onward == f"/ban-hang/hang/{key}/cau-hoi/gioi-thieu"
        return key
    assert onward == f"/ban-hang/hang/{key}/gia"
    onward = mo.post(f"/ban-hang/hang/{key}/gia", data={"price": "120 nghìn", "unit": "hộp"}).location
    assert onward == f"/ban-hang/hang/{key}/so-luong"
    mo.post(onward, data={"add": "20"})
    return key


def answer_questions(mo: Browser, key: str) -> list[str]:
    """Follow the pages from the review until nothing is missing; the questions answered, in order."""
    asked: list[str] = []
    for _ in range(20):
        found = re.search(rf'data-primary href="/ban-hang/hang/{key}/cau-hoi/([a-z-]+)', _primary(mo, key))
        if found is None:
            return asked
        slug = found[1]
        asked.append(slug)
        answer = mo.post(f"/ban-hang/hang/{key}/cau-hoi/{slug}", data={"answer": PICKED.get(slug) or ANSWERS[slug]})
        assert answer.status_code == 303, text(answer)
    raise AssertionError(asked)


def _primary(mo: Browser, key: str) -> str:
    html = text(mo.get(f"/ban-hang/hang/{key}/xem-lai"))
    return re.sub(r'href="([^"]*)" data-primary', r'data-primary href="\1"', html)


def stored(market: MarketUnderTest, key: str) -> SimpleNamespace:
    with market.unit():
        product = queries.by_key(key)
        assert product is not None
        return columns(product)


def test_four_screens_then_only_what_the_set_needs_then_sent(mo: Browser, market: MarketUnderTest) -> None:
    key = four_screens(mo)
    asked = answer_questions(mo, key)
    assert asked == [q.slug for q in questions(6) if q.required]
    page = text(mo.get(f"/ban-hang/hang/{key}/xem-lai"))
    assert "120.000" in page
    assert mo.post(f"/ban-hang/hang/{key}/xem-lai").location == f"/ban-hang/hang/{key}"
    assert stored(market, key).state is ProductState.SUBMITTED
    assert "Đang chờ duyệt" in text(mo.get(f"/ban-hang/hang/{key}"))


@pytest.mark.parametrize("set_no", range(1, 27))
def test_every_set_can_be_listed_through_its_own_pages(mo: Browser, market: MarketUnderTest, set_no: int) -> None:
    key = four_screens(mo, set_no, "Hàng của làng")
    written_by_law = "luu-y" if first_text(set_no, "warnings") else ""
    assert answer_questions(mo, key) == [q.slug for q in questions(set_no) if q.required and q.slug != written_by_law]
    assert mo.post(f"/ban-hang/hang/{key}/xem-lai").status_code == 303
    assert stored(market, key).state is ProductState.SUBMITTED


def test_a_visit_is_never_asked_for_a_price_and_its_pages_say_lien_he(mo: Browser, market: MarketUnderTest) -> None:
    key = four_screens(mo, 26, "Thăm làng gốm")
    for page in ("gia", "so-luong", "loai"):
        assert mo.get(f"/ban-hang/hang/{key}/{page}").location == f"/ban-hang/hang/{key}/xem-lai", page
    product_id = stored(market, key).id
    with market.unit():  # what was priced before it became a visit is never shown
        actions.choose_set(producer("Mơ"), product_id, 21)
        actions.price(producer("Mơ"), product_id, "95.000", "người")
        actions.choose_set(producer("Mơ"), product_id, 26)
    answer_questions(mo, key)
    for page in ("", "/xem-lai"):
        shown = text(mo.get(f"/ban-hang/hang/{key}{page}"))
        assert "Liên hệ" in shown
        assert "95.000" not in shown
        assert "Có thêm loại khác" not in shown
    assert "Liên hệ" in text(mo.get("/ban-hang/hang"))
    refused = mo.post(f"/ban-hang/hang/{key}/gia", data={"price": "95.000", "unit": "người"})
    assert refused.status_code == 422


def test_goods_that_nobody_could_get_are_refused_at_the_question(mo: Browser, market: MarketUnderTest) -> None:
    key = four_screens(mo)
    mo.post(f"/ban-hang/hang/{key}/cau-hoi/giao-den", data={"answer": "collect"})
    refused = mo.post(f"/ban-hang/hang/{key}/cau-hoi/den-lay", data={"answer": "khong"})
    assert refused.status_code == 422
    assert "không ai nhận được" in text(refused)
    assert stored(market, key).collect_ok is None
    mo.post(f"/ban-hang/hang/{key}/cau-hoi/giao-den", data={"answer": "province"})
    mo.post(f"/ban-hang/hang/{key}/cau-hoi/den-lay", data={"answer": "khong"})
    mo.post(f"/ban-hang/hang/{key}/cau-hoi/giao-den", data={"answer": "collect"})
    review = mo.post(f"/ban-hang/hang/{key}/xem-lai")
    assert review.status_code == 422
    assert f'href="/ban-hang/hang/{key}/cau-hoi/den-lay?ve=xem-lai">Hàng không gửi đi' in text(review)


def test_the_first_page_sent_twice_makes_one_draft_with_one_photo(mo: Browser, market: MarketUnderTest) -> None:
    page_key = field(text(mo.get("/ban-hang/hang/moi")), "ma")
    for _ in range(3):
        answer = mo.post("/ban-hang/hang/moi", data={"ma": page_key, "chup": file(corpus.jpeg())})
        assert answer.status_code == 303
    with market.unit():
        product = queries.by_key(page_key)
        assert product is not None
        assert len(queries.photos(product.id)) == 1
        assert len(queries.for_producer(1)) == 3


def test_the_photo_from_the_album_is_as_good_as_one_taken_now(mo: Browser) -> None:
    page_key = field(text(mo.get("/ban-hang/hang/moi")), "ma")
    data = {"ma": page_key, "chup": file(b"", ""), "anh": file(corpus.png(), "a.png")}
    assert mo.post("/ban-hang/hang/moi", data=data).status_code == 303


@pytest.mark.parametrize("name", [name for name in corpus.REFUSED_AT_ONCE if name != "more than 25 MB"])
def test_a_bad_photo_is_refused_at_once_with_a_sentence_and_leaves_nothing(
    mo: Browser, market: MarketUnderTest, name: str
) -> None:
    answer = mo.post("/ban-hang/hang/moi", data={"ma": "abcdef", "chup": file(corpus.REFUSED_AT_ONCE[name]())})
    assert answer.status_code == 422
    assert 'class="field-error"' in text(answer)
    assert field(text(answer), "ma") == "abcdef"
    with market.unit():
        assert queries.by_key("abcdef") is None
    assert not list((market.folder / "private").rglob("*.*"))


@pytest.mark.parametrize(
    ("page", "typed", "kept", "sentence"),
    [
        ("ten", {"name": "Ab"}, 'value="Ab"', "3 đến 80"),
        ("ten", {"name": "Chè lam OCOP 4 sao"}, "Chè lam OCOP 4 sao", "OCOP"),
        ("nhom", {}, "", "Chọn một nhóm"),
        ("nhom", {"set": "99"}, "", "Chọn một nhóm"),
        ("gia", {"price": "12O nghin", "unit": "gói"}, "12O nghin", "Chưa đọc được số tiền. Ví dụ: 120.000"),
        ("gia", {"price": "120", "unit": "gói"}, '<option selected value="gói">', "120.000"),
        ("gia", {"price": "120000", "unit": "hộp", "other_unit": "x" * 30}, "120000", "Chọn hoặc gõ một từ"),
        ("so-luong", {"add": "hai mươi"}, "hai mươi", "ví dụ: 20"),
        ("cau-hoi/khoi-luong", {"answer": "nặng lắm"}, "nặng lắm", "500 g"),
        ("cau-hoi/khoi-luong", {"answer": "20"}, 'value="20"', "500 g"),
        ("cau-hoi/thanh-phan", {"answer": "😀"}, "😀", "bằng chữ"),
        ("cau-hoi/thanh-phan", {"answer": ""}, "", "cần trả lời"),
        ("cau-hoi/thanh-phan", {"answer": "Chữa khỏi ung thư"}, "Chữa khỏi ung thư", "khỏi"),
        ("cau-hoi/may-ngay", {"answer": "100"}, 'value="100"', "từ 0 đến 90"),
        ("cau-hoi/giao-den", {"answer": "mặt trăng"}, "", "Chọn một trong các ô"),
        ("cau-hoi/den-lay", {}, "", "Chọn một trong các ô"),
    ],
)
def test_a_wrong_answer_is_asked_again_at_its_field_and_nothing_typed_is_lost(
    mo: Browser, page: str, typed: dict[str, str], kept: str, sentence: str
) -> None:
    key = four_screens(mo)
    answer = mo.post(f"/ban-hang/hang/{key}/{page}", data=typed)
    assert answer.status_code == 422
    assert kept in text(answer)
    assert sentence in text(answer)
    assert 'class="field-error"' in text(answer)
    assert "<title>Lỗi:" in text(answer)


def test_an_answer_changed_from_the_review_leads_back_to_the_review(mo: Browser) -> None:
    key = four_screens(mo)
    answer_questions(mo, key)
    for page, data in (
        ("ten", {"name": "Chè lam khác"}), ("nhom", {"set": "6"}), ("gia", {"price": "90k", "unit": "gói"}),
        ("so-luong", {"add": "7"}), ("cau-hoi/han-dung", {"answer": "6 tháng"}),
    ):  # fmt: skip
        answer = mo.post(f"/ban-hang/hang/{key}/{page}?ve=xem-lai", data=data)
        assert answer.location == f"/ban-hang/hang/{key}/xem-lai", page
    page_html = text(mo.get(f"/ban-hang/hang/{key}/xem-lai"))
    assert all(words in page_html for words in ("Chè lam khác", "90.000", "7 gói", "6 tháng"))


def test_what_is_missing_is_named_with_the_way_there_when_sent_too_early(mo: Browser, market: MarketUnderTest) -> None:
    key = four_screens(mo)
    answer = mo.post(f"/ban-hang/hang/{key}/xem-lai")
    assert answer.status_code == 422
    assert f"/ban-hang/hang/{key}/cau-hoi/thanh-phan?ve=xem-lai" in text(answer)
    assert stored(market, key).state is ProductState.DRAFT


def test_sending_twice_says_so_and_changes_nothing(mo: Browser, market: MarketUnderTest) -> None:
    key = four_screens(mo)
    answer_questions(mo, key)
    assert mo.post(f"/ban-hang/hang/{key}/xem-lai").status_code == 303
    assert mo.post(f"/ban-hang/hang/{key}/xem-lai").status_code == 409
    assert stored(market, key).state is ProductState.SUBMITTED


def test_a_returned_product_shows_the_reason_and_the_button_to_the_very_field(
    mo: Browser, market: MarketUnderTest
) -> None:
    key = four_screens(mo)
    answer_questions(mo, key)
    mo.post(f"/ban-hang/hang/{key}/xem-lai")
    product_id = stored(market, key).id
    with market.unit():
        reasons = [Reason("papers", "Giấy tờ mờ."), Reason("shelf_life", "Hạn dùng chưa rõ.")]
        actions.send_back(coordinator("Hạnh"), product_id, reason="Giấy tờ mờ. Hạn dùng chưa rõ.", points=reasons)
    page = text(mo.get(f"/ban-hang/hang/{key}"))
    lines = BeautifulSoup(page, "html.parser").select(".notice-bad li")
    assert [" ".join(line.get_text(" ").split()) for line in lines] == [
        "Giấy tờ mờ. Sửa: Giấy tờ", "Hạn dùng chưa rõ. Sửa: Hạn dùng",
    ]  # fmt: skip
    assert [line.a["href"] for line in lines if line.a] == [
        f"/ban-hang/hang/{key}/giay-to?ve=xem-lai", f"/ban-hang/hang/{key}/cau-hoi/han-dung?ve=xem-lai",
    ]  # fmt: skip
    assert "Sản phẩm cần sửa" in text(mo.get("/ban-hang/"))
    mo.post(f"/ban-hang/hang/{key}/cau-hoi/han-dung?ve=xem-lai", data={"answer": "45 ngày"})
    assert mo.post(f"/ban-hang/hang/{key}/xem-lai").status_code == 303


def test_papers_are_sent_kept_privately_and_handed_back_as_downloads(mo: Browser, market: MarketUnderTest) -> None:
    key = four_screens(mo)
    for kind in required_documents(6):
        answer = mo.post(
            f"/ban-hang/hang/{key}/giay-to/{kind}", data={f"{kind}-paper": file(b"%PDF-1.7\nx", "giấy phép.pdf")}
        )
        assert answer.status_code == 303, text(answer)
    page = text(mo.get(f"/ban-hang/hang/{key}/giay-to"))
    assert page.count("Đã gửi") == 4
    address = re.search(rf'href="(/ban-hang/hang/{key}/giay-to/\d+)"', page)
    assert address
    with mo.get(address[1]) as paper:
        assert paper.headers["Content-Disposition"].startswith("attachment")
        assert paper.headers["Cache-Control"] == "no-store"
        assert (paper.mimetype, paper.data) == ("application/pdf", b"%PDF-1.7\nx")
    assert not (market.folder / "public").exists() or not list((market.folder / "public").rglob("*.pdf"))


def test_a_paper_that_is_none_is_refused_at_its_own_box(mo: Browser) -> None:
    key = four_screens(mo)
    answer = mo.post(
        f"/ban-hang/hang/{key}/giay-to/food_safety", data={"food_safety-paper": file(corpus.HTML, "a.pdf")}
    )
    assert answer.status_code == 422
    assert text(answer).count('class="field-error"') == 1


def test_a_claim_names_every_open_field_and_keeps_the_evidence_it_has(mo: Browser) -> None:
    key = four_screens(mo)
    path = f"/ban-hang/hang/{key}/chung-nhan"
    empty = mo.post(path, data={})
    assert empty.status_code == 422
    assert text(empty).count('class="field-error"') == 5
    typed = {
        "stars": "4",
        "decision_no": "1887/QĐ-UBND",
        "issuer": "UBND huyện Thạch Thất",
        "decision_date": "31/2/2025",
    }
    half = mo.post(path, data={**typed, "evidence": file(corpus.jpeg())})
    assert half.status_code == 422
    assert "Chưa đọc được ngày" in text(half)
    assert "UBND huyện Thạch Thất" in text(half)
    assert "không cần chọn lại" in text(half)
    sealed = field(text(half), "giu")
    assert mo.post(path, data={**typed, "decision_date": "15/6/2025", "giu": sealed + "x"}).status_code == 422
    assert mo.post(path, data={**typed, "decision_date": "15/6/2025", "giu": sealed}).status_code == 303
    assert "4 sao, quyết định 1887/QĐ-UBND" in text(mo.get(path))


def test_a_deleted_photo_and_a_deleted_product_are_taken_back(mo: Browser, market: MarketUnderTest) -> None:
    key = four_screens(mo)
    mo.post(f"/ban-hang/hang/{key}/anh", data={"chup": file(corpus.png())})
    market.work()
    page = text(mo.get(f"/ban-hang/hang/{key}/anh"))
    address = re.findall(rf'action="(/ban-hang/hang/{key}/anh/\w+/xoa)"', page)
    assert len(address) == 2
    after = text(mo.post(address[1], follow_redirects=True))
    assert "Đã xóa ảnh." in after
    undo = re.search(rf'action="(/ban-hang/hang/{key}/anh/\w+/lay-lai)"', after)
    assert undo
    mo.post(undo[1])
    assert len(re.findall("/xoa", text(mo.get(f"/ban-hang/hang/{key}/anh")))) == 2
    after = text(mo.post(f"/ban-hang/hang/{key}/xoa", follow_redirects=True))
    assert "Đã xóa Chè lam gừng." in after
    assert f'action="/ban-hang/hang/{key}/lay-lai"' in after
    assert "Chè lam gừng" in text(mo.get("/ban-hang/hang/da-xoa"))
    mo.post(f"/ban-hang/hang/{key}/lay-lai")
    assert stored(market, key).state is ProductState.DRAFT


def test_a_photo_is_shown_to_its_maker_before_anyone_else_may_know_of_it(
    mo: Browser, market: MarketUnderTest, as_: Callable[[str], Browser]
) -> None:
    key = begin(mo)
    assert "Đã nhận ảnh" in text(mo.get(f"/ban-hang/hang/{key}/anh"))
    market.work()
    address = re.search(r'src="(/ban-hang/hang/\w+/anh/\w+/320)"', text(mo.get(f"/ban-hang/hang/{key}/anh")))
    assert address
    with mo.get(address[1]) as seen:
        assert seen.mimetype == "image/webp"
        assert seen.cache_control.private
    assert as_("Tín").get(address[1]).status_code == 404


def test_what_could_not_be_decoded_is_said_on_the_photo(mo: Browser, market: MarketUnderTest) -> None:
    key = begin(mo, corpus.REFUSED_LATE["jpeg cut in the middle"]())
    market.work()
    page = text(mo.get(f"/ban-hang/hang/{key}/anh"))
    assert "Ảnh này chưa dùng được" in page
    assert "chụp lại" in page


def test_no_page_of_the_wizard_uses_words_of_the_trade(mo: Browser, market: MarketUnderTest) -> None:
    banned = re.compile(
        r"\b(upload|sku|url|otp|checkout|hợp lệ|dữ liệu|link|click|file|server|máy chủ|xác thực|định dạng|login)\b",
        re.IGNORECASE,
    )
    key = four_screens(mo)
    paths = ["", "/ten", "/nhom", "/gia", "/so-luong", "/anh", "/giay-to", "/chung-nhan", "/xem-lai", "/loai"]
    paths += [f"/cau-hoi/{q.slug}" for q in questions(6)]
    for path in paths:
        answer = mo.get(f"/ban-hang/hang/{key}{path}")
        assert answer.status_code == 200, path
        words = re.sub(r"<[^>]+>", " ", text(answer))
        assert not banned.search(words), (path, banned.search(words))


def test_a_paper_is_handed_back_only_through_its_own_product(mo: Browser, as_: Callable[[str], Browser]) -> None:
    first, second = four_screens(mo), four_screens(mo, name="Kẹo dồi")
    mo.post(f"/ban-hang/hang/{first}/giay-to/food_safety", data={"food_safety-paper": file(b"%PDF-1.7\nx", "a.pdf")})
    address = re.search(rf"/ban-hang/hang/{first}/giay-to/(\d+)", text(mo.get(f"/ban-hang/hang/{first}/giay-to")))
    assert address
    tin = as_("Tín")
    hers = four_screens(tin, name="Miến dong")
    for browser, key in ((mo, second), (tin, hers)):
        assert browser.get(f"/ban-hang/hang/{key}/giay-to/{address[1]}").status_code == 404
        assert browser.post(f"/ban-hang/hang/{key}/giay-to/{address[1]}/xoa").status_code == 404


def test_evidence_kept_for_one_person_is_nobody_elses(mo: Browser, as_: Callable[[str], Browser]) -> None:
    path = f"/ban-hang/hang/{four_screens(mo)}/chung-nhan"
    sealed = field(text(mo.post(path, data={"evidence": file(corpus.jpeg())})), "giu")
    tin = as_("Tín")
    claim = {"stars": "4", "decision_no": "1/QĐ-UBND", "issuer": "UBND", "decision_date": "15/6/2025", "giu": sealed}
    answer = tin.post(f"/ban-hang/hang/{four_screens(tin, name='Miến dong')}/chung-nhan", data=claim)
    assert answer.status_code == 422
    assert "Gửi ảnh hoặc bản chụp quyết định" in text(answer)


def test_a_photo_refused_late_is_said_on_top_and_does_not_stand_in_the_way(
    mo: Browser, market: MarketUnderTest
) -> None:
    key = begin(mo)
    mo.post(f"/ban-hang/hang/{key}/anh", data={"chup": file(corpus.REFUSED_LATE["jpeg cut in the middle"]())})
    market.work()
    assert mo.post(f"/ban-hang/hang/{key}/ten", data={"name": "Chè lam"}).location == f"/ban-hang/hang/{key}/nhom"
    page = BeautifulSoup(text(mo.get(f"/ban-hang/hang/{key}/anh")), "html.parser")
    first = page.select_one(".notice-bad")
    assert first is not None
    assert "chụp lại" in first.get_text()
    assert first.find_next("ol", class_="photo-list") is not None
    link = first.select_one("a")
    assert link is not None
    assert page.find(id=str(link["href"]).removeprefix("#")) is not None
    onward = page.select_one("[data-primary]")
    assert onward is not None
    assert onward["href"] == f"/ban-hang/hang/{key}/nhom"


def test_a_closed_field_says_why_and_what_was_sent_is_taken_back_to_be_changed(
    mo: Browser, market: MarketUnderTest
) -> None:
    key = four_screens(mo)
    answer_questions(mo, key)
    mo.post(f"/ban-hang/hang/{key}/xem-lai")
    for page in ("ten", "gia", "cau-hoi/thanh-phan"):
        assert "đang chờ duyệt nên chưa sửa được" in text(mo.get(f"/ban-hang/hang/{key}/{page}", follow_redirects=True))
    assert "phần khác thì bấm Sửa nội dung hoặc ảnh" in text(mo.get("/ban-hang/hang/h1/ten", follow_redirects=True))
    shown = text(mo.get(f"/ban-hang/hang/{key}"))
    assert shown.index("Lấy lại để sửa</") < shown.index("<h2>Ảnh</h2>")
    assert mo.post(f"/ban-hang/hang/{key}/lay-ve").location == f"/ban-hang/hang/{key}/xem-lai"
    assert stored(market, key).state is ProductState.DRAFT
    assert mo.get(f"/ban-hang/hang/{key}/ten").status_code == 200


def test_the_price_is_asked_in_the_unit_of_its_kind_of_goods(mo: Browser) -> None:
    key = begin(mo)
    mo.post(f"/ban-hang/hang/{key}/ten", data={"name": "Cây quất cảnh"})
    mo.post(f"/ban-hang/hang/{key}/nhom", data={"set": "24"})
    assert "Giá ở trên là của một cây, hay của thứ khác?" in text(mo.get(f"/ban-hang/hang/{key}/gia"))


def test_what_the_desk_has_decided_is_not_taken_back(mo: Browser, market: MarketUnderTest) -> None:
    assert mo.post("/ban-hang/hang/h1/lay-ve").status_code == 409
    assert stored(market, "h1").state is ProductState.ON_SALE
    assert "Lấy lại để sửa</" not in text(mo.get("/ban-hang/hang/h1"))

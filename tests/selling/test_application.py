"""Applying for a stall: page by page, nothing lost, one application however often it is sent."""

import io
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from marketplace.kit import db
from marketplace.kit.errors import NotYours
from marketplace.producers import actions, queries
from marketplace.producers.models import Producer
from marketplace.producers.rules import ProducerState, Reason
from tests import cast
from tests.actors import columns, coordinator, producer
from tests.browser_client import Browser
from tests.catalog import corpus
from tests.market import MarketUnderTest

ANSWERS = {
    "loai": {"kind": "household"},
    "ten": {"name": "Cơ sở nón lá bà Sen"},
    "noi-lam": {"place-text": "Thạch Thất, Hà Nội", "place": "01-09955", "place-for": "Thạch Thất, Hà Nội"},
    "lang": {"village": "Thôn 2", "street": ""},
    "dien-thoai": {"phone": "0912 345 678", "zalo": "y"},
    "ke-chuyen": {"story": "Làm nón từ bé."},
    "dang-ky-kinh-doanh": {"registration_no": "", "tax_code": "", "representative": ""},
    "tai-khoan": {"bank_bin": "970405", "account_no": "1500 2060 08899", "holder": "Bui Thi Sen"},
}


def answer_all(sen: Browser, *, but: str = "") -> None:
    for slug, values in ANSWERS.items():
        if slug != but:
            answer = sen.post(f"/dang-ky-ban-hang/{slug}", data=values)
            assert answer.status_code == 303, (slug, answer.get_data(as_text=True))


def applied(market: MarketUnderTest) -> list[SimpleNamespace]:
    with market.unit():
        return [columns(row) for row in queries.for_user(cast.user_id("Sen"))]


@pytest.fixture
def sen(as_: Callable[[str], Browser]) -> Browser:
    return as_("Sen")


def text(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


def test_a_stranger_is_sent_to_sign_in_and_back(client: Browser) -> None:
    answer = client.get("/dang-ky-ban-hang/")
    assert answer.status_code == 303
    assert answer.location == "/dang-nhap?next=/dang-ky-ban-hang/"


def test_an_application_answered_page_by_page_is_sent_and_waits(sen: Browser, market: MarketUnderTest) -> None:
    answer_all(sen)
    photo = sen.post("/dang-ky-ban-hang/anh", data={"chup": (io.BytesIO(corpus.jpeg()), "a.jpg")})
    assert photo.status_code == 303
    assert "Gửi duyệt" in text(sen.get("/dang-ky-ban-hang/xem-lai"))
    assert sen.post("/dang-ky-ban-hang/xem-lai").status_code == 303
    (stall,) = applied(market)
    assert (stall.name, stall.state, stall.phone) == ("Cơ sở nón lá bà Sen", ProducerState.APPLIED, "+84912345678")
    assert (stall.province_code, stall.commune_code, stall.village) == ("01", "09955", "Thôn 2")
    assert stall.photo_original_key
    assert "Đang chờ duyệt" in text(sen.get("/dang-ky-ban-hang/"))
    assert "Gian hàng đang chờ duyệt" in text(sen.get("/ban-hang/"))


def test_every_answer_is_saved_at_once_and_found_again(sen: Browser) -> None:
    sen.post("/dang-ky-ban-hang/ten", data=ANSWERS["ten"])
    assert "Cơ sở nón lá bà Sen" in text(sen.get("/dang-ky-ban-hang/ten"))
    assert "Đang viết dở" in text(sen.get("/dang-ky-ban-hang/"))


@pytest.mark.parametrize(
    ("slug", "typed", "kept", "sentence"),
    [
        ("ten", {"name": ""}, "", "Điền tên gian hàng"),
        ("ten", {"name": "Cơ sở OCOP 5 sao"}, "Cơ sở OCOP 5 sao", "OCOP"),
        ("noi-lam", {"place-text": "Nơi không có"}, "Nơi không có", "Chưa tìm thấy"),
        ("dien-thoai", {"phone": "12 34"}, "12 34", "0912 345 678"),
        ("ke-chuyen", {"story": "Chữa khỏi ung thư"}, "Chữa khỏi ung thư", "khỏi"),
        ("tai-khoan", {**ANSWERS["tai-khoan"], "account_no": "12"}, "Bui Thi Sen", "6 đến 19 chữ số"),
        ("tai-khoan", {**ANSWERS["tai-khoan"], "bank_bin": ""}, "1500 2060 08899", "Chọn ngân hàng"),
    ],
)
def test_a_wrong_answer_is_asked_again_at_its_field_and_nothing_typed_is_lost(
    sen: Browser, slug: str, typed: dict[str, str], kept: str, sentence: str
) -> None:
    answer = sen.post(f"/dang-ky-ban-hang/{slug}", data=typed)
    assert answer.status_code == 422
    assert kept in text(answer)
    assert sentence in text(answer)
    assert 'class="field-error"' in text(answer)
    assert "<title>Lỗi:" in text(answer)


def test_a_split_old_commune_is_asked_with_buttons(sen: Browser) -> None:
    answer = sen.post("/dang-ky-ban-hang/noi-lam", data={"place-text": "Duyên Thái"})
    assert answer.status_code == 422
    assert text(answer).count('type="radio"') == 3


def test_what_is_missing_is_named_on_the_review_with_the_way_there(sen: Browser, market: MarketUnderTest) -> None:
    answer_all(sen, but="tai-khoan")
    answer = sen.post("/dang-ky-ban-hang/xem-lai")
    assert answer.status_code == 422
    assert "/dang-ky-ban-hang/tai-khoan?ve=xem-lai" in text(answer)
    assert applied(market) == []


def test_sending_twice_makes_one_application(sen: Browser, market: MarketUnderTest) -> None:
    answer_all(sen)
    assert [sen.post("/dang-ky-ban-hang/xem-lai").status_code for _ in range(3)] == [303, 303, 303]
    assert len(applied(market)) == 1


def test_a_returned_application_leads_to_the_very_field_and_is_sent_again(
    sen: Browser, market: MarketUnderTest
) -> None:
    answer_all(sen)
    sen.post("/dang-ky-ban-hang/xem-lai")
    stall = applied(market)[0]
    with market.unit():
        reasons = [Reason("story", "Lời kể cần viết lại."), Reason("holder", "Tài khoản cần xem lại.")]
        said = "Lời kể cần viết lại. Tài khoản cần xem lại."
        actions.send_back(coordinator("Hạnh"), stall.id, reason=said, points=reasons, message="Chị gọi em nhé.")
    page = text(sen.get("/dang-ky-ban-hang/"))
    said = [
        " ".join(line.get_text(" ").split()) for line in BeautifulSoup(page, "html.parser").select(".notice-bad li")
    ]
    assert said == [
        "Lời kể cần viết lại. Sửa: Lời kể", "Tài khoản cần xem lại. Sửa: Tài khoản nhận tiền", "Chị gọi em nhé.",
    ]  # fmt: skip
    assert sen.post("/dang-ky-ban-hang/sua", data={"field": "holder"}).location.startswith(
        "/dang-ky-ban-hang/tai-khoan"
    )
    answer = sen.post("/dang-ky-ban-hang/sua", data={"field": "story"})
    assert answer.location == "/dang-ky-ban-hang/ke-chuyen?ve=xem-lai"
    assert "Làm nón từ bé." in text(sen.get(answer.location))
    answer = sen.post(answer.location, data={"story": "Học nghề từ mẹ."})
    assert answer.location == "/dang-ky-ban-hang/xem-lai"
    sen.post("/dang-ky-ban-hang/xem-lai")
    with market.unit():
        again = db.session.get_one(Producer, stall.id)
        assert (again.state, again.story, again.returned_reason) == (ProducerState.APPLIED, "Học nghề từ mẹ.", "")
    assert len(applied(market)) == 1


def test_a_member_of_nothing_finds_no_selling_pages_but_is_shown_how_to_begin(sen: Browser) -> None:
    assert sen.get("/ban-hang/").location == "/dang-ky-ban-hang/"
    for path in ("/ban-hang/hang", "/ban-hang/hang/moi", "/ban-hang/gian-hang"):
        assert sen.get(path).status_code == 404


def test_the_page_of_the_account_leads_to_a_change_and_says_how_long_it_takes(as_: Callable[[str], Browser]) -> None:
    page = text(as_("Mơ").get("/ban-hang/gian-hang/tai-khoan"))
    assert "1500206008801" in page
    assert "/ban-hang/gian-hang/tai-khoan/doi" in page
    assert "48 giờ" in page


@pytest.mark.parametrize("name", ["svg", "html", "png bomb", "animated png", "heic"])
def test_a_photo_that_is_none_is_refused_with_a_sentence(sen: Browser, name: str) -> None:
    content = io.BytesIO(corpus.REFUSED_AT_ONCE[name]())
    answer = sen.post("/dang-ky-ban-hang/anh", data={"chup": (content, "a.jpg")})
    assert answer.status_code == 422
    assert 'class="field-error"' in text(answer)


def test_nobody_begins_to_correct_somebody_elses_application(market: MarketUnderTest) -> None:
    with market.unit(), pytest.raises(NotYours):
        actions.correct_draft(producer("Tín"), 1)
    with market.unit():
        assert queries.draft_of(cast.user_id("Tín")) is None


def test_the_review_calls_the_place_by_the_old_name_it_was_chosen_by(sen: Browser, market: MarketUnderTest) -> None:
    answer_all(sen, but="noi-lam")
    old = {"place-text": "dai dong, thach that", "place-for": ""}
    assert sen.post("/dang-ky-ban-hang/noi-lam", data=old).status_code == 303
    assert "xã Đại Đồng, huyện Thạch Thất cũ" in text(sen.get("/dang-ky-ban-hang/xem-lai"))
    sen.post("/dang-ky-ban-hang/xem-lai")
    assert applied(market)[0].old_place == "xã Đại Đồng, huyện Thạch Thất"


def test_an_account_in_another_name_is_said_calmly_and_can_be_sent(sen: Browser, market: MarketUnderTest) -> None:
    answer_all(sen)
    warned = "Tài khoản mang tên người khác"
    for holder, is_warned in (("TRAN VAN HUNG", True), ("NON LA BA SEN", False)):
        sen.post("/dang-ky-ban-hang/tai-khoan", data={**ANSWERS["tai-khoan"], "holder": holder})
        page = sen.get("/dang-ky-ban-hang/xem-lai")
        assert (warned in text(page)) is is_warned, holder
        assert "Gửi duyệt" in text(page)
    sen.post("/dang-ky-ban-hang/tai-khoan", data={**ANSWERS["tai-khoan"], "holder": "TRAN VAN HUNG"})
    assert sen.post("/dang-ky-ban-hang/xem-lai").status_code == 303
    assert len(applied(market)) == 1

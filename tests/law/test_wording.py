"""Words a seller may not type, and the honest words that look like them."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.kit.text import plain
from marketplace.law.rules import DISCLAIMER, SETS, Finding, FindingKind, carries_disclaimer, check_text, name_each


def found(text: str, field: str = "description", set_no: int | None = 6) -> list[Finding]:
    return check_text(text, set_no=set_no, field=field)


MARKS = [
    "Chè lam OCOP",
    "chè lam ocop xã Thạch Thất",
    "đạt Ocop năm 2025",
    "O.C.O.P",
    "O C O P",
    "0C0P",
    "OCOP4sao",
    "#OCOP",
    "ＯＣＯＰ",
    "ОСОР",
    "OC\u200bOP",
    "4 sao",
    "Miến 4sao",
    "chuẩn 4-sao",
    "đạt 4 ngôi sao",
    "3,5 sao",
    "bốn sao",
    "Bốn Sao",
    "BỐN SAO",
    "hạng năm sao",
    "đạt ba sao",
    "Chuẩn Ba Sao",
    "bon sao",
    "dat nam sao",
    "5*",
    "loại 5 *",
    "*****",
    "★★★★",
    "☆",
    "⭐⭐⭐",
    "⭐️ hàng tuyển",
    "🌟",
    "4-star",
    "five stars",
    "Sản phẩm 3 sao chè Thái Nguyên",
]

CLAIMS = [
    "Chữa bệnh dạ dày",
    "mật ong chữa ho",
    "CHỮA LÀNH",
    "trị ho cho trẻ",
    "Trị mụn",
    "CAO TRỊ HO",
    "cao gừng trị nhức mỏi",
    "đặc trị xương khớp",
    "Đặc Trị",
    "hỗ trợ điều trị tiểu đường",
    "uống là khỏi",
    "mau khỏi, không tái phát",
    "khỏi ho sau ba ngày",
    "khỏi hẳn",
    "hết mụn",
    "dứt điểm",
    "thần dược của núi rừng",
    "thuốc tiên",
    "hiệu quả 100%",
    "100% hiệu quả",
    "cam kết khỏi 100%",
    "cam kết 100%!",
    "đảm bảo 100% khỏi",
    "giảm đau hiệu quả tới 100%",
    "100%",
    "an toàn một trăm phần trăm",
    "phòng ngừa ung thư",
    "chống ung thư",
    "ngăn ngừa các bệnh tim",
    "giảm nguy cơ đột quỵ",
    "chua benh da day",
    "dac tri mun",
    "dieu tri tieu duong",
    "tri ho",
    "phong ngua ung thu",
    "không chỉ chữa ho mà còn bổ phổi",
    "Trị Ho Cho Bé",
]

HONEST = [
    "sữa chua nếp cẩm",
    "dưa chua, măng chua",
    "hũ chứa 500 g",
    "chưa bóc vỏ",
    "sửa chữa đồ gỗ",
    "bình chữa cháy",
    "giá trị dinh dưỡng",
    "trị giá 200.000 đồng",
    "hạt điều trị giá 200.000 đồng",
    "tỉnh Quảng Trị",
    "TỈNH QUẢNG TRỊ",
    "xã Trị An",
    "hồ Trị An",
    "xã Phú Ngãi Trị",
    "ông Nguyễn Văn Trị làm nghề 30 năm",
    "ban quản trị hợp tác xã",
    "khỏi lo hỏng",
    "khỏi phải ngâm",
    "lấy bánh ra khỏi khuôn",
    "để trà tránh khỏi ẩm",
    "dùng là khỏi phải nấu",
    "sao chè trên chảo gang",
    "Bước 3 sao chè",
    "3. Sao chè",
    "Bước 3\nSao chè",
    "chè sao 3 lần",
    "lần 2 sao khô",
    "mỗi năm sao 3 tạ chè",
    "trăm năm sao chè",
    "sao vàng hạ thổ",
    "vỏ quýt sao vàng",
    "gỗ sao đen",
    "hoa sao nhái",
    "quả khế hình ngôi sao",
    "xã Ba Sao",
    "chùa Ba Sao",
    "thị trấn Sao Vàng",
    "2 bản sao",
    "3 sào ruộng",
    "cây sáo 6 lỗ",
    "tocopherol (vitamin E)",
    "microcopy",
    "khổ 2*3 m",
    "khăn 50*70 cm",
    "100% gạo nếp cái hoa vàng",
    "làm thủ công 100%",
    "100% tơ tằm",
    "mật ong nguyên chất 100%",
    "cam kết 100% tự nhiên",
    "cam kết 100% mật ong rừng",
    "đảm bảo 100% gạo nếp",
    "nặng 1.100 g",
    "gà đã tiêm phòng bệnh",
    "cây giống sạch bệnh",
    "rau không phun thuốc trừ sâu bệnh",
    "hộp chống nấm mốc",
    "hết hàng",
    "xã Tiên Dược",
    "cốm, chè lam, kẹo lạc",
    "thơm mùi gừng, ăn với chè xanh",
    "cuộc thi sao Khuê",
    "tại sao bánh dẻo",
    "vì sao",
    DISCLAIMER,
    "Sản phẩm này không phải là thuốc chữa bệnh.",
    "không dùng để điều trị",
]


@pytest.mark.parametrize("text", MARKS)
def test_the_mark_and_stars_are_refused_in_any_writing(text: str) -> None:
    assert {one.kind for one in found(text)} == {FindingKind.MARK}


@pytest.mark.parametrize("text", CLAIMS)
def test_claims_to_heal_are_refused(text: str) -> None:
    assert {one.kind for one in found(text)} == {FindingKind.HEALTH}


@pytest.mark.parametrize("text", HONEST)
def test_honest_words_that_look_alike_pass(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", MARKS + CLAIMS)
def test_letters_typed_in_parts_are_refused_the_same(text: str) -> None:
    assert found(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize("text", HONEST)
def test_honest_words_in_parts_pass_the_same(text: str) -> None:
    assert not found(unicodedata.normalize("NFD", text))


def test_places_keep_their_names_in_answers_about_places() -> None:
    assert not found("Ba Sao", field="village")
    assert not found("Trị Quận", field="origin")
    assert found("chè đạt Bốn Sao ★", field="origin")


def test_the_word_and_its_place_are_those_of_the_text_as_typed() -> None:
    (finding,) = found(unicodedata.normalize("NFD", "Chè thơm, chữa bệnh"))
    assert unicodedata.normalize("NFC", finding.word) == "chữa"
    assert finding.start == unicodedata.normalize("NFD", "Chè thơm, chữa").index(unicodedata.normalize("NFD", "chữa"))


def test_each_word_is_reported_once_in_reading_order() -> None:
    words = [one.word for one in found("OCOP 4 sao, uống là khỏi, đặc trị ho")]
    assert words == ["OCOP", "4 sao", "là khỏi", "đặc trị"]


def test_every_set_is_told_in_a_sentence_what_to_do_instead() -> None:
    for set_no in (None, *SETS):
        assert all(str(one.message).endswith(".") for one in found("OCOP chữa bệnh 100%", set_no=set_no))


@settings(deadline=None)  # a busy machine is not a slow rule
@given(st.text(max_size=300))
def test_any_text_is_read_without_trouble(text: str) -> None:
    for one in found(text):
        assert 0 <= one.start < len(text)
        assert text.startswith(one.word.strip()[:1], one.start) or not one.word


def test_the_disclaimer_is_known_with_and_without_diacritics() -> None:
    assert carries_disclaimer(DISCLAIMER)
    assert carries_disclaimer(plain(DISCLAIMER).upper())
    assert not carries_disclaimer("Thực phẩm này tốt cho mọi nhà.")


def test_each_forbidden_word_is_named_once_with_its_reason() -> None:
    said = name_each(found("Ngon, chữa ung thư, OCOP 5 sao ★, ocop, chữa ho"))
    assert said.startswith("“chữa”: Hàng bán ở chợ không được giới thiệu như thuốc.")
    assert "“OCOP”, “5 sao”, “★”: Chợ tự vẽ dấu và số sao" in said
    assert said.count("“") == 4


def test_words_of_one_kind_share_one_reason_and_a_promise_keeps_its_own() -> None:
    said = name_each(found("Hiệu quả 100%, trị mụn"))
    assert "“100%”: Không hứa" in said
    assert "“trị”: Hàng bán ở chợ" in said


@given(st.lists(st.sampled_from([*MARKS, *CLAIMS]), min_size=1, max_size=4))
def test_whatever_is_refused_is_named(texts: list[str]) -> None:
    findings = found(". ".join(texts))
    said = name_each(findings).casefold()
    assert all(f"“{one.word.casefold()}”" in said for one in findings)

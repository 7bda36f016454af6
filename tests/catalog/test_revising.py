"""What a revision changes, in words: pure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.catalog.rules import (
    Change,
    Klass,
    Pack,
    PieceKind,
    SentAgain,
    Version,
    changes_between,
    in_words,
    newly_needed,
    pieces,
    require_as_seen,
)
from marketplace.catalog.rules.revising import COMPARED
from marketplace.delivery.rules import Reach
from marketplace.law.rules import DocumentKind, required_documents

BEFORE = {
    "name": "Chè lam", "set_no": 6, "klass": Klass.CRAFT, "description": "Dẻo, thơm.", "reach": Reach.COUNTRY,
    "collect_ok": True, "days_to_make": 1,
}  # fmt: skip
PACK = Pack("Hộp 500 g", "hộp", 500, None, 600, 85_000)

words = st.lists(st.sampled_from(["gạo", "nếp", "mật", "gừng", "lạc", "\n"]), max_size=12).map(" ".join)


@given(words, words)
def test_both_texts_can_be_read_out_of_the_pieces(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(piece.text for piece in found if piece.kind is not PieceKind.NEW) == before
    assert "".join(piece.text for piece in found if piece.kind is not PieceKind.GONE) == after
    if before == after:
        assert [piece.kind for piece in found] in ([], [PieceKind.SAME])


def test_words_are_compared_whole_and_neighbours_change_together() -> None:
    found = pieces("Chè lam gừng Thạch Thất", "Chè lam lạc rang Thạch Thất")
    assert [(piece.kind.value, piece.text) for piece in found] == [
        ("same", "Chè lam "), ("gone", "gừng"), ("new", "lạc rang"), ("same", " Thạch Thất"),
    ]  # fmt: skip
    assert [piece.text for piece in pieces("a b", "c d")] == ["a b", "c d"]


NEW_VALUES = {
    "name": ("Chè lam gừng", "Tên: “Chè lam” → “Chè lam gừng”"),
    "set_no": (7, "Nhóm hàng: “Bún, miến, bánh” → “Rau, quả, hạt chế biến”"),
    "klass": (Klass.FARM, "Xếp loại: “Sản phẩm làng nghề” → “Nông sản tiêu biểu”"),
    "description": ("", "Lời giới thiệu: bỏ “Dẻo, thơm.”"),
    "ingredients": ("Gạo nếp", "Thành phần: thêm “Gạo nếp”"),
    "reach": (Reach.PROVINCE, "Gửi đến đâu: “Cả nước” → “Trong tỉnh, thành phố”"),
    "collect_ok": (False, "Đến lấy tận nơi: “Được” → “Không”"),
    "days_to_make": (3, "Mấy ngày gửi được: “1 ngày” → “3 ngày”"),
}


@pytest.mark.parametrize("column", COMPARED)
def test_every_column_that_waits_is_compared(column: str) -> None:
    value, sentence = NEW_VALUES.get(column, ("chữ mới", None))
    [change] = changes_between(Version(6, BEFORE), Version(6, {**BEFORE, column: value}))
    assert sentence is None or str(in_words(change)) == sentence
    assert change.after == "" or change.after in str(in_words(change))


def test_variants_that_came_went_or_weigh_otherwise_are_told_and_prices_are_not() -> None:
    other_price = Pack("Hộp 500 g", "hộp", 500, None, 600, 99_000)
    assert changes_between(Version(6, {}, {1: PACK}), Version(6, {}, {1: other_price})) == []
    lighter = Pack("Hộp 400 g", "hộp", 400, None, 500, 85_000)
    [change] = changes_between(Version(6, {}, {1: PACK}), Version(6, {}, {1: lighter}))
    assert (change.field, change.after) == ("net", "Hộp 400 g (hộp), 400 g, gói gửi nặng 500 g")
    came = changes_between(Version(6, {}, {1: PACK}), Version(6, {}, {2: PACK}))
    assert [(str(each.name), each.before == "", each.after == "") for each in came] == [
        ("Bỏ một loại", False, True), ("Thêm một loại", True, False),
    ]  # fmt: skip
    assert "85.000" in came[1].after


def test_of_a_long_text_only_what_went_and_came_is_quoted() -> None:
    old = "Gạo nếp cái hoa vàng rang vàng, xay mịn, ngào cùng mật mía và gừng tươi giã nhỏ của vườn nhà."
    new = old.replace("mật mía", "mạch nha").replace(" giã nhỏ", "")
    assert str(in_words(Change("description", "Lời giới thiệu", old, new))) == (
        "Lời giới thiệu: bỏ “mật mía”, “giã nhỏ”; thêm “mạch nha”"
    )
    many = " ".join(f"{n} chữ" for n in range(40))
    said = str(in_words(Change("usage", "Cách dùng", many, many.replace("chữ", "từ"))))
    assert "…" in said
    assert len(said) < 500


def test_papers_are_asked_for_only_where_the_set_changes() -> None:
    assert newly_needed(6, 6, []) == []
    assert newly_needed(6, 14, required_documents(6)) == [DocumentKind.ALCOHOL_LICENCE]
    assert newly_needed(6, 21, []) == []


def test_a_decision_is_about_the_sending_that_was_read() -> None:
    require_as_seen(2, 2)
    require_as_seen(2, None)
    for seen in (1, 3, -1):
        with pytest.raises(SentAgain):
            require_as_seen(2, seen)

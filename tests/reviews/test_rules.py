"""What may be said in public of delivered goods, by whom and for how long: pure."""

from datetime import UTC, datetime, timedelta

import pytest

from marketplace.kit.errors import BadInput
from marketplace.reviews.rules import (
    FEELING_LABELS,
    ChangedOnce,
    Feeling,
    NotDelivered,
    TooLate,
    masked_name,
    may_change,
    read_feeling,
    read_words,
    require_changeable,
    require_writable,
)

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_five_feelings_in_words_and_never_stars() -> None:
    assert len(FEELING_LABELS) == len(Feeling) == 5
    assert all("sao" not in str(label) and "★" not in str(label) for label in FEELING_LABELS.values())
    assert read_feeling("good") is Feeling.GOOD
    for wrong in ("", "5", "best"):
        with pytest.raises(BadInput):
            read_feeling(wrong)


@pytest.mark.parametrize("text", ["Bánh dẻo, thơm gừng.", "Hộp 500 g đủ cân, giao 2 ngày.", "Chưa ngon bằng lần trước"])
def test_plain_words_stand_as_they_were_written(text: str) -> None:
    assert read_words(f"  {text} \n\n") == text


@pytest.mark.parametrize(
    "text",
    ["", "…", "ok", "a" * 1001, "Gọi tôi 0912 345 678 nhé", "Gọi 0 9 1 2 3 4 5 6 7 8", "Viết cho lan@example.com",
     "Ngon, 5 sao", "★★★★★ tuyệt vời", "Chuẩn OCOP"],
)  # fmt: skip
def test_what_reaches_somebody_or_looks_like_the_grade_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as refusal:
        read_words(text)
    assert refusal.value.field == "text"


def test_only_a_delivered_order_and_not_for_ever() -> None:
    with pytest.raises(NotDelivered):
        require_writable(None, NOW)
    require_writable(NOW - timedelta(days=90), NOW)
    with pytest.raises(TooLate):
        require_writable(NOW - timedelta(days=90, seconds=1), NOW)


def test_changed_once_within_two_weeks_and_not_when_it_was_taken_down() -> None:
    day = timedelta(days=1)
    require_changeable(NOW - 14 * day, None, None, NOW)
    for written, edited, hidden, refusal in (
        (NOW - 14 * day - day, None, None, TooLate),
        (NOW - day, NOW, None, ChangedOnce),
        (NOW - day, None, NOW, TooLate),
    ):
        assert not may_change(written, edited, hidden, NOW)
        with pytest.raises(refusal):
            require_changeable(written, edited, hidden, NOW)


def test_a_name_is_shown_as_somebodys_and_nobodys() -> None:
    names = {"Trần Thị Lan": "Lan T.", "minh": "minh", "  Đỗ   Văn Tín ": "Tín Đ.", "": ""}
    assert {name: masked_name(name) for name in names} == names

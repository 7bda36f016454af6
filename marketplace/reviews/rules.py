"""Opinions: five words for how it was, who may write when, and what may stand in public. Pure.

An opinion is words beside a speech bubble. Stars are the state's grade (QĐ 26/2026/QĐ-TTg), drawn from a live certificate alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from marketplace.accounts.rules import check_public
from marketplace.kit.errors import BadInput, Refused
from marketplace.kit.i18n import Text, lazy
from marketplace.kit.text import nfc
from marketplace.law.rules import FindingKind, check_text, name_each


class Feeling(StrEnum):
    """How it was, from best to worst."""

    VERY_GOOD = "very_good"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
    BAD = "bad"


FEELING_LABELS: dict[Feeling, Text] = {
    Feeling.VERY_GOOD: lazy("Rất hài lòng"),
    Feeling.GOOD: lazy("Hài lòng"),
    Feeling.FAIR: lazy("Tạm được"),
    Feeling.POOR: lazy("Chưa hài lòng"),
    Feeling.BAD: lazy("Thất vọng"),
}

FIRST = 3
"""How many of the newest stand on the product's own page."""


@dataclass(frozen=True)
class Said:
    """One opinion as everybody reads it."""

    feeling: Feeling
    author: str
    text: str
    bought: str
    written_at: datetime
    edited_at: datetime | None = None
    answer: str = ""
    answered_at: datetime | None = None
    hidden_at: datetime | None = None
    hidden_reason: str = ""


@dataclass(frozen=True)
class Opinions:
    """Some opinions of a product, newest first, and how many there are of each feeling, those taken down not counted.

    `older` is the id of the last one shown where there are more.
    """

    shown: Sequence[Any]
    counts: Mapping[Feeling, int]
    older: int | None = None

    @property
    def total(self) -> int:
        """How many buyers are counted."""
        return sum(self.counts.values())


_MOMENTS = ("written_at", "edited_at", "answered_at", "hidden_at")
_WORDS = ("author", "text", "bought", "answer", "hidden_reason")


def opinions_to(found: Opinions) -> dict[str, Any]:
    """As a product's row keeps them. What was taken down is not kept there, only why."""
    rows = []
    for one in found.shown:
        words = {name: getattr(one, name) for name in _WORDS}
        if one.hidden_at is not None:
            words |= {"text": "", "answer": "", "author": ""}
        moments = {name: getattr(one, name).isoformat() if getattr(one, name) else None for name in _MOMENTS}
        rows.append({"feeling": one.feeling.value, **words, **moments})
    return {"newest": rows, "counts": {each.value: n for each, n in found.counts.items()}, "older": found.older}


def opinions_from(kept: Mapping[str, Any]) -> Opinions:
    """As the product's page shows them."""
    shown = []
    for row in kept.get("newest", ()):
        moments = {name: datetime.fromisoformat(row[name]) if row[name] else None for name in _MOMENTS}
        shown.append(Said(Feeling(row["feeling"]), **{name: row[name] for name in _WORDS}, **moments))  # type: ignore[arg-type] # written_at is always there
    counts = kept.get("counts", {})
    return Opinions(shown, {each: counts[each.value] for each in Feeling if each.value in counts}, kept.get("older"))


LEAST_LETTERS, MOST_LETTERS = 5, 1000
DAYS_TO_WRITE = 90
"""Counted from the delivery: who writes later no longer remembers this parcel."""
DAYS_TO_CHANGE = 14
"""Counted from the writing; once."""


class NotDelivered(Refused):
    """Only who received the goods says how they were."""

    message = lazy("Nhận hàng rồi mới viết ý kiến được.")


class TooLate(Refused):
    """The time to write or to change is over."""

    message = lazy("Đã quá hạn viết hoặc sửa ý kiến cho đơn này.")


class ChangedOnce(Refused):
    """An opinion is changed once."""

    message = lazy("Ý kiến này đã sửa một lần nên không sửa thêm được.")


class AnsweredOnce(Refused):
    """The maker answers once."""

    message = lazy("Ý kiến này đã được trả lời rồi.")


def may_write(delivered_at: datetime | None, now: datetime) -> bool:
    """Whether this order's goods may be spoken of now."""
    return delivered_at is not None and now - delivered_at <= timedelta(days=DAYS_TO_WRITE)


def may_change(written_at: datetime, edited_at: datetime | None, hidden_at: datetime | None, now: datetime) -> bool:
    """Whether what was written may be changed: once, for two weeks, and not what an office took down."""
    return edited_at is None and hidden_at is None and now - written_at <= timedelta(days=DAYS_TO_CHANGE)


def require_writable(delivered_at: datetime | None, now: datetime) -> None:
    """Refuse: not delivered (NotDelivered); too long ago (TooLate)."""
    if delivered_at is None:
        raise NotDelivered
    if not may_write(delivered_at, now):
        raise TooLate


def require_changeable(
    written_at: datetime, edited_at: datetime | None, hidden_at: datetime | None, now: datetime
) -> None:
    """Refuse: changed before (ChangedOnce); too long ago, or taken down (TooLate)."""
    if edited_at is not None:
        raise ChangedOnce
    if not may_change(written_at, edited_at, hidden_at, now):
        raise TooLate


def read_feeling(value: str) -> Feeling:
    """The word chosen. Refuses none of the five (BadInput)."""
    if value not in list(Feeling):
        raise BadInput(lazy("Chọn một trong năm ô."), field="feeling")
    return Feeling(value)


def read_words(text: str) -> str:
    """Words for everybody to read, line breaks kept.

    Refuses: too short or too long; a telephone number, an address or an account (NotForPublic); typed stars and the mark.
    """
    words = "\n".join(line for line in (nfc(each) for each in text.splitlines()) if line)
    if sum(map(str.isalpha, words)) < LEAST_LETTERS:
        raise BadInput(lazy("Viết vài chữ, ví dụ: bánh dẻo, gói cẩn thận."), field="text")
    if len(words) > MOST_LETTERS:
        raise BadInput(lazy("Viết ngắn lại, nhiều nhất %(limit)s chữ cái.", limit=MOST_LETTERS), field="text")
    check_public(
        words,
        field="text",
        message=lazy("Mọi người đều đọc được, nên đừng ghi số điện thoại, địa chỉ hay số tài khoản."),
    )
    marks = [one for one in check_text(words, set_no=None, field="text") if one.kind is FindingKind.MARK]
    if marks:
        raise BadInput(name_each(marks), field="text")
    return words


def masked_name(name: str) -> str:
    """`Trần Thị Lan` is shown as `Lan T.`: enough to sound like somebody, not enough to find them."""
    parts = nfc(name).split()
    if not parts:
        return ""
    return parts[0] if len(parts) == 1 else f"{parts[-1]} {parts[0][0].upper()}."

"""Reading the answer to one question of a set, and refusing the words the law forbids in it."""

from marketplace.catalog.rules.goods import read_count
from marketplace.catalog.rules.questions import (
    MOST_DAYS,
    REGISTERED_SETS,
    AnswerKind,
    Question,
    reaches_for,
    says_something,
)
from marketplace.delivery.rules import Reach
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import Text, lazy
from marketplace.kit.text import nfc
from marketplace.law.rules import DISCLAIMER, carries_disclaimer, check_text, name_each

Answer = str | int | bool | Reach


class NoAnswer(BadInput):
    """A required question was left empty."""

    message = lazy("Câu này cần trả lời. Xem ví dụ ở trên.")


class NoWords(BadInput):
    """A required question was answered with signs only."""

    message = lazy("Xin trả lời bằng chữ. Xem ví dụ ở trên.")


class AnswerTooLong(BadInput):
    """More than the page has room for."""


class BadDays(BadInput):
    """Not a number of days from 0 to 90."""

    message = lazy("Điền số ngày, từ 0 đến 90. Ví dụ: 2.")


class NoChoice(BadInput):
    """None of the offered answers was picked."""

    message = lazy("Chọn một trong các ô bên dưới.")


class DisclaimerMissing(BadInput):
    """Functional food must say it is no medicine (NĐ 15/2018/NĐ-CP)."""


class ForbiddenWords(BadInput):
    """A mark or a health claim that the law reserves; says which word and what to write."""


def check_words(text: str, *, set_no: int | None, field: str) -> None:
    """Refuse "OCOP", stars and health claims anywhere in a product's text, naming each."""
    found = check_text(text, set_no=set_no, field=field)
    if found:
        raise ForbiddenWords(name_each(found), field=field)


def read_text(text: str, *, field: str, limit: int, required: bool) -> str:
    """One line or paragraph. Line breaks are kept in paragraphs, everything else is single spaces."""
    lines = [nfc(line) for line in text.splitlines()]
    cleaned = "\n".join(line for line in lines if line)
    if required and not cleaned:
        raise NoAnswer(field=field)
    if len(cleaned) > limit:
        message: Text = lazy("Viết ngắn lại, nhiều nhất %(limit)s chữ cái.", limit=limit)
        raise AnswerTooLong(message, field=field)
    return cleaned


def read_answer(asked: Question, text: str, *, set_no: int) -> Answer:
    """The answer as its column keeps it: text, days, reach or yes/no. Measures and weights belong to variants."""
    if asked.kind is AnswerKind.DAYS:
        return _days(text, asked.field)
    if asked.kind is AnswerKind.CHOICE:
        return _reach(text, asked.field, set_no)
    if asked.kind is AnswerKind.YES_NO:
        if text not in ("co", "khong"):
            raise NoChoice(field=asked.field)
        return text == "co"
    answer = read_text(text, field=asked.field, limit=asked.limit, required=asked.required)
    if asked.required and not says_something(asked.field, answer):
        raise NoWords(field=asked.field)
    if asked.field == "warnings" and set_no in REGISTERED_SETS and not carries_disclaimer(answer):
        raise DisclaimerMissing(lazy("Cần có nguyên câu: %(sentence)s", sentence=DISCLAIMER), field=asked.field)
    check_words(answer, set_no=set_no, field=asked.field)
    return answer


def _days(text: str, field: str) -> int:
    try:
        days = read_count(text, field=field)
    except BadInput as error:
        raise BadDays(field=field) from error
    if days > MOST_DAYS:
        raise BadDays(field=field)
    return days


def _reach(text: str, field: str, set_no: int) -> Reach:
    if text not in [reach.value for reach in reaches_for(set_no)]:
        raise NoChoice(field=field)
    return Reach(text)

"""Kinds of problem, how soon each is answered, and where a problem stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from marketplace.kit.actor import ActorKind
from marketplace.kit.i18n import lazy
from marketplace.kit.states import Move, StateTable


class SubjectKind(StrEnum):
    """What a problem is about."""

    PRODUCT = "product"
    ORDER = "order"
    MARKET = "market"


class ProblemKind(StrEnum):
    """What went wrong, in the words of whoever reports it."""

    UNSAFE = "unsafe"
    FALSE_GRADE = "false_grade"
    WRONG_TEXT = "wrong_text"
    NOT_HERS = "not_hers"
    NOT_ARRIVED = "not_arrived"
    BROKEN = "broken"
    WRONG_GOODS = "wrong_goods"
    NO_REFUND = "no_refund"
    PERSONAL_DATA = "personal_data"
    HOW_IT_WORKS = "how_it_works"
    OTHER = "other"


KIND_LABELS = {
    ProblemKind.UNSAFE: lazy("Hàng có thể không an toàn"),
    ProblemKind.FALSE_GRADE: lazy("Số sao OCOP không đúng"),
    ProblemKind.WRONG_TEXT: lazy("Lời giới thiệu, giá hoặc ảnh không đúng"),
    ProblemKind.NOT_HERS: lazy("Hàng không phải của cơ sở này làm"),
    ProblemKind.NOT_ARRIVED: lazy("Chưa nhận được hàng"),
    ProblemKind.BROKEN: lazy("Hàng hỏng, vỡ"),
    ProblemKind.WRONG_GOODS: lazy("Giao sai hoặc thiếu hàng"),
    ProblemKind.NO_REFUND: lazy("Chưa được hoàn tiền"),
    ProblemKind.PERSONAL_DATA: lazy("Dữ liệu cá nhân: xem, sửa, xóa, rút lại đồng ý"),
    ProblemKind.HOW_IT_WORKS: lazy("Trang của chợ bị lỗi hoặc khó dùng"),
    ProblemKind.OTHER: lazy("Việc khác"),
}

KINDS_OF = {
    SubjectKind.PRODUCT: (
        ProblemKind.UNSAFE,
        ProblemKind.FALSE_GRADE,
        ProblemKind.WRONG_TEXT,
        ProblemKind.NOT_HERS,
        ProblemKind.OTHER,
    ),
    SubjectKind.ORDER: (
        ProblemKind.NOT_ARRIVED,
        ProblemKind.BROKEN,
        ProblemKind.WRONG_GOODS,
        ProblemKind.NO_REFUND,
        ProblemKind.UNSAFE,
        ProblemKind.OTHER,
    ),
    SubjectKind.MARKET: (ProblemKind.PERSONAL_DATA, ProblemKind.HOW_IT_WORKS, ProblemKind.OTHER),
}

# Hours to the first answer, published with the returns page (Luật TMĐT 122/2025/QH15 Điều 7 asks for a term per kind).
ANSWER_HOURS = {kind: 24 if kind is ProblemKind.UNSAFE else 72 for kind in ProblemKind}


def answer_by(kind: ProblemKind, opened_at: datetime) -> datetime:
    """Until when the first answer is promised."""
    return opened_at + timedelta(hours=ANSWER_HOURS[kind])


class ProblemState(StrEnum):
    """Where a problem stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


STATE_LABELS = {
    ProblemState.OPEN: lazy("Chờ trả lời"),
    ProblemState.ANSWERED: lazy("Đã trả lời"),
    ProblemState.CLOSED: lazy("Đã xong"),
}

_DESK = frozenset({ActorKind.COORDINATOR, ActorKind.ADMIN})

PROBLEM_MOVES = StateTable(
    ProblemState,
    {
        "answer": Move({ProblemState.OPEN}, ProblemState.ANSWERED, by=_DESK, label=lazy("Gửi câu trả lời")),
        "close": Move(
            {ProblemState.OPEN, ProblemState.ANSWERED}, ProblemState.CLOSED, by=_DESK, label=lazy("Đã giải quyết xong")
        ),
        "reopen": Move({ProblemState.CLOSED}, ProblemState.OPEN, by=_DESK, label=lazy("Mở lại")),
    },
)

TEXT_LENGTH = 2000
CONTACT_LENGTH = 120


@dataclass(frozen=True)
class Report:
    """A problem as somebody wrote it. `contact`: a phone or an e-mail to answer to, may be empty."""

    kind: ProblemKind
    text: str
    contact: str = ""

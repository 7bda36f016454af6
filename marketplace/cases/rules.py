"""Kinds of problem, how soon each is answered, and where a problem stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from math import ceil
from statistics import median

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
    NOT_AS_SAID = "not_as_said"
    MISSING = "missing"
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
    ProblemKind.NOT_AS_SAID: lazy("Khác lời giới thiệu, khác ảnh"),
    ProblemKind.MISSING: lazy("Thiếu hàng"),
    ProblemKind.WRONG_GOODS: lazy("Giao nhầm hàng"),
    ProblemKind.NO_REFUND: lazy("Tiền: chưa được hoàn, tính sai"),
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
        ProblemKind.NOT_AS_SAID,
        ProblemKind.MISSING,
        ProblemKind.WRONG_GOODS,
        ProblemKind.NO_REFUND,
        ProblemKind.UNSAFE,
        ProblemKind.OTHER,
    ),
    SubjectKind.MARKET: (ProblemKind.PERSONAL_DATA, ProblemKind.HOW_IT_WORKS, ProblemKind.OTHER),
}

SOONER = {ProblemKind.UNSAFE: 24, ProblemKind.PERSONAL_DATA: 48}
ANSWER_HOURS = {kind: SOONER.get(kind, 72) for kind in ProblemKind}
"""Hours to the first answer, by kind, published (Luật TMĐT 122/2025/QH15 Điều 7). One's own data: two working days at most."""

RESOLVE_DAYS = 7
"""Days until a problem is resolved, of every kind; what the house's rules say (`house.resolve` of the law table)."""


def answer_by(kind: ProblemKind, opened_at: datetime) -> datetime:
    """Until when the first answer is promised."""
    return opened_at + timedelta(hours=ANSWER_HOURS[kind])


def resolve_by(opened_at: datetime) -> datetime:
    """Until when it shall be resolved."""
    return opened_at + timedelta(days=RESOLVE_DAYS)


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


class Side(StrEnum):
    """Who speaks in a problem's conversation."""

    BUYER = "buyer"
    PRODUCER = "producer"
    DESK = "desk"


class Outcome(StrEnum):
    """How a problem was resolved."""

    SENT_AGAIN = "sent_again"
    MONEY_BACK = "money_back"
    EXCHANGED = "exchanged"
    ARRIVED = "arrived"
    EXPLAINED = "explained"
    OTHER = "other"


OUTCOME_LABELS = {
    Outcome.SENT_AGAIN: lazy("Đã gửi bù, gửi lại hàng"),
    Outcome.MONEY_BACK: lazy("Đã hoàn tiền"),
    Outcome.EXCHANGED: lazy("Đã đổi, nhận lại hàng"),
    Outcome.ARRIVED: lazy("Hàng đã tới nơi"),
    Outcome.EXPLAINED: lazy("Đã giải thích, hai bên đồng ý"),
    Outcome.OTHER: lazy("Cách khác"),
}

_DESK = frozenset({ActorKind.COORDINATOR, ActorKind.ADMIN})
_SELLER = frozenset({ActorKind.PRODUCER, ActorKind.HELPER})
_BUYER = frozenset({ActorKind.BUYER})
_UNDER_WAY = frozenset({ProblemState.OPEN, ProblemState.ANSWERED})

PROBLEM_MOVES = StateTable(
    ProblemState,
    {
        "answer": Move(_UNDER_WAY, ProblemState.ANSWERED, by=_DESK | _SELLER, label=lazy("Gửi câu trả lời")),
        "ask": Move(_UNDER_WAY, ProblemState.OPEN, by=_BUYER, label=lazy("Gửi tin nhắn")),
        "close": Move(_UNDER_WAY, ProblemState.CLOSED, by=_DESK | _SELLER, label=lazy("Đã giải quyết xong")),
        "fine": Move(frozenset(ProblemState), ProblemState.CLOSED, by=_BUYER, label=lazy("Đã ổn")),
        "not_fine": Move({ProblemState.CLOSED}, ProblemState.OPEN, by=_BUYER, label=lazy("Chưa ổn")),
        "reopen": Move({ProblemState.CLOSED}, ProblemState.OPEN, by=_DESK, label=lazy("Mở lại")),
    },
)
"""Of a problem about an order buyer, producer and desk speak with each other; of any other the desk alone answers."""


class Late(IntEnum):
    """How late a problem is, and who has been told: the coordinator first, a day later the province."""

    NOT = 0
    ANSWER = 1
    ANSWER_AGAIN = 2
    RESOLVING = 3
    RESOLVING_AGAIN = 4

    @property
    def to_province(self) -> bool:
        """Whether this is for the province."""
        return self in (Late.ANSWER_AGAIN, Late.RESOLVING_AGAIN)


LATE_AGAIN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Timing:
    """The dates of one problem. `answered_at`: the first answer; `closed_at` is None again when it was opened again."""

    kind: ProblemKind
    opened_at: datetime
    answered_at: datetime | None = None
    closed_at: datetime | None = None

    def late(self, now: datetime) -> Late:
        """The last of the limits that has passed by now."""
        if self.closed_at:
            return Late.NOT
        resolve = resolve_by(self.opened_at)
        limits = [(resolve + LATE_AGAIN, Late.RESOLVING_AGAIN), (resolve, Late.RESOLVING)]
        if self.answered_at is None:
            answer = answer_by(self.kind, self.opened_at)
            limits += [(answer + LATE_AGAIN, Late.ANSWER_AGAIN), (answer, Late.ANSWER)]
        return next((stage for limit, stage in limits if now > limit), Late.NOT)


@dataclass(frozen=True, slots=True)
class Figures:
    """How often and how fast problems were dealt with. `hours`: half of the first answers came within so many."""

    reported: int = 0
    answered: int = 0
    answered_in_time: int = 0
    hours: int | None = None
    resolved: int = 0
    resolved_in_time: int = 0
    late: int = 0


def figures(timings: Sequence[Timing], now: datetime) -> Figures:
    """What is published about these problems; every one counts, those that wait too long as late."""
    answered = [(one, one.answered_at) for one in timings if one.answered_at]
    resolved = [(one, one.closed_at) for one in timings if one.closed_at]
    waited = [(at - one.opened_at).total_seconds() / 3600 for one, at in answered]
    return Figures(
        reported=len(timings),
        answered=len(answered),
        answered_in_time=sum(at <= answer_by(one.kind, one.opened_at) for one, at in answered),
        hours=ceil(median(waited)) if waited else None,
        resolved=len(resolved),
        resolved_in_time=sum(at <= resolve_by(one.opened_at) for one, at in resolved),
        late=sum(one.late(now) is not Late.NOT for one in timings),
    )


TEXT_LENGTH = 2000
CONTACT_LENGTH = 120
MOST_MESSAGES = 80
"""Messages of one side in one problem; what is not said by then is said on the telephone."""


@dataclass(frozen=True)
class Report:
    """A problem as somebody wrote it. `contact`: a phone or an e-mail to answer to, may be empty."""

    kind: ProblemKind
    text: str
    contact: str = ""

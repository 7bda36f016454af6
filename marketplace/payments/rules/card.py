"""Cards: what is asked of the gateway, what it answers, and whether the answer is to what was asked. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from marketplace.kit.errors import AlreadyDecided, BadInput, Busy, Refused
from marketplace.kit.i18n import Text, lazy
from marketplace.kit.money import Dong

LEAST = Dong(15_000)
"""Stripe charges no less than half a US dollar."""

MOST = Dong(99_999_999)
"""Eight digits are the most of one charge (Stripe's API reference, 2026-10-28)."""

CURRENCY = "vnd"
PAGE_LIVES = timedelta(hours=1)
"""A page to pay on; Stripe allows 30 minutes to 24 hours."""

STALE = timedelta(minutes=25)
"""A page that was asked for so long ago, without an answer, is asked for anew: nobody was ever given its address."""

LOOK_AGAIN = timedelta(minutes=10)
"""News get lost: an open page is looked at this often."""

PAYOUT_DAYS = 3
MOST_PAYOUT_DAYS = 30


class PageState(StrEnum):
    """Where one page to pay on stands. `asked`: its key is stored, the answer is not known yet."""

    ASKED = "asked"
    OPEN = "open"
    COMPLETE = "complete"
    EXPIRED = "expired"
    FAILED = "failed"


LIVE_PAGES = (PageState.ASKED, PageState.OPEN)
"""A card may still be charged on these."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as the gateway itself shows it. `payment` is the payment's id once there is one; `ends_at`: no card is charged after it."""

    page: str
    status: str
    paid: bool
    amount: int
    currency: str
    reference: str
    livemode: bool
    payment: str
    url: str
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page was asked for."""

    amount: Dong
    reference: str
    livemode: bool


class Doubt(StrEnum):
    """Why a payment is not counted by itself and waits for a person."""

    AMOUNT = "amount"
    CURRENCY = "currency"
    REFERENCE = "reference"
    LIVEMODE = "livemode"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    BY_HAND = "by_hand"
    FORGOTTEN = "forgotten"
    REFUND_UNKNOWN = "refund_unknown"
    OLD_SAID = "old_said"
    OLD_SEEN = "old_seen"


DOUBTS: Mapping[Doubt, Text] = {
    Doubt.AMOUNT: lazy("Số tiền trả thẻ khác số tiền của đơn."),
    Doubt.CURRENCY: lazy("Trả thẻ bằng tiền khác, không phải đồng."),
    Doubt.REFERENCE: lazy("Mã ở trang thẻ khác mã của đơn."),
    Doubt.LIVEMODE: lazy("Tiền thử và tiền thật lẫn nhau."),
    Doubt.CLOSED: lazy("Trả vào khoản đã đóng vì đơn thay đổi."),
    Doubt.UNKNOWN: lazy("Trả thẻ cho một khoản mà chợ không có."),
    Doubt.BY_HAND: lazy(
        "Có người hoàn tiền thẳng ở Stripe, chợ không đề nghị. Chợ đã trừ vào đơn; xem đơn ấy còn giao không."
    ),
    Doubt.FORGOTTEN: lazy(
        "Chợ đã hoàn khoản này trước khi dựng lại từ bản sao, nay không còn nhớ vì sao. Chợ đã trừ vào đơn; xem đơn ấy còn giao không."
    ),
    Doubt.REFUND_UNKNOWN: lazy("Chợ đã hoàn khoản này cho một đơn mà nay chợ không còn."),
    Doubt.OLD_SAID: lazy("Người mua báo đã chuyển theo mã đã đóng."),
    Doubt.OLD_SEEN: lazy("Tiền về tài khoản với mã đã đóng."),
}


def doubt(asked: Asked, seen: Seen) -> Doubt | None:
    """The first thing in which the payment is not what was asked for, or None."""
    if seen.livemode is not asked.livemode:
        return Doubt.LIVEMODE
    if seen.currency != CURRENCY:
        return Doubt.CURRENCY
    if seen.amount != asked.amount:
        return Doubt.AMOUNT
    return None if seen.reference == asked.reference else Doubt.REFERENCE


def to_stripe(amount: Dong) -> int:
    """Dong have no smaller unit at Stripe: 120,000 is 120,000."""
    return int(amount)


@dataclass(frozen=True, slots=True)
class News:
    """A signed message from the gateway. `about` is the id of the thing it speaks of; its contents are not believed, only looked up."""

    id: str
    kind: str
    about: str
    livemode: bool
    raw: str


PAGE_NEWS = "checkout.session."
REFUND_NEWS = ("refund.", "charge.refund.")
DISPUTE_NEWS = "charge.dispute."


@dataclass(frozen=True, slots=True)
class Terms:
    """Who receives card money, and how many days after delivery a producer has hers."""

    bank_bin: str
    account_no: str
    holder: str
    days: int
    offered: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was asked for, with the key under which it is asked for however often."""

    row_id: int
    state: PageState
    key: str
    url: str
    page: str
    reference: str
    amount: Dong
    names: tuple[str, ...]
    token: str
    email: str
    ends_at: datetime
    language: str = "vi"


class CardNotOffered(Refused):
    """No keys, no account of the operator, or no rule for paying out."""

    message = lazy("Chợ chưa nhận trả bằng thẻ. Xin chọn chuyển khoản.")


class CardSumRefused(Refused):
    """Too little or too much for one card payment."""

    message = lazy("Trả thẻ được từ 15.000 ₫ đến 99.999.999 ₫. Xin chọn chuyển khoản.")


class CardUnreachable(Busy):
    """The gateway does not answer."""

    message = lazy("Trang trả thẻ chưa trả lời. Chưa có tiền nào bị trừ. Xin thử lại sau một phút.")


class NothingToPay(AlreadyDecided):
    """It is paid, or closed."""

    message = lazy("Khoản này không cần trả nữa.")


class PageStillOpen(AlreadyDecided):
    """A card may be charged at this moment; the page has to be closed at the gateway first."""

    message = lazy("Trang trả thẻ của đơn này đang mở. Xin thử lại.")


class BadTerms(BadInput):
    """A number of days nobody means."""

    message = lazy("Số ngày từ 0 đến 30, ví dụ 3.")


class NoteNeeded(BadInput):
    """The next person must be able to read what was done."""

    message = lazy("Xin ghi đã làm gì, ví dụ: đã hoàn ở Stripe.")

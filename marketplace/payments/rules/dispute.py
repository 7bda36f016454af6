"""A cardholder tells the bank that a payment was not right: the bank takes the money back at once, and decides weeks later. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from marketplace.kit.errors import Refused
from marketplace.kit.i18n import Text, lazy
from marketplace.kit.money import Dong


class DisputeState(StrEnum):
    """Where a dispute stands. `inquiry`: the bank only asks, no money has moved."""

    INQUIRY = "inquiry"
    OPEN = "open"
    WON = "won"
    LOST = "lost"


ENDED = (DisputeState.WON, DisputeState.LOST)

GATEWAY_SAYS = {
    "warning_needs_response": DisputeState.INQUIRY,
    "warning_under_review": DisputeState.INQUIRY,
    "warning_closed": DisputeState.WON,
    "needs_response": DisputeState.OPEN,
    "under_review": DisputeState.OPEN,
    "won": DisputeState.WON,
    "lost": DisputeState.LOST,
}
"""Stripe's words (API reference, 2026-10-28); one we do not know counts as open: money is held back rather than paid twice."""

DISPUTE_WORDS: Mapping[DisputeState, Text] = {
    DisputeState.INQUIRY: lazy("Ngân hàng của thẻ mới hỏi, chưa rút tiền."),
    DisputeState.OPEN: lazy("Ngân hàng của thẻ đã rút tiền về, chờ xem xét."),
    DisputeState.WON: lazy("Ngân hàng đã trả tiền lại cho chợ."),
    DisputeState.LOST: lazy("Ngân hàng giữ tiền cho chủ thẻ."),
}


@dataclass(frozen=True, slots=True)
class SeenDispute:
    """A dispute as the gateway itself shows it."""

    id: str
    payment: str
    amount: int
    state: DisputeState
    reason: str
    answer_by: datetime | None


def may_follow(before: DisputeState, after: DisputeState) -> bool:
    """News come in any order: what has ended stays ended, and no money moves back to being asked about."""
    if before in ENDED:
        return False
    return not (before is DisputeState.OPEN and after is DisputeState.INQUIRY)


def parts(amount: Dong, left: Mapping[int, Dong]) -> dict[int, Dong]:
    """What of a disputed sum falls to each order, the first filled first as money was; what exceeds them all is nobody's share."""
    found: dict[int, Dong] = {}
    for order_id, most in left.items():
        part = Dong(max(0, min(amount, most)))
        if part:
            found[order_id], amount = part, Dong(amount - part)
    return found


class PaymentDisputed(Refused):
    """The bank has taken the money away for now: what is sent back now may go back twice."""

    message = lazy("Ngân hàng của thẻ đang xem lại khoản này. Chờ ngân hàng quyết định xong mới hoàn được.")

"""Money on its way back to a card. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from marketplace.kit.money import Dong


class CardRefundState(StrEnum):
    """Where a refund asked of the gateway stands. `asked`: its key is stored, the answer is not known yet."""

    ASKED = "asked"
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


GATEWAY_SAYS = {
    "pending": CardRefundState.PENDING,
    "requires_action": CardRefundState.PENDING,
    "succeeded": CardRefundState.SUCCEEDED,
    "failed": CardRefundState.FAILED,
    "canceled": CardRefundState.FAILED,
}


@dataclass(frozen=True, slots=True)
class SeenRefund:
    """A refund as the gateway itself shows it; `key` is ours."""

    id: str
    key: str
    payment: str
    amount: int
    status: CardRefundState
    why: str = ""


@dataclass(frozen=True, slots=True)
class RefundAsk:
    """A refund to ask for, however often, under one key."""

    key: str
    payment: str
    amount: Dong


def spread(amount: Dong, left: Sequence[tuple[str, Dong]]) -> list[tuple[str, Dong]]:
    """`amount` over payments that still hold so much, the newest (last) first; less than `amount` in all when they hold less."""
    parts: list[tuple[str, Dong]] = []
    for payment, most in reversed(left):
        part = Dong(min(amount, most))
        if part > 0:
            parts.append((payment, part))
            amount = Dong(amount - part)
    return parts

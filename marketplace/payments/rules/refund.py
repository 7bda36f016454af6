"""Money on its way back: which lines it falls to, and how it reaches a card. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from marketplace.kit.errors import BadInput, Refused
from marketplace.kit.i18n import lazy
from marketplace.kit.money import Dong, split


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


class BadUnits(BadInput):
    """How many go back is not written as a number."""

    message = lazy("Gõ số lượng hoàn bằng chữ số, ví dụ: 1. Không hoàn món nào thì gõ 0.")


@dataclass(frozen=True, slots=True)
class SeenRefund:
    """A refund as the gateway itself shows it. `key`, `order`, `cause` are what we wrote on it; empty when somebody made it by hand."""

    id: str
    key: str
    payment: str
    amount: int
    status: CardRefundState
    why: str = ""
    order: str = ""
    cause: str = ""


@dataclass(frozen=True, slots=True)
class RefundAsk:
    """A refund to ask for, however often, under one key. `order` (its code) and `cause` say what it is for, should we forget."""

    key: str
    payment: str
    amount: Dong
    order: str
    cause: str


def spread(amount: Dong, left: Sequence[tuple[str, Dong]]) -> list[tuple[str, Dong]]:
    """`amount` over payments that still hold so much, the newest (last) first; less than `amount` in all when they hold less."""
    parts: list[tuple[str, Dong]] = []
    for payment, most in reversed(left):
        part = Dong(min(amount, most))
        if part > 0:
            parts.append((payment, part))
            amount = Dong(amount - part)
    return parts


FEE, EXCESS = "fee", "excess"


class NothingToRefund(BadInput):
    """Nothing was chosen, or nothing is left of it."""

    message = lazy("Chọn ít nhất một món để hoàn, ví dụ: 1 hộp.")


class TooMuchToRefund(Refused):
    """More than was received and has not gone back, or is not on its way."""

    message = lazy("Số tiền hoàn lớn hơn số còn giữ của đơn này. Xin xem lại.")


def allocate(amount: Dong, left: Mapping[str, Dong]) -> dict[str, Dong]:
    """`amount` over the parts of an order by what is left of each, by largest remainder; what exceeds them all is `excess`."""
    within = Dong(min(amount, sum(left.values())))
    parts = dict(zip(left, split(within, list(left.values())), strict=True)) if within else {}
    parts[EXCESS] = Dong(amount - within)
    return {part: share for part, share in parts.items() if share > 0}


def shares_of_lines(received: Dong, worth: Mapping[str, Dong]) -> dict[str, Dong]:
    """What of the money received falls to each part of the order; never more than it is worth."""
    whole = sum(worth.values())
    if received >= whole:
        return dict(worth)
    return dict(zip(worth, split(received, list(worth.values())), strict=True))


def of_units(units: int, quantity: int, worth: Dong) -> Dong:
    """What so many units of a line are worth, the rounding to the first: all of them are the whole line."""
    return Dong(sum(split(worth, [1] * quantity)[:units]))

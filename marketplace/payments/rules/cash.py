"""Cash at the door or at the stall: where it stands, computed from the facts, and who may pay like that. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from marketplace.kit.errors import AlreadyDecided, Refused
from marketplace.kit.i18n import lazy
from marketplace.kit.money import Dong
from marketplace.orders.rules import BUYER_MAY_CANCEL, OrderState, Way
from marketplace.payments.rules.money import Fact, FactKind, Method, unique

CASH = frozenset({Method.COD, Method.STALL})
"""Ways to pay that need no money before the order is accepted."""

WAY_OF: Mapping[Method, Way] = {Method.COD: Way.SHIP, Method.STALL: Way.COLLECT}

ANSWER_WITHIN = BUYER_MAY_CANCEL
"""Nobody has paid, so a producer who says nothing for 48 hours lets the order lapse; the goods go back on the shelf."""

LATE = timedelta(days=14)
"""A house rule: cash that a carrier still holds so long after delivery is shown to the coordinator."""


class CashState(StrEnum):
    """Where the cash of an order stands. `remitted`: some of it is in the producer's hands, not all."""

    TO_COLLECT = "to_collect"
    COLLECTED = "collected"
    REMITTED = "remitted"
    SETTLED = "settled"


class CashNotOffered(Refused):
    """The stall takes no cash for this order."""

    message = lazy("Đơn này không trả tiền mặt được. Xin chọn cách trả khác.")


class NoCashNow(AlreadyDecided):
    """Cash can be told of an order only while its parcel is out, or after it has come."""

    message = lazy("Đơn này không còn chờ tiền mặt. Xin xem lại trang đơn.")


@dataclass(frozen=True, slots=True)
class Cash:
    """The cash of one order, in dong: what the buyer handed over, what the producer has, what she no longer asks for."""

    state: CashState
    due: Dong
    collected: Dong
    in_hand: Dong
    waived: Dong

    @property
    def short(self) -> Dong:
        """What the buyer handed over less than was due."""
        return Dong(max(0, self.due - self.collected))

    @property
    def held(self) -> Dong:
        """What was handed over and has not reached the producer."""
        return Dong(max(0, self.collected - self.in_hand))

    @property
    def open(self) -> Dong:
        """What the producer still waits for."""
        return Dong(max(0, max(self.due, self.collected) - self.in_hand - self.waived))

    @property
    def awaited(self) -> Dong:
        """What comes next: all that was handed over and has not arrived, else what is still open."""
        return self.held or self.open

    @property
    def differs(self) -> bool:
        """Some money was told, and its sums do not fit: too little or too much was taken, or only a part was passed on."""
        told = bool(self.collected)
        return told and bool(self.open) and (self.collected != self.due or 0 < self.in_hand < self.collected)


def cash(facts: Iterable[Fact], due: Dong) -> Cash:
    """Where `due` dong stand. Money in the producer's hands was handed over, whether or not anybody said so before."""
    known = unique(facts)

    def total(*kinds: FactKind) -> Dong:
        return Dong(sum(fact.amount for fact in known if fact.kind in kinds))

    in_hand, waived = total(FactKind.REMITTED, FactKind.RECEIVED), total(FactKind.WAIVED)
    collected = Dong(max(total(FactKind.COLLECTED), in_hand))
    return Cash(_state(max(due, collected), collected, in_hand, waived), due, collected, in_hand, waived)


def _state(wanted: int, collected: int, in_hand: int, waived: int) -> CashState:
    if in_hand + waived >= wanted:
        return CashState.SETTLED
    if in_hand:
        return CashState.REMITTED
    return CashState.COLLECTED if collected else CashState.TO_COLLECT


def may_tell(state: OrderState, way: Way) -> bool:
    """Whether cash of such an order can have changed hands: its parcel is out, or it is ready to be fetched."""
    out = OrderState.HANDED_OVER if way is Way.SHIP else OrderState.READY
    return state in (out, OrderState.DELIVERED)


def lapses_at(placed_at: datetime) -> datetime:
    """When an order that nobody accepted lets its goods go."""
    return placed_at + ANSWER_WITHIN


@dataclass(frozen=True, slots=True)
class Takes:
    """What a stall takes: cash from the carrier, cash at the stall. Both may be switched off."""

    cod: bool
    stall: bool


def cash_method(way: Way | None, takes: Takes, *, adult: bool) -> Method | None:
    """The one way to pay cash for this part of a cart. Never with an alcoholic drink in it.

    Sold online, such a drink is paid without cash (Luật 44/2019/QH14, `law.table`: alcohol.degree).
    """
    if adult or way is None:
        return None
    if way is Way.SHIP:
        return Method.COD if takes.cod else None
    return Method.STALL if takes.stall else None

"""Card payments that a bank took back for now: what is blocked by them, and what each side reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select

from marketplace.kit import clock, db
from marketplace.kit.i18n import Text
from marketplace.kit.money import Dong
from marketplace.orders.models import Order
from marketplace.orders.rules import show_code
from marketplace.payments.models import CardDispute, DisputeShare, PaymentRequest, PaymentShare
from marketplace.payments.queries.lines import owed_in_all
from marketplace.payments.rules.dispute import DISPUTE_WORDS, DisputeState
from marketplace.producers.models import Producer

SHOWN_AFTER = timedelta(days=30)
"""What has been decided stays on the desk so long."""


def is_disputed(request_id: int) -> bool:
    """Whether a bank holds money of this request at the moment."""
    query = select(CardDispute.id).where(CardDispute.request_id == request_id, CardDispute.state == DisputeState.OPEN)
    return db.session.scalar(query.limit(1)) is not None


def kept_of(shares: Sequence[PaymentShare]) -> dict[int, Dong]:
    """What is kept of each order: received less all that has to go back, and less what other open disputes hold."""
    held = (
        select(DisputeShare.order_id, func.sum(DisputeShare.amount))
        .join(CardDispute, CardDispute.id == DisputeShare.dispute_id)
        .where(CardDispute.state == DisputeState.OPEN, DisputeShare.order_id.in_([part.order_id for part in shares]))
        .group_by(DisputeShare.order_id)
    )
    taken = {row[0]: int(row[1]) for row in db.session.execute(held)}
    return {
        part.order_id: Dong(max(0, part.received - owed_in_all(part.order_id) - taken.get(part.order_id, 0)))
        for part in shares
    }


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """A dispute as a person reads it: `orders` are codes with their stalls."""

    amount: Dong
    reference: str
    words: Text
    open: bool
    orders: list[str]
    opened_at: datetime
    answer_by: datetime | None
    gateway_id: str


def for_desk() -> list[DisputeLine]:
    """Open ones, and those decided in the last month; the oldest first."""
    recent = or_(CardDispute.ended_at.is_(None), CardDispute.ended_at > clock.now() - SHOWN_AFTER)
    query = (
        select(CardDispute, PaymentRequest.reference)
        .join(PaymentRequest, PaymentRequest.id == CardDispute.request_id)
        .where(recent)
        .order_by(CardDispute.id)
        .limit(100)
    )
    rows = db.session.execute(query).all()
    names = orders_of({row.request_id for row, _reference in rows})
    return [
        DisputeLine(
            row.amount, reference, DISPUTE_WORDS[row.state], row.ended_at is None, names.get(row.request_id, []),
            row.opened_at, row.answer_by, row.gateway_id,
        )
        for row, reference in rows
    ]  # fmt: skip


def orders_of(request_ids: set[int]) -> dict[int, list[str]]:
    """Codes and stalls of the orders that each request pays."""
    query = (
        select(PaymentShare.request_id, Order.code, Producer.name)
        .join(Order, Order.id == PaymentShare.order_id)
        .join(Producer, Producer.id == Order.producer_id)
        .where(PaymentShare.request_id.in_(request_ids))
        .order_by(Order.id)
    )
    found: dict[int, list[str]] = {}
    for request_id, code, stall in db.session.execute(query):
        found.setdefault(request_id, []).append(f"{show_code(code)} ({stall})")
    return found


@dataclass(frozen=True, slots=True)
class HeldLine:
    """Money of one order that a bank holds, for its producer."""

    code: str
    amount: Dong


def held_of(producer_id: int) -> list[HeldLine]:
    """Her orders whose card money a bank holds now."""
    query = (
        select(Order.code, DisputeShare.amount)
        .join(Order, Order.id == DisputeShare.order_id)
        .join(CardDispute, CardDispute.id == DisputeShare.dispute_id)
        .where(Order.producer_id == producer_id, CardDispute.state == DisputeState.OPEN)
        .order_by(Order.id)
    )
    return [HeldLine(code, amount) for code, amount in db.session.execute(query)]

"""What of an order's money belongs to each of its lines, and what of it has not gone back."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from marketplace.kit import db
from marketplace.kit.money import Dong
from marketplace.orders.models import Order, OrderLine
from marketplace.orders.rules import OrderState
from marketplace.payments.models import PaymentShare, RefundDue, RefundLine
from marketplace.payments.queries.facts import current
from marketplace.payments.rules.refund import FEE, shares_of_lines


def line_part(line_id: int) -> str:
    """The name of a line among the parts of a refund."""
    return f"line:{line_id}"


def left_of(order: Order, received: Dong, *, without: int | None = None) -> dict[str, Dong]:
    """Dong that each part of the order still holds, `without` one refund's own allocation. Parts in the order of the lines."""
    lines = db.session.execute(
        select(OrderLine.id, OrderLine.total).where(OrderLine.order_id == order.id).order_by(OrderLine.id)
    )
    worth = {line_part(row.id): Dong(row.total) for row in lines} | ({FEE: order.fee} if order.fee else {})
    shares = shares_of_lines(received, worth)
    for part, amount in _gone(order.id, without).items():
        if part in shares:
            shares[part] = Dong(max(0, shares[part] - amount))
    return shares


def _gone(order_id: int, without: int | None) -> dict[str, int]:
    query = (
        select(RefundLine.part, func.sum(RefundLine.amount))
        .join(RefundDue, RefundDue.id == RefundLine.refund_id)
        .where(RefundDue.order_id == order_id, RefundDue.id != (without or 0))
        .group_by(RefundLine.part)
    )
    return {row[0]: int(row[1]) for row in db.session.execute(query)}


def units_back(order_id: int) -> dict[int, int]:
    """Units of each line that were refunded as such."""
    query = (
        select(RefundLine.line_id, func.sum(RefundLine.units))
        .join(RefundDue, RefundDue.id == RefundLine.refund_id)
        .where(RefundDue.order_id == order_id, RefundLine.line_id.is_not(None))
        .group_by(RefundLine.line_id)
    )
    return {int(row[0] or 0): int(row[1]) for row in db.session.execute(query)}


def owed_in_all(order_id: int) -> Dong:
    """Everything that went back of an order, is on its way, or has to go back."""
    query = select(func.coalesce(func.sum(RefundDue.amount), 0)).where(RefundDue.order_id == order_id)
    return Dong(int(db.session.scalar(query) or 0))


@dataclass(frozen=True, slots=True)
class LeftLine:
    """A line that can still be refunded: how many units, and what they are worth. Dong."""

    line_id: int
    name: str
    unit: str
    units: int
    amount: Dong


@dataclass(frozen=True, slots=True)
class Refundable:
    """What of an order can still go back. `goods`: units may come back to the shelf, if its producer says so."""

    lines: Sequence[LeftLine]
    fee: Dong
    goods: bool

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to give back."""
        return not self.lines and not self.fee


def refundable(order_id: int) -> Refundable:
    """For the page on which a producer gives a part back."""
    order = db.session.get_one(Order, order_id)
    received = db.session.scalar(select(PaymentShare.received).where(PaymentShare.order_id == order_id, current())) or 0
    kept = Dong(max(0, received - owed_in_all(order_id)))
    left, before = left_of(order, Dong(received)), units_back(order_id)
    lines = []
    for line in db.session.scalars(select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.id)):
        units, amount = line.quantity - before.get(line.id, 0), min(left[line_part(line.id)], kept)
        if units > 0 and amount > 0:
            lines.append(LeftLine(line.id, f"{line.name}, {line.variant_label}", line.unit, units, Dong(amount)))
    goods = order.state in (OrderState.HANDED_OVER, OrderState.DELIVERED)
    return Refundable(lines, min(left.get(FEE, Dong(0)), kept), goods)

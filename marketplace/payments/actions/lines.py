"""A part of an order's money goes back, line by line: the producer agrees, in any state, never more than is kept."""

from collections.abc import Mapping

from sqlalchemy import select

from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.kit.money import Dong, show_dong
from marketplace.kit.text import nfc
from marketplace.orders import actions as orders
from marketplace.orders.models import Order, OrderLine
from marketplace.orders.rules import OrderState, ReasonNeeded
from marketplace.payments.actions.facts import lock_request_of, open_refund
from marketplace.payments.models import RefundDue, RefundLine
from marketplace.payments.queries.disputes import is_disputed
from marketplace.payments.queries.facts import shares_of
from marketplace.payments.queries.lines import left_of, line_part, owed_in_all, units_back
from marketplace.payments.rules.dispute import PaymentDisputed
from marketplace.payments.rules.refund import FEE, NothingToRefund, TooMuchToRefund, of_units

GOODS_MAY_COME_BACK = (OrderState.HANDED_OVER, OrderState.DELIVERED)
"""Before, goods come back with the order; afterwards only these units, and only when the producer says so."""


@db.action
def refund_lines(
    actor: Actor, order_id: int, units: Mapping[int, int], *, fee: bool, reason: str, goods_back: bool, key: str
) -> int:
    """Give back so many units of these lines, with `fee` the fee too; the refund's id. The page's `key` makes a second press the same.

    Refuses: not hers (NotYours); no reason (ReasonNeeded); nothing chosen or left (NothingToRefund); more than is kept (TooMuchToRefund);
    a bank holds the money (PaymentDisputed).
    """
    request = lock_request_of(order_id)
    order = db.locked(Order, order_id)
    actor.require_producer(order.producer_id)
    cause, reason = f"lines:{key}"[:40], nfc(reason)[:300]
    if known := _known(order_id, cause):
        return known
    if not reason:
        raise ReasonNeeded(field="reason")
    received = next(part.received for part in shares_of(request.id) if part.order_id == order_id)
    if is_disputed(request.id):
        raise PaymentDisputed
    chosen = _chosen(order, received, units, fee=fee)
    amount = Dong(sum(row.amount for row in chosen))
    if amount > received - owed_in_all(order_id):
        raise TooMuchToRefund
    refund_id = open_refund(order, amount, request.method, cause=cause, reason=reason, agreed=True)
    for row in chosen:
        row.refund_id = refund_id
    db.session.add_all(chosen)
    db.session.flush()
    orders.record(actor, "refund_agreed", order_id, f"{show_dong(amount)}. {reason}")
    if goods_back and order.state in GOODS_MAY_COME_BACK:
        orders.take_units_back(actor, order_id, {row.line_id: row.units for row in chosen if row.line_id}, refund_id)
    return refund_id


def _known(order_id: int, cause: str) -> int | None:
    return db.session.scalar(select(RefundDue.id).where(RefundDue.order_id == order_id, RefundDue.cause == cause))


def _chosen(order: Order, received: Dong, units: Mapping[int, int], *, fee: bool) -> list[RefundLine]:
    """The parts that go back, each no more than is left of it."""
    left, before = left_of(order, received), units_back(order.id)
    found = []
    for line in db.session.scalars(select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.id)):
        wanted, gone = units.get(line.id, 0), before.get(line.id, 0)
        if not 0 <= wanted <= line.quantity - gone:
            raise TooMuchToRefund
        worth = of_units(gone + wanted, line.quantity, line.total) - of_units(gone, line.quantity, line.total)
        amount = min(Dong(worth), left[line_part(line.id)])
        if amount > 0:
            found.append(RefundLine(part=line_part(line.id), line_id=line.id, units=wanted, amount=amount))
    if fee and left.get(FEE):
        found.append(RefundLine(part=FEE, line_id=None, units=0, amount=left[FEE]))
    if not found:
        raise NothingToRefund(field="units")
    return found

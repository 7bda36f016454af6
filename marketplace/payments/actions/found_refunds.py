"""Refunds that the gateway knows and we did not ask for, or no longer know of: what went back is counted, whoever sent it."""

from sqlalchemy import delete, select

from marketplace.kit import clock, db, outbox
from marketplace.kit.actor import Actor
from marketplace.kit.i18n import lazy
from marketplace.kit.money import Dong, show_dong
from marketplace.orders import actions as orders
from marketplace.orders.models import Order
from marketplace.payments.actions.facts import follow
from marketplace.payments.models import (
    CardRefund,
    MoneyDoubt,
    PaymentRequest,
    PaymentShare,
    RefundDue,
    RefundLine,
)
from marketplace.payments.queries.cards import request_of_payment
from marketplace.payments.queries.facts import shares_of
from marketplace.payments.queries.lines import left_of
from marketplace.payments.rules import Method
from marketplace.payments.rules.card import CURRENCY, Doubt
from marketplace.payments.rules.refund import EXCESS, CardRefundState, SeenRefund, allocate

SOURCE = "stripe"
TAKEN_UP = "at-"
"""How our keys begin for refunds that were not asked for under one."""

OURS = "rf-"
AT_GATEWAY = "gateway:"
"""How the cause of a refund begins that was made outside the market."""

MADE_OUTSIDE = lazy("Đã hoàn vào thẻ ở Stripe, ngoài chợ.")


def missing_of(refund: RefundDue) -> Dong:
    """What of a refund the gateway has not been asked for, or has refused."""
    going = select(CardRefund.amount).where(
        CardRefund.refund_id == refund.id, CardRefund.state != CardRefundState.FAILED
    )
    return Dong(max(0, refund.amount - sum(db.session.scalars(going))))


def take_up(actor: Actor, seen: SeenRefund) -> list[CardRefund]:
    """Rows for what went back: first it pays refunds that are owed, the rest is one of its own that a person looks at."""
    request_id = request_of_payment(seen.payment)
    if seen.status is CardRefundState.FAILED or seen.amount <= 0:
        return []
    if request_id is None:
        if seen.key.startswith(OURS):
            _ask_a_person(Doubt.REFUND_UNKNOWN, seen, None)
        return []
    request = db.locked(PaymentRequest, request_id)
    parts = _owed(request, seen)
    rest = seen.amount - sum(amount for _refund, amount in parts)
    if rest:
        parts += _beyond(actor, request, seen, Dong(rest))
        _ask_a_person(Doubt.FORGOTTEN if seen.key else Doubt.BY_HAND, seen, request)
    rows = [_row(request, refund, seen, amount, number) for number, (refund, amount) in enumerate(parts)]
    db.session.add_all(rows)
    db.session.flush()
    for refund, _amount in parts:
        if missing_of(refund) and refund.failed_at is None:
            outbox.add("card.refund", refund_id=refund.id)
    return rows


def _owed(request: PaymentRequest, seen: SeenRefund) -> list[tuple[RefundDue, Dong]]:
    """Open refunds that this one pays: exactly the one it was made for, or, made by hand, the oldest first."""
    query = (
        select(RefundDue, Order.code)
        .join(Order, Order.id == RefundDue.order_id)
        .join(PaymentShare, PaymentShare.order_id == Order.id)
        .where(PaymentShare.request_id == request.id, RefundDue.method == Method.CARD)
        .where(RefundDue.sent_at.is_(None), RefundDue.amount > 0)
        .order_by(RefundDue.id)
    )
    found, rest = [], seen.amount
    for refund, code in db.session.execute(query):
        part = min(rest, missing_of(refund))
        if part > 0 and (not seen.cause or (code, refund.cause) == (seen.order, seen.cause)):
            refund.asked_at = refund.asked_at or clock.now()
            found.append((refund, Dong(part)))
            rest -= part
    db.session.flush()
    return found


def _beyond(actor: Actor, request: PaymentRequest, seen: SeenRefund, amount: Dong) -> list[tuple[RefundDue, Dong]]:
    """Nobody owes it: it falls to the order it names, or to the request's orders by what is kept of each."""
    shares = {part.order_id: part for part in shares_of(request.id)}
    orders_ = [db.session.get_one(Order, order_id) for order_id in shares]
    named = [order for order in orders_ if order.code == seen.order] or orders_
    kept = {str(order.id): Dong(max(0, shares[order.id].received - _settled(order.id))) for order in named}
    falls = allocate(amount, kept)
    first, excess = str(named[0].id), falls.pop(EXCESS, Dong(0))
    if excess:
        falls[first] = Dong(falls.get(first, 0) + excess)
    return [
        (_new_refund(actor, order, seen, falls[str(order.id)], shares[order.id].received), falls[str(order.id)])
        for order in named
        if str(order.id) in falls
    ]


def _settled(order_id: int) -> int:
    """What of an order went back, is on its way, or was agreed on."""
    rows = db.session.scalars(select(RefundDue).where(RefundDue.order_id == order_id))
    return sum(row.amount for row in rows if row.sent_at or row.returned_at or row.asked_at or row.agreed)


def _new_refund(actor: Actor, order: Order, seen: SeenRefund, amount: Dong, received: Dong) -> RefundDue:
    orders.record(actor, "card_refund_found", order.id, show_dong(amount))
    return write_gone(order, amount, received, cause=f"{AT_GATEWAY}{seen.id}", reason=str(MADE_OUTSIDE))


def write_gone(order: Order, amount: Dong, received: Dong, *, cause: str, reason: str) -> RefundDue:
    """A refund that nobody has to make any more, with the parts it falls to."""
    now = clock.now()
    refund = RefundDue(
        order_id=order.id,
        cause=cause[:40],
        amount=amount,
        reason=reason,
        opened_at=now,
        asked_at=now,
        method=Method.CARD,
        agreed=True,
    )
    db.session.add(refund)
    db.session.flush()
    for part, share in allocate(amount, left_of(order, received, without=refund.id)).items():
        line_id = int(part.removeprefix("line:")) if part.startswith("line:") else None
        db.session.add(RefundLine(refund_id=refund.id, part=part, line_id=line_id, units=0, amount=share))
    db.session.flush()
    return refund


def _row(request: PaymentRequest, refund: RefundDue, seen: SeenRefund, amount: Dong, number: int) -> CardRefund:
    return CardRefund(
        key=seen.key if seen.key and number == 0 else f"{TAKEN_UP}{seen.id}-{number}",
        refund_id=refund.id,
        request_id=request.id,
        payment=seen.payment,
        amount=amount,
        state=CardRefundState.PENDING,
        gateway_id=seen.id if number == 0 else None,
        asked_at=clock.now(),
    )


def _ask_a_person(why: Doubt, seen: SeenRefund, request: PaymentRequest | None) -> None:
    values = {
        "source": SOURCE,
        "source_id": seen.id,
        "request_id": request.id if request else None,
        "why": why,
        "amount": seen.amount,
        "currency": CURRENCY,
        "reference": request.reference if request else seen.order,
        "opened_at": clock.now(),
        "note": "",
    }
    db.insert_once(MoneyDoubt, values, unique=("source", "source_id"))


def undo(actor: Actor, request: PaymentRequest, refund: RefundDue) -> None:
    """A refund made outside came back: nothing went, and nobody owed it."""
    refund.amount, refund.failed_at = Dong(0), None
    gone = delete(RefundLine).where(RefundLine.refund_id == refund.id)
    db.session.execute(gone, execution_options={"synchronize_session": False})
    follow(actor, request)

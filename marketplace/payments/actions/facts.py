"""Writing down what was seen of money, and everything that follows from it: clocks, late money, refunds."""

from sqlalchemy import delete, or_, select

from marketplace.kit import clock, db, outbox
from marketplace.kit.actor import Actor
from marketplace.kit.i18n import lazy
from marketplace.kit.money import Dong
from marketplace.orders import actions as orders
from marketplace.orders.models import Order
from marketplace.orders.rules import CLOSED, OrderState
from marketplace.payments.models import MoneyFact, PaymentRequest, PaymentShare, RefundDue, RefundLine
from marketplace.payments.queries.facts import asked_anew, cash_of, current, known_of, parts_of, shares_of
from marketplace.payments.queries.lines import left_of
from marketplace.payments.rules import CASH, Fact, Method, Money, Share, hold_until, owed_back, share_state, shares
from marketplace.payments.rules.cash import lapses_at
from marketplace.payments.rules.refund import allocate

REASONS = {
    OrderState.CANCELLED: lazy("Đơn đã hủy."),
    OrderState.EXPIRED: lazy("Tiền đến sau khi hết hạn giữ hàng, và hàng đã hết."),
}
TOO_MUCH = lazy("Tiền chuyển nhiều hơn tổng đơn.")


def lock_request_of(order_id: int) -> PaymentRequest:
    """The request an order is paid by. Requests are locked before orders everywhere, so that nobody waits in a circle."""
    query = select(PaymentShare.request_id).where(PaymentShare.order_id == order_id, current())
    request_id = db.session.scalars(query).one()
    while True:
        request = db.locked(PaymentRequest, request_id)
        request_id = db.session.scalars(query).one()  # another one may have taken its place while we waited
        if request_id == request.id:
            return request


def add_fact(actor: Actor, request: PaymentRequest, fact: Fact, note: str = "", order_id: int | None = None) -> bool:
    """Write a fact down once; whether it is news."""
    values = {
        "source": fact.source,
        "source_id": fact.source_id,
        "kind": fact.kind,
        "request_id": request.id,
        "order_id": order_id,
        "amount": fact.amount,
        "at": fact.at,
        "actor_user_id": actor.user_id,
        "note": note,
    }
    return db.insert_once(MoneyFact, values, unique=("source", "source_id")) is not None


def follow(actor: Actor, request: PaymentRequest) -> Money:
    """Compute the request anew from its facts and let every order of it follow."""
    known = known_of(request)
    parts = shares_of(request.id)
    dealt = shares(known, parts_of(request.id))
    if sum([_revive(actor, part.order_id, share) for part, share in zip(parts, dealt, strict=True)]):
        dealt = shares(known, parts_of(request.id))  # what goes on is paid first
    for part, share in zip(parts, dealt, strict=True):
        part.state = share_state(share, answered=known.answered_at is not None)
        part.received, part.claimed = share.received, share.claimed
        if request.method in CASH:
            cash = cash_of(request)
            part.cash, part.in_hand = cash.state, cash.in_hand
        _follow_order(actor, part.order_id, known, share, request)
    return known


def all_closed(request_id: int) -> bool:
    """Whether every order of the request ended without goods."""
    query = (
        select(Order.id)
        .join(PaymentShare, PaymentShare.order_id == Order.id)
        .where(PaymentShare.request_id == request_id, Order.state.not_in(CLOSED))
    )
    return db.session.scalar(query.limit(1)) is None


def _revive(actor: Actor, order_id: int, share: Share) -> bool:
    order = db.locked(Order, order_id)
    late = order.state is OrderState.EXPIRED and (share.received or share.claimed)
    return bool(late) and not _went_back(order_id) and orders.revive(actor, order_id)


def _follow_order(actor: Actor, order_id: int, known: Money, share: Share, request: PaymentRequest) -> None:
    order = db.locked(Order, order_id)
    if order.state is OrderState.PLACED and request.method in CASH:
        orders.set_clocks(actor, order_id, hold_until=lapses_at(order.placed_at), silent_since=order.placed_at)
    elif order.state is OrderState.PLACED:
        until = (
            hold_until(order.placed_at, known, *asked_anew(request))
            if request.turn
            else hold_until(order.placed_at, known)
        )
        since = known.since or ((order.silent_since or clock.now()) if share.paid else None)
        orders.set_clocks(actor, order_id, hold_until=until, silent_since=since)
    _follow_refunds(order, share, request.method)


def _went_back(order_id: int) -> bool:
    """Money of an expired order that has been sent back, or is on its way, is no reason to hold goods again."""
    gone = or_(RefundDue.sent_at.is_not(None), RefundDue.asked_at.is_not(None))
    query = select(RefundDue.id).where(RefundDue.order_id == order_id, gone)
    return db.session.scalar(query.limit(1)) is not None


def _follow_refunds(order: Order, share: Share, method: Method) -> None:
    """One open row says what still has to go back; rows that were sent, asked of the gateway or agreed on stay as they are."""
    closed = order.state in CLOSED
    rows = db.session.scalars(select(RefundDue).where(RefundDue.order_id == order.id).order_by(RefundDue.id)).all()
    settled = [row for row in rows if row.sent_at or row.returned_at or row.asked_at or row.agreed]
    waiting = next((row for row in rows if row not in settled), None)
    counted = [row for row in settled if closed or not row.agreed]  # what was agreed on is no part of "too much"
    amount = Dong(max(0, owed_back(share, closed=closed) - sum(row.amount for row in counted)))
    if waiting is None and amount:
        cause = f"{order.state.value if closed else 'over'}:{len(rows)}"
        _allocate(order, open_refund(order, amount, method, cause=cause), amount, share, closed=closed)
    elif waiting is not None and waiting.amount != amount:
        waiting.amount, waiting.reason = amount, _reason(order)
        _allocate(order, waiting.id, amount, share, closed=closed)


def _allocate(order: Order, refund_id: int, amount: Dong, share: Share, *, closed: bool) -> None:
    """Every dong that goes back falls to a line, to the fee, or to what was paid too much."""
    db.session.execute(
        delete(RefundLine).where(RefundLine.refund_id == refund_id), execution_options={"synchronize_session": False}
    )
    came = Dong(share.received + share.claimed)
    left = left_of(order, came, without=refund_id) if closed else {}
    for part, part_amount in allocate(amount, left).items():
        line_id = int(part.removeprefix("line:")) if part.startswith("line:") else None
        db.session.add(RefundLine(refund_id=refund_id, part=part, line_id=line_id, units=0, amount=part_amount))
    db.session.flush()


def _reason(order: Order) -> str:
    return str(REASONS.get(order.state, TOO_MUCH))


def open_refund(
    order: Order, amount: Dong, method: Method, *, cause: str, reason: str = "", agreed: bool = False
) -> int:
    """Write down that money has to go back: a task for whoever has it, or for the worker when it came by card; its id.

    Cash goes back by transfer: nobody is made to travel for it.
    """
    method = Method.CARD if method is Method.CARD else Method.TRANSFER
    refund = RefundDue(
        order_id=order.id,
        cause=cause,
        amount=amount,
        reason=reason or _reason(order),
        opened_at=clock.now(),
        method=method,
        agreed=agreed,
    )
    db.session.add(refund)
    db.session.flush()
    topic = "refund.card" if method is Method.CARD else "refund.due"
    outbox.add(topic, refund_id=refund.id, order_id=order.id, group_id=order.group_id, producer_id=order.producer_id)
    if method is Method.CARD:
        outbox.add("card.refund", refund_id=refund.id)
    return refund.id


def tell(topic: str, request: PaymentRequest, *, once: str = "", each: bool = False) -> None:
    """Promise word of a fact to those it concerns: once for the whole request, or with `each` for every order of it.

    `once`: what the fact is called outside, so that it is told once.
    """
    query = (
        select(Order.id, Order.producer_id)
        .join(PaymentShare, PaymentShare.order_id == Order.id)
        .where(PaymentShare.request_id == request.id)
        .order_by(Order.state.in_(CLOSED), Order.id)
    )
    for order_id, producer_id in db.session.execute(query if each else query.limit(1)).all():
        outbox.add(
            topic,
            dedup=f"{topic}:{once}:{order_id}" if once else None,
            request_id=request.id,
            order_id=order_id,
            group_id=request.group_id,
            producer_id=producer_id,
        )


def note_for_orders(actor: Actor, request: PaymentRequest, verb: str, note: str = "") -> None:
    """A line in the story of every order that the request pays."""
    for part in shares_of(request.id):
        orders.record(actor, verb, part.order_id, note)

"""Money back to cards, as far as the database goes. Never more than came: what is asked for is counted before it is asked."""

from datetime import timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select, union_all

from marketplace.kit import clock, db, outbox, secret
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.money import Dong, show_dong
from marketplace.orders import actions as orders
from marketplace.orders.models import Order
from marketplace.payments.actions.facts import add_fact, follow, lock_request_of
from marketplace.payments.actions.found_refunds import AT_GATEWAY, OURS, TAKEN_UP, missing_of, take_up, undo
from marketplace.payments.models import CardDispute, CardRefund, MoneyFact, PaymentRequest, RefundDue
from marketplace.payments.queries.disputes import is_disputed
from marketplace.payments.rules import Fact, FactKind, Method
from marketplace.payments.rules.dispute import DisputeState
from marketplace.payments.rules.refund import CardRefundState, RefundAsk, SeenRefund, spread

SOURCE = "stripe"
FORGOTTEN_AFTER = timedelta(hours=1)


@db.action
def begin_card_refund(actor: Actor, refund_id: int) -> list[RefundAsk]:
    """Store what will be asked of the gateway, with keys, before it is asked; begun before, the same asks again.

    Together with everything asked for before, never more than the card's payments brought. While a bank holds the money
    nothing is asked: that is promised again when the bank has decided. Refuses: not the system (NotAllowed).
    """
    actor.require((ActorKind.SYSTEM,))
    request, refund = _load(refund_id)
    if refund.method is not Method.CARD or not refund.amount or refund.sent_at or is_disputed(request.id):
        return []
    code = db.session.get_one(Order, refund.order_id).code
    if refund.failed_at is None:
        _begin(actor, request, refund, code)
    asked = select(CardRefund).where(CardRefund.refund_id == refund_id, CardRefund.state == CardRefundState.ASKED)
    rows = db.session.scalars(asked.order_by(CardRefund.id))
    return [RefundAsk(one.key, one.payment, one.amount, code, refund.cause) for one in rows]


def _load(refund_id: int) -> tuple[PaymentRequest, RefundDue]:
    """Request first: the order in which everybody locks."""
    order_id = db.session.scalars(select(RefundDue.order_id).where(RefundDue.id == refund_id)).one()
    return lock_request_of(order_id), db.locked(RefundDue, refund_id)


def _begin(actor: Actor, request: PaymentRequest, refund: RefundDue, code: str) -> None:
    """Share what is not asked for yet over the payments that still hold it; when they do not, a person looks."""
    missing = missing_of(refund)
    if not missing:
        return
    parts = spread(missing, _left(request))
    refund.asked_at = clock.now()
    if sum(amount for _payment, amount in parts) < missing:
        refund.failed_at = clock.now()
        _tell("refund.card_failed", refund)
        return
    db.session.add_all([_new(request, refund, code, part) for part in parts])
    db.session.flush()
    orders.record(actor, "card_refund_asked", refund.order_id, show_dong(missing))


def _new(request: PaymentRequest, refund: RefundDue, code: str, part: tuple[str, Dong]) -> CardRefund:
    """Its key follows from what it is for: a market that comes back from a backup and asks for the same, asks under the same key."""
    payment, amount = part
    before = db.session.scalar(select(func.count()).where(CardRefund.refund_id == refund.id)) or 0
    name = f"{code}:{refund.cause}:{payment}:{before}"
    return CardRefund(
        key=f"{OURS}{secret.digest('card refund', name)[:32]}",
        refund_id=refund.id,
        request_id=request.id,
        payment=payment,
        amount=amount,
        asked_at=clock.now(),
    )


def _left(request: PaymentRequest) -> list[tuple[str, Dong]]:
    """What each payment of the request still holds: received, less what went back, is on its way, or was lost to a bank."""
    came = select(MoneyFact.source_id, MoneyFact.amount).where(
        MoneyFact.request_id == request.id, MoneyFact.source == SOURCE, MoneyFact.kind == FactKind.RECEIVED
    )
    refunded = select(CardRefund.payment, CardRefund.amount).where(
        CardRefund.request_id == request.id, CardRefund.state != CardRefundState.FAILED
    )
    taken = select(CardDispute.payment, CardDispute.amount).where(
        CardDispute.request_id == request.id, CardDispute.state == DisputeState.LOST
    )
    held = {row.source_id: int(row.amount) for row in db.session.execute(came.order_by(MoneyFact.id))}
    for payment, amount in db.session.execute(union_all(refunded, taken)):
        held[payment] = held.get(payment, 0) - int(amount)
    return [(payment, Dong(max(0, amount))) for payment, amount in held.items()]


@db.action
def card_refund_refused(actor: Actor, key: str, why: str) -> None:
    """The gateway said no: it counts for nothing, and a person looks. Refuses: not from the gateway (NotAllowed)."""
    actor.require((ActorKind.GATEWAY,))
    for one in _locked(CardRefund.key == key):
        if one.state is CardRefundState.ASKED:
            _failed(actor, one, why)


@db.action
def card_refund_seen(actor: Actor, seen: SeenRefund) -> bool:
    """Write down how a refund stands, from whichever side it was looked at; whether it is news.

    One that is not ours (made by hand, or forgotten by a restore) of a payment that is, is taken up. Refuses: not from the
    gateway (NotAllowed).
    """
    actor.require((ActorKind.GATEWAY,))
    ours = CardRefund.key == seen.key if seen.key else CardRefund.gateway_id == seen.id
    rows = _locked(or_(ours, CardRefund.key.startswith(f"{TAKEN_UP}{seen.id}-", autoescape=True)))
    taken = [] if rows else take_up(actor, seen)
    news = [_stands(actor, one, seen) for one in rows or taken]
    for one in taken[:1]:
        follow(actor, db.session.get_one(PaymentRequest, one.request_id))
    return any(news) or bool(taken)


def _stands(actor: Actor, one: CardRefund, seen: SeenRefund) -> bool:
    before = one.state
    if before is CardRefundState.FAILED:
        return False
    if one.gateway_id is None and not one.key.startswith(TAKEN_UP):
        one.gateway_id = seen.id
    if seen.status is CardRefundState.FAILED:
        _failed(actor, one, seen.why)
    elif one.state is not CardRefundState.SUCCEEDED:
        one.state = seen.status
        if seen.status is CardRefundState.SUCCEEDED:
            one.ended_at = clock.now()
            _arrived(actor, one)
    return one.state is not before


def _locked(which: ColumnElement[bool]) -> list[CardRefund]:
    rows = db.session.execute(select(CardRefund.id, CardRefund.request_id).where(which).order_by(CardRefund.id)).all()
    for request_id in sorted({row.request_id for row in rows}):
        db.locked(PaymentRequest, request_id)
    return [db.locked(CardRefund, row.id) for row in rows]


def _arrived(actor: Actor, one: CardRefund) -> None:
    """When every part of it is through, the refund is done: the gateway's word stands for both sides."""
    request, refund = db.session.get_one(PaymentRequest, one.request_id), db.locked(RefundDue, one.refund_id)
    _write(actor, request, one, refund, FactKind.REFUND_SENT)
    db.session.flush()
    through = select(func.sum(CardRefund.amount)).where(
        CardRefund.refund_id == refund.id, CardRefund.state == CardRefundState.SUCCEEDED
    )
    if int(db.session.scalar(through) or 0) >= refund.amount:
        refund.sent_at = refund.returned_at = clock.now()
        refund.failed_at = None
        orders.record(actor, "card_refunded", refund.order_id, show_dong(refund.amount))
        _tell("refund.card_done", refund, once=one.gateway_id or one.key)


def _write(actor: Actor, request: PaymentRequest, one: CardRefund, refund: RefundDue, kind: FactKind) -> None:
    name = one.gateway_id or one.key
    fact = Fact(SOURCE, name if kind is FactKind.REFUND_SENT else f"{name}:failed", kind, clock.now(), one.amount)
    add_fact(actor, request, fact, order_id=refund.order_id)


def _failed(actor: Actor, one: CardRefund, why: str) -> None:
    """A failed part counts as nothing, also when it was through before; it is open again until a person has it tried once more."""
    request, refund = db.session.get_one(PaymentRequest, one.request_id), db.locked(RefundDue, one.refund_id)
    if one.state is CardRefundState.SUCCEEDED:
        _write(actor, request, one, refund, FactKind.REFUND_FAILED)
    one.state, one.ended_at, one.why = CardRefundState.FAILED, clock.now(), why[:300]
    refund.sent_at = refund.returned_at = None
    orders.record(actor, "card_refund_failed", refund.order_id, show_dong(one.amount))
    if refund.cause.startswith(AT_GATEWAY):
        undo(actor, request, refund)
        return
    refund.failed_at = clock.now()
    _tell("refund.card_failed", refund)


def _tell(topic: str, refund: RefundDue, *, once: str = "") -> None:
    order = db.session.get_one(Order, refund.order_id)
    outbox.add(
        topic,
        dedup=f"{topic}:{once}" if once else None,
        refund_id=refund.id,
        order_id=order.id,
        group_id=order.group_id,
        producer_id=order.producer_id,
    )


@db.action
def retry_card_refund(actor: Actor, refund_id: int) -> None:
    """ "Hoàn lại lần nữa", after the gateway said no. Twice is once. Refuses: not an admin (NotAllowed)."""
    actor.require((ActorKind.ADMIN, ActorKind.OPERATOR))
    _request, refund = _load(refund_id)
    if refund.failed_at is None:
        return
    refund.asked_at = refund.failed_at = None
    orders.record(actor, "card_refund_again", refund.order_id)
    outbox.add("card.refund", refund_id=refund.id)


@db.action
def ask_forgotten_refunds(actor: Actor) -> int:  # noqa: ARG001 - timers take an actor
    """Refunds that nobody has asked for an hour after they were opened, once a day each: a promise that was kept by a market
    whose memory a restore has taken is not kept again, and may have been refused then. How many.
    """
    on_its_way = exists().where(CardRefund.refund_id == RefundDue.id, CardRefund.state == CardRefundState.PENDING)
    query = (
        select(RefundDue.id, RefundDue.cause, Order.code)
        .join(Order, Order.id == RefundDue.order_id)
        .where(RefundDue.method == Method.CARD, RefundDue.sent_at.is_(None), RefundDue.failed_at.is_(None))
        .where(RefundDue.amount > 0, RefundDue.opened_at <= clock.now() - FORGOTTEN_AFTER, ~on_its_way)
        .order_by(RefundDue.id)
        .limit(100)
    )
    rows = db.session.execute(query).all()
    for row in rows:
        outbox.add("card.refund", dedup=f"card.refund:{row.code}:{row.cause}:{clock.today()}", refund_id=row.id)
    return len(rows)

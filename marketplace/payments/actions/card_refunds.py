"""Money back to cards, as far as the database goes. Never more than came: what is asked for is counted before it is asked."""

import secrets

from sqlalchemy import select

from marketplace.kit import clock, db, outbox
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.money import Dong, show_dong
from marketplace.orders import actions as orders
from marketplace.orders.models import Order
from marketplace.payments.actions.facts import add_fact, lock_request_of
from marketplace.payments.models import CardRefund, MoneyFact, PaymentRequest, RefundDue
from marketplace.payments.rules import Fact, FactKind, Method
from marketplace.payments.rules.refund import CardRefundState, RefundAsk, SeenRefund, spread

SOURCE = "stripe"


@db.action
def begin_card_refund(actor: Actor, refund_id: int) -> list[RefundAsk]:
    """Store what will be asked of the gateway, with keys, before it is asked; begun before, the same asks again.

    Together with everything asked for before, never more than the card's payments brought. Refuses: not the system (NotAllowed).
    """
    actor.require((ActorKind.SYSTEM,))
    request, refund = _load(refund_id)
    if refund.method is not Method.CARD or not refund.amount or refund.sent_at:
        return []
    if refund.asked_at is None:
        _begin(actor, request, refund)
    asked = select(CardRefund).where(CardRefund.refund_id == refund_id, CardRefund.state == CardRefundState.ASKED)
    return [RefundAsk(one.key, one.payment, one.amount) for one in db.session.scalars(asked.order_by(CardRefund.id))]


def _load(refund_id: int) -> tuple[PaymentRequest, RefundDue]:
    """Request first: the order in which everybody locks."""
    order_id = db.session.scalars(select(RefundDue.order_id).where(RefundDue.id == refund_id)).one()
    return lock_request_of(order_id), db.locked(RefundDue, refund_id)


def _begin(actor: Actor, request: PaymentRequest, refund: RefundDue) -> None:
    """Share what is not asked for yet over the payments that still hold it; when they do not, a person looks."""
    going = select(CardRefund.amount).where(
        CardRefund.refund_id == refund.id, CardRefund.state != CardRefundState.FAILED
    )
    missing = Dong(refund.amount - sum(db.session.scalars(going)))
    parts = spread(missing, _left(request))
    refund.asked_at = clock.now()
    if sum(amount for _payment, amount in parts) < missing:
        refund.failed_at = clock.now()
        _tell("refund.card_failed", refund)
        return
    db.session.add_all([_new(request, refund, payment, amount) for payment, amount in parts])
    db.session.flush()
    orders.record(actor, "card_refund_asked", refund.order_id, show_dong(missing))


def _new(request: PaymentRequest, refund: RefundDue, payment: str, amount: Dong) -> CardRefund:
    return CardRefund(
        key=f"rf-{secrets.token_hex(16)}",
        refund_id=refund.id,
        request_id=request.id,
        payment=payment,
        amount=amount,
        asked_at=clock.now(),
    )


def _left(request: PaymentRequest) -> list[tuple[str, Dong]]:
    """What each payment of the request still holds: received, less what went back or is on its way."""
    came = select(MoneyFact.source_id, MoneyFact.amount).where(
        MoneyFact.request_id == request.id, MoneyFact.source == SOURCE, MoneyFact.kind == FactKind.RECEIVED
    )
    went = select(CardRefund.payment, CardRefund.amount).where(
        CardRefund.request_id == request.id, CardRefund.state != CardRefundState.FAILED
    )
    held = {row.source_id: int(row.amount) for row in db.session.execute(came.order_by(MoneyFact.id))}
    for row in db.session.execute(went):
        held[row.payment] = held.get(row.payment, 0) - int(row.amount)
    return [(payment, Dong(max(0, amount))) for payment, amount in held.items()]


@db.action
def card_refund_refused(actor: Actor, key: str, why: str) -> None:
    """The gateway said no: it counts for nothing, and a person looks. Refuses: not from the gateway (NotAllowed)."""
    actor.require((ActorKind.GATEWAY,))
    one = _locked(key)
    if one is not None and one.state is CardRefundState.ASKED:
        _failed(actor, one, why)


@db.action
def card_refund_seen(actor: Actor, seen: SeenRefund) -> None:
    """Write down how a refund stands, from whichever side it was looked at. Refuses: not from the gateway (NotAllowed)."""
    actor.require((ActorKind.GATEWAY,))
    one = _locked(seen.key)
    if one is None or one.state is CardRefundState.FAILED:
        return
    one.gateway_id = one.gateway_id or seen.id
    if seen.status is CardRefundState.FAILED:
        _failed(actor, one, seen.why)
    elif one.state is not CardRefundState.SUCCEEDED:
        one.state = seen.status
        if seen.status is CardRefundState.SUCCEEDED:
            one.ended_at = clock.now()
            _arrived(actor, one)


def _locked(key: str) -> CardRefund | None:
    row = db.session.execute(select(CardRefund.id, CardRefund.request_id).where(CardRefund.key == key)).first()
    if row is None:
        return None
    db.locked(PaymentRequest, row.request_id)
    return db.locked(CardRefund, row.id)


def _arrived(actor: Actor, one: CardRefund) -> None:
    """When every part of it is through, the refund is done: the gateway's word stands for both sides."""
    request, refund = db.session.get_one(PaymentRequest, one.request_id), db.locked(RefundDue, one.refund_id)
    fact = Fact(SOURCE, one.gateway_id or one.key, FactKind.REFUND_SENT, clock.now(), one.amount)
    add_fact(actor, request, fact, order_id=refund.order_id)
    db.session.flush()
    open_parts = select(CardRefund.id).where(
        CardRefund.refund_id == refund.id, CardRefund.state.in_((CardRefundState.ASKED, CardRefundState.PENDING))
    )
    if db.session.scalar(open_parts.limit(1)) is None and refund.failed_at is None:
        refund.sent_at = refund.returned_at = clock.now()
        orders.record(actor, "card_refunded", refund.order_id, show_dong(refund.amount))
        _tell("refund.card_done", refund)


def _failed(actor: Actor, one: CardRefund, why: str) -> None:
    """A failed part counts as nothing; the refund is open again until a person has it tried once more."""
    refund = db.locked(RefundDue, one.refund_id)
    one.state, one.ended_at, one.why = CardRefundState.FAILED, clock.now(), why[:300]
    refund.failed_at = clock.now()
    refund.sent_at = refund.returned_at = None
    orders.record(actor, "card_refund_failed", refund.order_id, show_dong(one.amount))
    _tell("refund.card_failed", refund)


def _tell(topic: str, refund: RefundDue) -> None:
    order = db.session.get_one(Order, refund.order_id)
    outbox.add(topic, refund_id=refund.id, order_id=order.id, group_id=order.group_id, producer_id=order.producer_id)


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

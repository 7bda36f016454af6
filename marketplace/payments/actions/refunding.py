"""Money on its way back: what each side says about it is a fact. One word without the other stays on the desk."""

from sqlalchemy import select

from marketplace.kit import clock, db, outbox
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotFound
from marketplace.kit.money import Dong
from marketplace.orders import actions as orders
from marketplace.orders.models import Order
from marketplace.orders.rules import CLOSED, NothingClaimed
from marketplace.payments.actions.facts import add_fact, lock_request_of, note_for_orders
from marketplace.payments.actions.reopening import settle
from marketplace.payments.models import PaymentRequest, RefundDue
from marketplace.payments.queries.facts import known_of
from marketplace.payments.queries.keeping import keeper_of
from marketplace.payments.rules import Fact, FactKind, Method


@db.action
def refund_sent(actor: Actor, refund_id: int) -> None:
    """ "Đã hoàn tiền", by whoever has the money. Twice is once. Refuses: not hers (NotYours)."""
    request, refund, order = _load(refund_id)
    actor.require_producer(keeper_of(request, order))
    if refund.sent_at is None and refund.amount:
        refund.sent_at = clock.now()
        _write(actor, request, refund, FactKind.REFUND_SENT)
        _tell("refund.sent", refund, order)


@db.action
def refund_back(actor: Actor, refund_id: int) -> None:
    """ "Đã nhận lại", by the buyer. Twice is once. Refuses: a stranger (NotYours)."""
    request, refund, order = _load(refund_id)
    actor.require_group(order.group_id)
    if refund.returned_at is None and refund.amount:
        refund.returned_at = clock.now()
        _write(actor, request, refund, FactKind.REFUND_BACK)
        _tell("refund.back", refund, order)


@db.action
def refund_disputed(actor: Actor, refund_id: int) -> None:
    """ "Tiền này chưa về", by whoever would have it: the row stays, and the desk sees that they disagree. Refuses: not hers (NotYours)."""
    request, refund, order = _load(refund_id)
    actor.require_producer(keeper_of(request, order))
    if refund.disputed_at is None and refund.sent_at is None and refund.amount:
        refund.disputed_at = clock.now()
        _write(actor, request, refund, FactKind.REFUND_DISPUTED)
        _tell("refund.disputed", refund, order)


@db.action
def refund_withdrawn(actor: Actor, refund_id: int) -> None:
    """ "Tôi chưa chuyển tiền này", by the buyer: what was only claimed is no longer owed.

    Refuses: a stranger (NotYours); nothing of it is only claimed (NothingClaimed).
    """
    request, _, order = _load(refund_id)
    actor.require_group(order.group_id)
    known = known_of(request)
    if order.state not in CLOSED or not known.claimed:
        raise NothingClaimed
    fact = Fact("buyer", f"{request.id}:withdrawn:{known.round}", FactKind.CLAIM_WITHDRAWN, clock.now())
    if add_fact(actor, request, fact):
        note_for_orders(actor, request, "claim_withdrawn")
        settle(actor, request)


def _load(refund_id: int) -> tuple[PaymentRequest, RefundDue, Order]:
    """Request first, then order and refund: the order in which everybody locks. What goes back to a card is nobody's to tap."""
    found = db.session.execute(
        select(RefundDue.order_id).where(RefundDue.id == refund_id, RefundDue.method != Method.CARD)
    ).first()
    if found is None:
        raise NotFound
    request = lock_request_of(found.order_id)
    order = db.locked(Order, found.order_id)
    return request, db.locked(RefundDue, refund_id), order


def _write(actor: Actor, request: PaymentRequest, refund: RefundDue, kind: FactKind) -> None:
    source = "buyer" if kind is FactKind.REFUND_BACK else "producer"
    fact = Fact(source, f"refund:{refund.id}:{kind.value}", kind, clock.now(), Dong(refund.amount))
    add_fact(actor, request, fact, order_id=refund.order_id)
    orders.record(actor, kind.value, refund.order_id)


def _tell(topic: str, refund: RefundDue, order: Order) -> None:
    outbox.add(topic, refund_id=refund.id, order_id=order.id, group_id=order.group_id, producer_id=order.producer_id)

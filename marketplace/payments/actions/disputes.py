"""Disputes as the gateway shows them. Open: nobody is paid or refunded from that money. Won: all as before. Lost: it has gone back."""

from collections.abc import Sequence

from sqlalchemy import select

from marketplace.kit import clock, db, outbox
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.i18n import lazy
from marketplace.kit.money import Dong, show_dong
from marketplace.orders import actions as orders
from marketplace.orders.models import Order
from marketplace.payments.actions.facts import follow
from marketplace.payments.actions.found_refunds import missing_of, write_gone
from marketplace.payments.models import CardDispute, DisputeShare, PaymentRequest, PaymentShare, RefundDue
from marketplace.payments.queries.cards import request_of_payment
from marketplace.payments.queries.disputes import kept_of
from marketplace.payments.queries.facts import shares_of
from marketplace.payments.rules import Method
from marketplace.payments.rules.dispute import ENDED, DisputeState, SeenDispute, may_follow, parts

TAKEN = lazy("Ngân hàng của thẻ đã trả tiền lại cho chủ thẻ.")
VERBS = {
    DisputeState.OPEN: "card_disputed",
    DisputeState.WON: "card_dispute_won",
    DisputeState.LOST: "card_dispute_lost",
}


@db.action
def card_dispute_seen(actor: Actor, seen: SeenDispute) -> bool:
    """Write down how a dispute stands, from whichever side it was looked at; whether it is news.

    Of a payment that is not ours it is nobody's here. Refuses: not from the gateway (NotAllowed).
    """
    actor.require((ActorKind.GATEWAY,))
    request_id = request_of_payment(seen.payment)
    if request_id is None:
        return False
    request = db.locked(PaymentRequest, request_id)
    row = db.session.scalar(select(CardDispute).where(CardDispute.gateway_id == seen.id).with_for_update())
    before = row.state if row else None
    if before is seen.state or (before and not may_follow(before, seen.state)):
        return False
    row = row or _new(request, seen)
    if before is not DisputeState.OPEN and seen.state in (DisputeState.OPEN, DisputeState.LOST):
        _share(row)
    row.state = seen.state
    row.ended_at = clock.now() if seen.state in ENDED else None
    db.session.flush()
    if seen.state is DisputeState.LOST:
        _lose(actor, request, row)
    if seen.state in ENDED:
        _promise_refunds(request)
    _tell(actor, row, moved=before is DisputeState.OPEN or seen.state is not DisputeState.WON)
    return True


def _new(request: PaymentRequest, seen: SeenDispute) -> CardDispute:
    row = CardDispute(
        gateway_id=seen.id,
        request_id=request.id,
        payment=seen.payment,
        amount=Dong(seen.amount),
        state=seen.state,
        reason=seen.reason,
        opened_at=clock.now(),
        answer_by=seen.answer_by,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _share(row: CardDispute) -> None:
    """What falls to each order; what was owed to the buyer already is nobody's share a second time."""
    for order_id, amount in parts(row.amount, kept_of(shares_of(row.request_id))).items():
        db.session.add(DisputeShare(dispute_id=row.id, order_id=order_id, amount=amount))
    db.session.flush()


def _lose(actor: Actor, request: PaymentRequest, row: CardDispute) -> None:
    """The buyer has the money: what was owed to him is paid by it, and the rest is a refund that was made."""
    rest = row.amount
    for refund in _waiting(request):
        missing = missing_of(refund)
        if missing == refund.amount and missing <= rest:
            refund.asked_at = refund.sent_at = refund.returned_at = clock.now()
            refund.failed_at = None
            rest = Dong(rest - missing)
    db.session.flush()
    received = {part.order_id: part.received for part in shares_of(request.id)}
    kept = kept_of(shares_of(request.id))
    for share in _shares(row):
        amount = Dong(min(rest, share.amount, kept[share.order_id]))
        if amount > 0:
            order = db.session.get_one(Order, share.order_id)
            cause = f"dispute:{row.gateway_id}"
            gone = write_gone(order, amount, received[order.id], cause=cause, reason=str(TAKEN))
            gone.sent_at = gone.returned_at = clock.now()
            rest = Dong(rest - amount)
    db.session.flush()
    follow(actor, request)


def _shares(row: CardDispute) -> Sequence[DisputeShare]:
    query = select(DisputeShare).where(DisputeShare.dispute_id == row.id).order_by(DisputeShare.id)
    return db.session.scalars(query).all()


def _waiting(request: PaymentRequest) -> Sequence[RefundDue]:
    """Refunds to the card that nobody has received, the oldest first."""
    query = (
        select(RefundDue)
        .join(PaymentShare, PaymentShare.order_id == RefundDue.order_id)
        .where(PaymentShare.request_id == request.id, RefundDue.method == Method.CARD)
        .where(RefundDue.sent_at.is_(None), RefundDue.amount > 0)
        .order_by(RefundDue.id)
    )
    return db.session.scalars(query).all()


def _promise_refunds(request: PaymentRequest) -> None:
    """What had to wait for the bank is asked for now."""
    for refund in _waiting(request):
        if refund.failed_at is None:
            outbox.add("card.refund", refund_id=refund.id)


def _tell(actor: Actor, row: CardDispute, *, moved: bool) -> None:
    """A line in the story of each order, and word to its producer; that a bank only asks concerns the desk alone."""
    if row.state is DisputeState.INQUIRY or not moved:
        return
    topic = "order.disputed" if row.state is DisputeState.OPEN else "order.dispute_ended"
    for share in _shares(row):
        order = db.session.get_one(Order, share.order_id)
        orders.record(actor, VERBS[row.state], order.id, show_dong(share.amount))
        outbox.add(
            topic,
            dedup=f"{topic}:{row.gateway_id}:{order.id}",
            order_id=order.id,
            group_id=order.group_id,
            producer_id=order.producer_id,
            share_id=share.id,
        )

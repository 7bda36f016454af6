"""Transfers into one producer's account, whoever's orders they pay: what a co-operative sees of its members' money.

Reference, sum, stalls and state; the buyer only where money has to go back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from marketplace.kit import db
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.i18n import Text
from marketplace.kit.money import Dong
from marketplace.orders.models import Order
from marketplace.orders.queries import group_with_invoice
from marketplace.payments.models import PaymentRequest, PaymentShare, RefundDue
from marketplace.payments.queries.blocks import payee_block
from marketplace.payments.queries.facts import current
from marketplace.payments.queries.keeping import keeper, with_keeper
from marketplace.payments.queries.loading import load
from marketplace.payments.queries.old_money import OldRequest, old_requests
from marketplace.payments.queries.reading import order_view
from marketplace.payments.queries.refund_accounts import BackTransfer, back_transfer
from marketplace.payments.queries.returning import unsettled
from marketplace.payments.queries.views import OrderView, PayeeBlock, Person
from marketplace.payments.rules import Method, show_reference
from marketplace.producers.models import Payee


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One transfer in the list. `asks`: the buyer says it was sent, and nobody has answered. Dong."""

    reference: str
    stalls: str
    sum: Dong
    asked_at: datetime
    state_word: Text
    asks: bool
    paid: bool

    @property
    def reference_shown(self) -> str:
        """The reference in groups."""
        return show_reference(self.reference)


@dataclass(frozen=True, slots=True)
class KeptMoney:
    """The whole list: transfers, those to answer first; money to send back, by reference; closed references. Dong."""

    rows: Sequence[KeptRow]
    owing: Mapping[str, Dong]
    old: Sequence[OldRequest]


def _into(producer_id: int) -> Select[PaymentRequest]:
    return (
        select(PaymentRequest)
        .join(Payee, Payee.id == PaymentRequest.payee_id)
        .where(Payee.producer_id == producer_id, PaymentRequest.method == Method.TRANSFER)
    )


def kept_money(producer_id: int, limit: int = 100) -> KeptMoney:
    """Everything that is or was to be paid into this producer's account by transfer."""
    query = _into(producer_id).where(PaymentRequest.closed_at.is_(None)).order_by(PaymentRequest.id.desc())
    requests = {one.id: one for one in db.session.scalars(query.limit(limit))}
    paid_by = select(PaymentShare.order_id).where(PaymentShare.request_id.in_(requests), current())
    loaded = load(db.session.scalars(select(Order).where(Order.id.in_(paid_by)).order_by(Order.id)).all())
    rows = []
    for request in sorted(loaded.requests, key=lambda one: -one.id):
        block, known = payee_block(loaded, request, 1, 1), loaded.money[request.id]
        due = known.claimed or block.missing or known.received or request.due
        asks = bool(known.claimed) and not block.closed
        rows.append(
            KeptRow(
                request.reference,
                block.stalls or block.producer_name,
                due,
                request.created_at,
                block.state_word,
                asks,
                not block.missing,
            )
        )
    rows.sort(key=lambda row: not row.asks)
    return KeptMoney(rows, _owing(producer_id), old_requests(Payee.producer_id == producer_id))


def _owing(producer_id: int) -> dict[str, Dong]:
    query = (
        with_keeper(select(PaymentRequest.reference, RefundDue.amount))
        .where(
            keeper() == producer_id, unsettled(), RefundDue.sent_at.is_(None), PaymentRequest.method == Method.TRANSFER
        )
        .order_by(RefundDue.id)
    )
    found: dict[str, Dong] = {}
    for reference, amount in db.session.execute(query):
        found[reference] = Dong(found.get(reference, 0) + amount)
    return found


@dataclass(frozen=True, slots=True)
class KeptRequest:
    """One transfer with what may be said of it. `buyer` only while money has to go back; `old` when its reference is closed."""

    block: PayeeBlock
    orders: Sequence[OrderView]
    may_receive: bool
    may_not_see: bool
    backs: Mapping[int, BackTransfer]
    buyer: Person | None
    old: OldRequest | None


def kept_request(producer_id: int, reference: str) -> KeptRequest | None:
    """The transfer with this reference into this producer's account, or None."""
    request = db.session.scalar(_into(producer_id).where(PaymentRequest.reference == reference))
    if request is None:
        return None
    paid_by = select(PaymentShare.order_id).where(PaymentShare.request_id == request.id, current())
    loaded = load(db.session.scalars(select(Order).where(Order.id.in_(paid_by)).order_by(Order.id)).all())
    reader = Actor(ActorKind.PRODUCER, on_behalf_of=producer_id)
    views = [order_view(loaded, order, reader) for order in loaded.orders]
    block = payee_block(loaded, request, 1, 1)
    to_send = [(view.code, refund.refund_id) for view in views for refund in view.refunds if refund.may_send]
    backs = {refund_id: back for code, refund_id in to_send if (back := back_transfer(producer_id, code, refund_id))}
    group, _invoice = group_with_invoice(request.group_id)
    known = loaded.money[request.id]
    return KeptRequest(
        block=block,
        orders=views,
        may_receive=bool(block.missing) and request.closed_at is None,
        may_not_see=bool(known.claimed) and not block.closed,
        backs=backs,
        buyer=Person(group.buyer_name, group.buyer_phone, None, None, "", "") if to_send else None,
        old=next(iter(old_requests(PaymentRequest.id == request.id)), None),
    )

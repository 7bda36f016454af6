"""Loads what order pages need, one statement per table whatever the number of orders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from marketplace.kit import db
from marketplace.kit.journal import TrailRow
from marketplace.kit.money import Dong
from marketplace.orders import queries as orders
from marketplace.orders.models import Order, OrderLine
from marketplace.orders.rules import (
    CLOSED,
)
from marketplace.payments.models import PaymentRequest, PaymentShare, RefundDue
from marketplace.payments.queries.cards import payout_days
from marketplace.payments.queries.facts import current, facts_of, wanted_of
from marketplace.payments.rules import (
    CASH,
    Cash,
    Method,
    Money,
    Part,
    Refund,
    Share,
    cash,
    money,
    still_wanted,
)
from marketplace.payments.rules.card import PAYOUT_DAYS
from marketplace.producers.models import Producer
from marketplace.producers.queries import changes
from marketplace.producers.queries.changes import Unsafe


@dataclass
class Loaded:
    """Rows of some orders with everything that hangs on them."""

    orders: Sequence[Order]
    producers: Mapping[int, Producer]
    lines: Mapping[int, list[OrderLine]]
    steps: Mapping[int, list[TrailRow]]
    refunds: Mapping[int, list[RefundDue]]
    requests: Sequence[PaymentRequest]
    money: Mapping[int, Money]
    unsafe: Unsafe
    cash: Mapping[int, Cash]
    wanted: dict[int, Dong] = field(default_factory=dict)
    days: int = PAYOUT_DAYS
    request_of: dict[int, int] = field(default_factory=dict)
    share_of: dict[int, Share] = field(default_factory=dict)


def load(some: Sequence[Order]) -> Loaded:
    """Eight statements, one more where somebody pays by card."""
    ids = [order.id for order in some]
    counting = select(PaymentShare).where(PaymentShare.order_id.in_(ids), current())
    parts = db.session.scalars(counting.order_by(PaymentShare.id)).all()
    wanted = {part.request_id for part in parts}
    query = select(PaymentRequest).where(PaymentRequest.id.in_(wanted)).order_by(PaymentRequest.id)
    requests = db.session.scalars(query).all()
    facts = facts_of(wanted)
    known = {request.id: money(facts[request.id], request.due) for request in requests}
    loaded = Loaded(
        orders=some,
        producers=_producers({order.producer_id for order in some}),
        lines=orders.lines(ids),
        steps=orders.timeline(ids),
        refunds=_refunds(ids),
        requests=requests,
        money=known,
        unsafe=changes.unsafe({request.payee_id for request in requests}),
        cash={one.id: cash(facts[one.id], one.due) for one in requests if one.method in CASH},
        days=payout_days() if any(request.method is Method.CARD for request in requests) else PAYOUT_DAYS,
    )
    _share_out(loaded, parts)
    return loaded


def _share_out(loaded: Loaded, parts: Sequence[PaymentShare]) -> None:
    """Each order has its stored share. What is still wanted of a request is asked for where it pays for orders not loaded here too."""
    closed = {order.id: order.state in CLOSED for order in loaded.orders}
    for part in parts:
        loaded.request_of[part.order_id] = part.request_id
        loaded.share_of[part.order_id] = Share(part.amount, part.received, part.claimed)
    for request in loaded.requests:
        mine = [part for part in parts if part.request_id == request.id]
        if sum(part.amount for part in mine) == request.due:
            dealt = [loaded.share_of[part.order_id] for part in mine]
            loaded.wanted[request.id] = still_wanted(dealt, [Part(part.amount, closed[part.order_id]) for part in mine])
        else:
            loaded.wanted[request.id] = wanted_of(request)


def _producers(ids: set[int]) -> dict[int, Producer]:
    return {one.id: one for one in db.session.scalars(select(Producer).where(Producer.id.in_(ids)))}


def _refunds(order_ids: Sequence[int]) -> dict[int, list[RefundDue]]:
    found: dict[int, list[RefundDue]] = {}
    for row in db.session.scalars(select(RefundDue).where(RefundDue.order_id.in_(order_ids)).order_by(RefundDue.id)):
        found.setdefault(row.order_id, []).append(row)
    return found


def keeper_id(loaded: Loaded, order: Order) -> int:
    """Who has the money of this order: whose account it is, or who takes the cash; 0 for the operator."""
    request = request_of(loaded, order)
    owner = loaded.unsafe.owners.get(request.payee_id)
    return order.producer_id if request.method in CASH else owner.id if owner else 0


def coop_of(loaded: Loaded, order: Order) -> str:
    """Who is paid by transfer for this order's producer, when it is not she herself."""
    request = request_of(loaded, order)
    owner = loaded.unsafe.owners.get(request.payee_id)
    return owner.name if owner and owner.id != order.producer_id and request.method is Method.TRANSFER else ""


def is_hidden(loaded: Loaded, request: PaymentRequest) -> bool:
    """Whether nobody is asked to pay into this request's account now."""
    if request.method is Method.CARD or request.method in CASH:
        return False
    return loaded.unsafe.holds(request.payee_id, request.bank_bin, request.account_no)


def request_of(loaded: Loaded, order: Order) -> PaymentRequest:
    """The request that an order is paid by."""
    return next(one for one in loaded.requests if one.id == loaded.request_of[order.id])


def refund_value(row: RefundDue) -> Refund:
    """A refund as the sentences need it."""
    return Refund(
        row.amount,
        bool(row.sent_at),
        bool(row.returned_at),
        bool(row.disputed_at),
        card=row.method is Method.CARD,
        failed=bool(row.failed_at),
    )

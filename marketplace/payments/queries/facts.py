"""Stored facts as the rules take them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, cast, exists, func, or_, select
from sqlalchemy.orm import aliased

from marketplace.kit import db
from marketplace.kit.money import Dong
from marketplace.orders.models import Order
from marketplace.orders.rules import CLOSED
from marketplace.payments.models import MoneyDoubt, MoneyFact, PaymentRequest, PaymentShare, RefundDue
from marketplace.payments.rules import Cash, Fact, Money, Part, cash, money, shares, still_wanted
from marketplace.payments.rules.old_money import OLD


def facts_of(request_ids: Iterable[int]) -> dict[int, list[Fact]]:
    """Facts by request."""
    ids = list(request_ids)
    found: dict[int, list[Fact]] = {request_id: [] for request_id in ids}
    query = select(
        MoneyFact.request_id, MoneyFact.source, MoneyFact.source_id, MoneyFact.kind, MoneyFact.at, MoneyFact.amount
    ).where(MoneyFact.request_id.in_(ids))
    for row in db.session.execute(query):
        found[row.request_id].append(Fact(row.source, row.source_id, row.kind, row.at, row.amount))
    return found


def current() -> ColumnElement[bool]:
    """Of an order's shares the one that counts: its newest request's. An older request was closed when it no longer fitted."""
    newer = aliased(PaymentShare)
    return ~exists().where(newer.order_id == PaymentShare.order_id, newer.id > PaymentShare.id)


def shares_of(request_id: int) -> Sequence[PaymentShare]:
    """A request's shares, the first to be filled first."""
    query = select(PaymentShare).where(PaymentShare.request_id == request_id).order_by(PaymentShare.id)
    return db.session.scalars(query).all()


def parts_of(request_id: int) -> list[Part]:
    """A request's parts, in the order of its shares: what is asked for each order, whether it goes on, what went back of it."""
    gone = (
        select(cast(func.coalesce(func.sum(RefundDue.amount), 0), BigInteger))
        .where(
            RefundDue.order_id == Order.id,
            or_(RefundDue.sent_at.is_not(None), RefundDue.returned_at.is_not(None), RefundDue.agreed),
        )
        .correlate(Order)
        .scalar_subquery()
    )
    query = (
        select(PaymentShare.amount, Order.state, gone)
        .join(Order, Order.id == PaymentShare.order_id)
        .where(PaymentShare.request_id == request_id)
        .order_by(PaymentShare.id)
    )
    return [Part(Dong(row[0]), row[1] in CLOSED, Dong(row[2])) for row in db.session.execute(query)]


def wanted_of(request: PaymentRequest) -> Dong:
    """Dong that the buyer has still to pay of one request."""
    parts = parts_of(request.id)
    return still_wanted(shares(known_of(request), parts), parts)


def asked_anew(request: PaymentRequest) -> tuple[datetime, bool]:
    """From when on a request that took another one's place counts, and whether a person looks at money with the old reference.

    It counts from the last decision about such money.
    """
    query = (
        select(MoneyDoubt.settled_at)
        .join(PaymentRequest, PaymentRequest.id == MoneyDoubt.request_id)
        .where(
            PaymentRequest.group_id == request.group_id,
            PaymentRequest.payee_id == request.payee_id,
            MoneyDoubt.why.in_(OLD),
        )
    )
    moments = db.session.scalars(query).all()
    settled = [moment for moment in moments if moment is not None]
    return max([request.created_at, *settled]), len(settled) < len(moments)


def known_of(request: PaymentRequest) -> Money:
    """What is known of one request."""
    return money(facts_of([request.id])[request.id], request.due)


def cash_of(request: PaymentRequest) -> Cash:
    """Where the cash of one request stands."""
    return cash(facts_of([request.id])[request.id], request.due)

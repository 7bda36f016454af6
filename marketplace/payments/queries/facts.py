"""Stored facts as the rules take them."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from marketplace.kit import db
from marketplace.payments.models import MoneyFact, PaymentRequest, PaymentShare
from marketplace.payments.rules import Cash, Fact, Money, cash, money


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


def known_of(request: PaymentRequest) -> Money:
    """What is known of one request."""
    return money(facts_of([request.id])[request.id], request.due)


def cash_of(request: PaymentRequest) -> Cash:
    """Where the cash of one request stands."""
    return cash(facts_of([request.id])[request.id], request.due)

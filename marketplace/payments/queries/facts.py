"""Stored facts as the rules take them."""

from collections.abc import Iterable

from sqlalchemy import select

from marketplace.kit import db
from marketplace.payments.models import MoneyFact, PaymentRequest
from marketplace.payments.rules import Fact, Money, money


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


def known_of(request: PaymentRequest) -> Money:
    """What is known of one request."""
    return money(facts_of([request.id])[request.id], request.due)

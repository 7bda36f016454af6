"""Reads for receipts: when the money of each order came, and by which way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from marketplace.kit import db
from marketplace.payments.models import MoneyFact, PaymentRequest, PaymentShare
from marketplace.payments.queries.facts import current
from marketplace.payments.rules import FactKind, Method, show_reference

SEEN = (FactKind.RECEIVED, FactKind.COLLECTED, FactKind.REMITTED)


@dataclass(frozen=True, slots=True)
class Paid:
    """How an order was paid: `at` is when the latest of its money was seen, None before any was."""

    method: Method
    reference: str
    at: datetime | None


def paid(order_ids: Iterable[int]) -> dict[int, Paid]:
    """How these orders were paid, by order; one statement."""
    seen = (
        select(func.max(MoneyFact.at))
        .where(MoneyFact.request_id == PaymentRequest.id, MoneyFact.kind.in_(SEEN))
        .correlate(PaymentRequest)
        .scalar_subquery()
    )
    query = (
        select(PaymentShare.order_id, PaymentRequest.method, PaymentRequest.reference, seen)
        .join(PaymentRequest, PaymentRequest.id == PaymentShare.request_id)
        .where(PaymentShare.order_id.in_(list(order_ids)), current())
    )
    return {row[0]: Paid(row[1], show_reference(row[2]), row[3]) for row in db.session.execute(query)}

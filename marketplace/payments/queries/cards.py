"""Reads about cards: on which terms they are taken, which pages are open, what a page was asked for."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

from marketplace.kit import db
from marketplace.orders.models import Order, OrderGroup, OrderLine
from marketplace.payments import stripe_gateway
from marketplace.payments.models import (
    CardDispute,
    CardPage,
    CardTerms,
    MoneyDoubt,
    MoneyFact,
    PaymentRequest,
    PaymentShare,
)
from marketplace.payments.rules import FactKind, Method
from marketplace.payments.rules.card import LIVE_PAGES, PAYOUT_DAYS, Page, PageState, Terms
from marketplace.payments.rules.old_money import OLD
from marketplace.producers.models import Payee


def terms_row() -> CardTerms | None:
    """The terms that hold now."""
    return db.session.scalar(select(CardTerms).order_by(CardTerms.id.desc()).limit(1))


def terms() -> Terms | None:
    """The same with the operator's account."""
    row = terms_row()
    if row is None:
        return None
    payee = db.session.get_one(Payee, row.payee_id)
    return Terms(payee.bank_bin, payee.account_no, payee.holder, row.payout_days, row.offered)


def payout_days() -> int:
    """Days after delivery in which a producer has her card money."""
    row = terms_row()
    return row.payout_days if row else PAYOUT_DAYS


def offered() -> CardTerms | None:
    """The terms when a buyer may choose a card: keys, an account of the operator and a rule for paying out are there."""
    row = terms_row()
    return row if row and row.offered and stripe_gateway.keys() else None


def live_pages_of(request_ids: Sequence[int]) -> Sequence[CardPage]:
    """Pages on which a card may still be charged."""
    query = select(CardPage).where(CardPage.request_id.in_(request_ids), CardPage.state.in_(LIVE_PAGES))
    return db.session.scalars(query.order_by(CardPage.id)).all()


def live_pages_of_order(order_id: int) -> Sequence[CardPage]:
    """Those of the request an order is paid by."""
    query = select(PaymentShare.request_id).where(PaymentShare.order_id == order_id)
    return live_pages_of(db.session.scalars(query).all())


def open_pages_of_group(group_id: int) -> list[str]:
    """Open pages of one checkout, as the gateway names them."""
    query = (
        select(CardPage.page)
        .join(PaymentRequest, PaymentRequest.id == CardPage.request_id)
        .where(PaymentRequest.group_id == group_id, CardPage.state == PageState.OPEN)
    )
    return [page for page in db.session.scalars(query.order_by(CardPage.id)) if page]


def unlooked(since: datetime, limit: int) -> Sequence[CardPage]:
    """Open pages nobody has looked at since this moment."""
    query = (
        select(CardPage)
        .where(CardPage.state == PageState.OPEN, CardPage.looked_at <= since)
        .order_by(CardPage.id)
        .limit(limit)
        .with_for_update()
    )
    return db.session.scalars(query).all()


def page(row_id: int) -> Page | None:
    """Everything that a page is asked for with, the same however often."""
    row = db.session.get(CardPage, row_id)
    if row is None:
        return None
    request = db.session.get_one(PaymentRequest, row.request_id)
    group = db.session.get_one(OrderGroup, request.group_id)
    return Page(
        row_id=row.id,
        state=row.state,
        key=row.key,
        url=row.url,
        page=row.page or "",
        reference=request.reference,
        amount=request.due,
        names=_names(request.id),
        token=group.token,
        email=group.email or "",
        ends_at=row.ends_at,
        language=group.language,
    )


def _names(request_id: int) -> tuple[str, ...]:
    query = (
        select(OrderLine.name)
        .join(Order, Order.id == OrderLine.order_id)
        .join(PaymentShare, PaymentShare.order_id == Order.id)
        .where(PaymentShare.request_id == request_id)
        .order_by(OrderLine.id)
    )
    return tuple(db.session.scalars(query))


def request_of_page(page_id: str) -> int | None:
    """The request that a page of the gateway belongs to."""
    query = select(CardPage.request_id).where(CardPage.page == page_id)
    return db.session.scalar(query)


def request_by_reference(reference: str) -> int | None:
    """The card request with this reference."""
    query = select(PaymentRequest.id).where(PaymentRequest.reference == reference, PaymentRequest.method == Method.CARD)
    return db.session.scalar(query)


def request_of_payment(payment: str) -> int | None:
    """The request that a payment was counted for."""
    query = select(MoneyFact.request_id).where(
        MoneyFact.source == "stripe", MoneyFact.source_id == payment, MoneyFact.kind == FactKind.RECEIVED
    )
    return db.session.scalar(query)


def _waiting() -> ColumnElement[bool]:
    return and_(MoneyDoubt.settled_at.is_(None), MoneyDoubt.why.not_in(OLD))


def doubt_count() -> int:
    """Card money that waits for a person: payments and refunds nobody asked for like this, and open disputes."""
    open_doubts = select(func.count()).where(_waiting()).scalar_subquery()
    open_disputes = select(func.count()).where(CardDispute.ended_at.is_(None)).scalar_subquery()
    return int(db.session.scalar(select(open_doubts + open_disputes)) or 0)


def doubts(limit: int = 100) -> Sequence[MoneyDoubt]:
    """Card money that waits for a person, the oldest first; of transfers a coordinator decides (`old_money`)."""
    query = select(MoneyDoubt).where(_waiting()).order_by(MoneyDoubt.id).limit(limit)
    return db.session.scalars(query).all()

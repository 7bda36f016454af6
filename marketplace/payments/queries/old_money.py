"""Closed transfers, and money that is said to have come with their references."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.kit.money import Dong
from marketplace.orders.models import OrderGroup
from marketplace.payments.models import MoneyDoubt, PaymentRequest
from marketplace.payments.rules import Method, show_reference
from marketplace.payments.rules.card import Doubt
from marketplace.producers.models import Payee, Producer
from marketplace.producers.queries import in_areas

SOURCE = "transfer"
"""How doubts about transfers differ from those about cards."""


@dataclass(frozen=True, slots=True)
class OldRequest:
    """A transfer that was closed before anything came. `said`: the sum that is said to have come and that nobody has decided about."""

    request_id: int
    reference: str
    due: Dong
    closed_at: datetime | None
    said: Dong | None
    seen: bool

    @property
    def reference_shown(self) -> str:
        """The reference in groups."""
        return show_reference(self.reference)


def _open() -> ColumnElement[bool]:
    return and_(
        MoneyDoubt.request_id == PaymentRequest.id, MoneyDoubt.source == SOURCE, MoneyDoubt.settled_at.is_(None)
    )


def old_requests(*where: ColumnElement[bool], limit: int = 50) -> list[OldRequest]:
    """Closed transfers that these conditions name, the newest first. One statement."""
    query = (
        select(PaymentRequest, MoneyDoubt.amount, MoneyDoubt.why)
        .join(Payee, Payee.id == PaymentRequest.payee_id)
        .outerjoin(MoneyDoubt, _open())
        .where(PaymentRequest.closed_at.is_not(None), PaymentRequest.method == Method.TRANSFER, *where)
        .order_by(PaymentRequest.id.desc())
        .limit(limit)
    )
    return [
        OldRequest(
            one.id,
            one.reference,
            one.due,
            one.closed_at,
            None if amount is None else Dong(amount),
            why is Doubt.OLD_SEEN,
        )
        for one, amount, why in db.session.execute(query)
    ]


def old_of_group(group_id: int) -> list[OldRequest]:
    """Those of a checkout."""
    return old_requests(PaymentRequest.group_id == group_id)


@dataclass(frozen=True, slots=True)
class OldDoubt:
    """Money with an old reference as an official sees it: whom to call, and what is asked for now."""

    doubt_id: int
    reference: str
    amount: Dong
    seen: bool
    opened_at: datetime
    payee: Producer
    buyer_name: str
    buyer_phone: str


def old_doubts(actor: Actor, limit: int = 100) -> list[OldDoubt]:
    """Money with an old reference in the actor's areas, the oldest first."""
    query = (
        select(MoneyDoubt, PaymentRequest.reference, Producer, OrderGroup.buyer_name, OrderGroup.buyer_phone)
        .join(PaymentRequest, _open())
        .join(Payee, Payee.id == PaymentRequest.payee_id)
        .join(Producer, Producer.id == Payee.producer_id)
        .join(OrderGroup, OrderGroup.id == PaymentRequest.group_id)
        .where(in_areas(actor, Producer.province_code, Producer.commune_code))
        .order_by(MoneyDoubt.id)
        .limit(limit)
    )
    return [
        OldDoubt(
            row.id,
            show_reference(reference),
            Dong(row.amount),
            row.why is Doubt.OLD_SEEN,
            row.opened_at,
            payee,
            name,
            phone,
        )
        for row, reference, payee, name, phone in db.session.execute(query)
    ]


def settled_before(request_id: int) -> int:
    """How often somebody has decided about money with this reference."""
    query = select(func.count()).where(
        MoneyDoubt.request_id == request_id, MoneyDoubt.source == SOURCE, MoneyDoubt.settled_at.is_not(None)
    )
    return int(db.session.scalar(query) or 0)

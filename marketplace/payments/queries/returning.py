"""Money that must go back, or went: for whoever has it, and for the desk."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from marketplace.kit import db
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.i18n import Text
from marketplace.kit.money import Dong
from marketplace.orders.models import Order, OrderGroup
from marketplace.payments.models import RefundDue
from marketplace.payments.queries.keeping import keeper, with_keeper
from marketplace.payments.queries.loading import load, refund_value
from marketplace.payments.queries.reading import order_view
from marketplace.payments.queries.views import OrderView
from marketplace.payments.rules import Method, refund_words
from marketplace.producers.models import Producer
from marketplace.producers.queries import in_areas


def orders_owing(producer_id: int, limit: int = 100) -> list[OrderView]:
    """Orders of a producer with a refund that is not settled, the oldest order first."""
    hers = keeper() == producer_id
    owing = with_keeper(select(RefundDue.order_id)).where(unsettled(), RefundDue.method != Method.CARD, hers)
    query = select(Order).where(Order.producer_id == producer_id, Order.id.in_(owing)).order_by(Order.id).limit(limit)
    loaded = load(db.session.scalars(query).all())
    reader = Actor(ActorKind.PRODUCER, on_behalf_of=producer_id)
    return [order_view(loaded, order, reader) for order in loaded.orders]


def unsettled() -> ColumnElement[bool]:
    """Refunds of which one side, or both, have not spoken yet."""
    return and_(RefundDue.amount > 0, or_(RefundDue.sent_at.is_(None), RefundDue.returned_at.is_(None)))


@dataclass(frozen=True, slots=True)
class DeskRefund:
    """A refund that is not settled, as the coordinator sees it: whom to call. The producer is who has the money."""

    refund_id: int
    code: str
    producer_id: int
    producer_name: str
    producer_phone: str
    buyer_name: str
    buyer_phone: str
    amount: Dong
    reason: str
    opened_at: datetime
    says: Text


def refunds_for_area(actor: Actor, limit: int = 200) -> list[DeskRefund]:
    """Refunds in the actor's areas that are not settled, oldest first."""
    query = (
        with_keeper(select(RefundDue, Order.code, Producer, OrderGroup.buyer_name, OrderGroup.buyer_phone))
        .join(OrderGroup, OrderGroup.id == Order.group_id)
        .join(Producer, Producer.id == func.coalesce(keeper(), Order.producer_id))
        .where(unsettled(), in_areas(actor, Producer.province_code, Producer.commune_code))
        .order_by(RefundDue.opened_at, RefundDue.id)
        .limit(limit)
    )
    return [
        DeskRefund(
            refund.id,
            code,
            producer.id,
            producer.name,
            producer.phone,
            name,
            phone,
            refund.amount,
            refund.reason,
            refund.opened_at,
            refund_words(refund_value(refund), producer.name),
        )
        for refund, code, producer, name, phone in db.session.execute(query)
    ]

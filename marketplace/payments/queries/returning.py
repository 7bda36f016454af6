"""A producer's orders with money that must go back, or went."""

from sqlalchemy import select

from marketplace.kit import db
from marketplace.kit.actor import Actor, ActorKind
from marketplace.orders.models import Order
from marketplace.payments.models import RefundDue
from marketplace.payments.queries.pages import unsettled
from marketplace.payments.queries.reading import load, order_view
from marketplace.payments.queries.views import OrderView
from marketplace.payments.rules import Method


def orders_owing(producer_id: int, limit: int = 100) -> list[OrderView]:
    """Orders of a producer with a refund that is not settled, the oldest order first."""
    owing = select(RefundDue.order_id).where(unsettled(), RefundDue.method != Method.CARD)
    query = select(Order).where(Order.producer_id == producer_id, Order.id.in_(owing)).order_by(Order.id).limit(limit)
    loaded = load(db.session.scalars(query).all())
    reader = Actor(ActorKind.PRODUCER, on_behalf_of=producer_id)
    return [order_view(loaded, order, reader) for order in loaded.orders]

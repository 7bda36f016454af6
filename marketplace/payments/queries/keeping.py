"""Who has the money of an order: whose account was paid into, or who takes the cash."""

from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, case, select

from marketplace.kit import db
from marketplace.orders.models import Order
from marketplace.payments.models import PaymentRequest, PaymentShare, RefundDue
from marketplace.payments.queries.facts import current
from marketplace.payments.rules import CASH
from marketplace.producers.models import Payee

Ts = TypeVarTuple("Ts")


def keeper() -> ColumnElement[int]:
    """Her id, over a request with its payee and an order of it; nothing when it is the operator."""
    return case((PaymentRequest.method.in_(CASH), Order.producer_id), else_=Payee.producer_id)


def with_keeper(query: Select[*Ts]) -> Select[*Ts]:
    """A query of refunds, joined to their orders and to what `keeper` needs."""
    return (
        query.select_from(RefundDue)
        .join(Order, Order.id == RefundDue.order_id)
        .outerjoin(PaymentShare, and_(PaymentShare.order_id == Order.id, current()))
        .outerjoin(PaymentRequest, PaymentRequest.id == PaymentShare.request_id)
        .outerjoin(Payee, Payee.id == PaymentRequest.payee_id)
    )


def keeper_of(request: PaymentRequest, order: Order) -> int:
    """The producer who has this order's money, and alone says what came and what went back; 0 when it is the operator."""
    if request.method in CASH:
        return order.producer_id
    return db.session.get_one(Payee, request.payee_id).producer_id or 0


def request_of_order(order_id: int) -> PaymentRequest:
    """The request that an order is paid by now."""
    query = (
        select(PaymentRequest)
        .join(PaymentShare, PaymentShare.request_id == PaymentRequest.id)
        .where(PaymentShare.order_id == order_id, current())
    )
    return db.session.scalars(query).one()

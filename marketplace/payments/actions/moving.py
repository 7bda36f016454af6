"""Moves of an order that depend on money or leave money to go back."""

from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.orders import actions as orders
from marketplace.orders.models import Order
from marketplace.orders.rules import NotPaidYet, OrderState
from marketplace.payments.actions.facts import follow, lock_request_of, shares_of


@db.action
def accept(actor: Actor, order_id: int) -> None:
    """ "Nhận đơn". Refuses: not hers (NotYours); its share is not paid (NotPaidYet); not new any more (AlreadyDecided)."""
    request = lock_request_of(order_id)
    order = db.locked(Order, order_id)
    actor.require_producer(order.producer_id)
    share = next(part for part in shares_of(request.id) if part.order_id == order_id)
    if order.state is OrderState.PLACED and share.received < share.amount:
        raise NotPaidYet
    orders.accept(actor, order_id)


@db.action
def cancel_by_buyer(actor: Actor, order_id: int, *, reason: str = "") -> None:
    """ "Hủy đơn này". Money that came, or is said to be coming, must go back. Refuses as `orders.actions.cancel`."""
    request = lock_request_of(order_id)
    orders.cancel(actor, order_id, reason=reason)
    follow(actor, request)


@db.action
def cannot_make(actor: Actor, order_id: int, *, reason: str, goods_back: bool) -> None:
    """ "Không làm được đơn này". Money that came, or is said to be coming, must go back. Refuses as `orders.actions.cannot_make`."""
    request = lock_request_of(order_id)
    orders.cannot_make(actor, order_id, reason=reason, goods_back=goods_back)
    follow(actor, request)

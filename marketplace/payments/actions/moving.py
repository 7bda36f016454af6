"""Moves of an order that depend on money or leave money to go back.

Where a card may be charged, the page is closed at the gateway first (`card_calls.close_card_pages`); these verbs refuse while
it is open.
"""

from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.orders import actions as orders
from marketplace.orders.models import Order
from marketplace.orders.rules import NotPaidYet, OrderState
from marketplace.payments.actions.facts import lock_request_of
from marketplace.payments.actions.reopening import settle
from marketplace.payments.models import PaymentRequest
from marketplace.payments.queries import cards
from marketplace.payments.queries.facts import shares_of
from marketplace.payments.queries.lines import owed_in_all
from marketplace.payments.rules import CASH
from marketplace.payments.rules.card import PageStillOpen


@db.action
def accept(actor: Actor, order_id: int) -> None:
    """ "Nhận đơn"; cash is paid later.

    Refuses: not hers (NotYours); not paid, or all of it went back (NotPaidYet); not new any more (AlreadyDecided).
    """
    request = lock_request_of(order_id)
    order = db.locked(Order, order_id)
    actor.require_producer(order.producer_id)
    share = next(part for part in shares_of(request.id) if part.order_id == order_id)
    paid = request.method in CASH or share.amount <= share.received > owed_in_all(order_id)
    if order.state is OrderState.PLACED and not paid:
        raise NotPaidYet
    orders.accept(actor, order_id)


@db.action
def cancel_by_buyer(actor: Actor, order_id: int, *, reason: str = "") -> None:
    """ "Hủy đơn này". Money that came, or is said to be coming, must go back. Refuses as `orders.actions.cancel`."""
    request = _closed_to_cards(order_id)
    orders.cancel(actor, order_id, reason=reason)
    settle(actor, request)


@db.action
def cannot_make(actor: Actor, order_id: int, *, reason: str, goods_back: bool) -> None:
    """ "Không làm được đơn này". Money that came, or is said to be coming, must go back. Refuses as `orders.actions.cannot_make`."""
    request = _closed_to_cards(order_id)
    orders.cannot_make(actor, order_id, reason=reason, goods_back=goods_back)
    settle(actor, request)


def _closed_to_cards(order_id: int) -> PaymentRequest:
    """The order's request, locked, with no page on which a card may be charged at this moment."""
    request = lock_request_of(order_id)
    if cards.live_pages_of([request.id]):
        raise PageStillOpen
    return request

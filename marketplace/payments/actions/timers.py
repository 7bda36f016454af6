"""What time does by itself. Each may run as often as it likes: it acts once."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from marketplace.cart import actions as carts
from marketplace.kit import clock, db, outbox
from marketplace.kit.actor import Actor
from marketplace.orders import actions as orders
from marketplace.orders.models import Order
from marketplace.orders.rules import BUYER_MAY_CANCEL, REMIND, TELL, UNREAD, OrderState
from marketplace.payments.actions.card_refunds import ask_forgotten_refunds
from marketplace.payments.actions.cards import look_at_open_pages
from marketplace.payments.queries import cards

AT_ONCE = 100
"""Orders per run: a short transaction, others get in between."""


@db.action
def expire_holds(actor: Actor) -> int:
    """Put goods of unpaid orders back on the shelf; how many orders. Where a card may still be charged, its page is closed first."""
    due = select(Order.id).where(Order.state == OrderState.PLACED, Order.hold_until <= clock.now())
    expired = 0
    for order_id in db.session.scalars(due.order_by(Order.id).limit(AT_ONCE)).all():
        open_pages = cards.live_pages_of_order(order_id)
        for page in open_pages:
            outbox.add("card.close", dedup=f"card.close:{page.id}", order_id=order_id)
        expired += not open_pages and orders.expire(actor, order_id)
    return expired


@db.action
def remind_producers(actor: Actor) -> int:
    """After 12 hours without an answer the producer is reminded; how many."""
    return _tell_silent(actor, REMIND, level=1, whom="producer")


@db.action
def tell_coordinators(actor: Actor) -> int:
    """After 36 hours without an answer the area's coordinator is told; how many."""
    return _tell_silent(actor, TELL, level=2, whom="coordinator")


@db.action
def tell_buyers(actor: Actor) -> int:
    """After 48 hours without an answer the buyer is told that nobody answers and the money can be asked back; how many.

    Goods that wait without an end are those that money was said to be sent for; a cash order lapses instead.
    """
    return _tell_silent(actor, BUYER_MAY_CANCEL, Order.hold_until.is_(None), level=3, whom="buyer")


@db.action
def tell_unread(actor: Actor) -> int:  # noqa: ARG001 - actions take an actor
    """After 2 hours in which nobody opened a new order the area's coordinator is told; how many."""
    old = Order.placed_at <= clock.now() - UNREAD
    rows = _new_orders(old, Order.read_at.is_(None), Order.unread_told_at.is_(None))
    for order in rows:
        order.unread_told_at = clock.now()
        outbox.add("order.unread", order_id=order.id, group_id=order.group_id, producer_id=order.producer_id)
    return len(rows)


def _tell_silent(actor: Actor, span: timedelta, *conditions: object, level: int, whom: str) -> int:  # noqa: ARG001 - actions take an actor
    rows = _new_orders(Order.silent_since <= clock.now() - span, Order.silence_told < level, *conditions)
    for order in rows:
        order.silence_told = level
        since = _iso(order.silent_since)
        outbox.add(
            "order.silent",
            dedup=f"silent:{order.id}:{level}:{since}",
            order_id=order.id,
            group_id=order.group_id,
            producer_id=order.producer_id,
            whom=whom,
        )
    return len(rows)


def _new_orders(*conditions: object) -> Sequence[Order]:
    query = (
        select(Order)
        .where(Order.state == OrderState.PLACED, *conditions)  # type: ignore[arg-type]
        .order_by(Order.id)
        .limit(AT_ONCE)
        .with_for_update()
    )
    return db.session.scalars(query).all()


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


TIMERS: list[tuple[str, int, Callable[[Actor], object]]] = [
    ("expire_holds", 60, expire_holds),
    ("remind_producers", 300, remind_producers),
    ("tell_coordinators", 300, tell_coordinators),
    ("tell_buyers", 300, tell_buyers),
    ("tell_unread", 300, tell_unread),
    ("look_at_open_pages", 60, look_at_open_pages),
    ("ask_forgotten_refunds", 3600, ask_forgotten_refunds),
    *carts.TIMERS,
]

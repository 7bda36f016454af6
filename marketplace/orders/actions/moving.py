"""Moves of an order after it was placed. Who won the order's `stock_state` moves the stock, nobody else."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm.attributes import set_committed_value

from marketplace.catalog import actions as catalog
from marketplace.catalog import stock
from marketplace.kit import changes, clock, db, outbox, trail
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import AlreadyDecided
from marketplace.kit.text import nfc
from marketplace.orders import queries
from marketplace.orders.models import Order, OrderLine
from marketplace.orders.rules import (
    ORDER_MOVES,
    CarrierNeeded,
    OrderState,
    ReasonNeeded,
    StockState,
    Way,
    way_allows,
)
from marketplace.producers import actions as producers


@db.action
def mark_read(actor: Actor, order_id: int) -> None:
    """The producer has seen the order."""
    order = db.locked(Order, order_id)
    actor.require_producer(order.producer_id)
    if order.read_at is None:
        order.read_at = clock.now()


@db.action
def accept(actor: Actor, order_id: int) -> None:
    """Take the order on: its goods leave the shelf. Pressed twice, nothing more happens.

    Whether it is paid is for `payments.actions.accept` to check. Refuses: not hers (NotYours); not new any more (AlreadyDecided).
    """
    order = _own(actor, order_id)
    if order.state is OrderState.ACCEPTED:
        return
    db.move(order, ORDER_MOVES, "accept", actor)
    order.accepted_at = clock.now()
    order.hold_until = order.silent_since = None
    _settle(actor, order, StockState.HELD, StockState.TAKEN)
    _tell("order.accepted", order)


@db.action
def ready(actor: Actor, order_id: int) -> None:
    """The parcel is packed. Refuses: not hers (NotYours); not accepted (AlreadyDecided)."""
    order = _own(actor, order_id)
    if order.state is OrderState.READY:
        return
    db.move(order, ORDER_MOVES, "ready", actor)
    order.ready_at = clock.now()
    _tell("order.ready", order)


@db.action
def hand_over(actor: Actor, order_id: int, *, carrier: str, tracking: str = "") -> None:
    """The carrier has the parcel.

    Refuses: not hers (NotYours); no carrier named (CarrierNeeded); not packed, or fetched at the stall (AlreadyDecided).
    """
    order = _own(actor, order_id)
    carrier, tracking = nfc(carrier)[:80], nfc(tracking)[:80]
    if not carrier:
        raise CarrierNeeded(field="carrier")
    if order.state is OrderState.HANDED_OVER:
        return
    if not way_allows("hand_over", order.way):
        raise AlreadyDecided
    db.move(order, ORDER_MOVES, "hand_over", actor, " ".join([carrier, tracking]).strip())
    order.carrier, order.tracking, order.handed_at = carrier, tracking, clock.now()
    _tell("order.handed_over", order)


@db.action
def delivered(actor: Actor, order_id: int) -> None:
    """The buyer has the goods: either side may say so. Refuses: a stranger to the order (NotYours); not on its way yet (AlreadyDecided)."""
    order = db.locked(Order, order_id)
    if actor.kind is ActorKind.BUYER:
        actor.require_group(order.group_id)
    else:
        actor.require_producer(order.producer_id)
    if order.state is OrderState.DELIVERED:
        return
    db.move(order, ORDER_MOVES, "collected" if order.way is Way.COLLECT else "delivered", actor)
    order.delivered_at, order.delivered_by = clock.now(), actor.kind.value
    db.session.flush()
    _count(order)
    _tell("order.delivered", order)


@db.action
def cancel(actor: Actor, order_id: int, *, reason: str = "") -> None:
    """The buyer changes their mind before the order is accepted. Refuses: a stranger (NotYours); accepted already (AlreadyDecided)."""
    order = db.locked(Order, order_id)
    actor.require_group(order.group_id)
    if order.state is OrderState.CANCELLED:
        return
    db.move(order, ORDER_MOVES, "cancel", actor, nfc(reason)[:600])
    _settle(actor, order, StockState.HELD, StockState.RELEASED)
    _close(order, reason, by=actor)


@db.action
def cannot_make(actor: Actor, order_id: int, *, reason: str, goods_back: bool) -> None:
    """The producer cannot make it. `goods_back`: what was taken for it can be sold again (nothing lost or spoilt).

    Refuses: not hers (NotYours); no reason for the buyer (ReasonNeeded); handed over already (AlreadyDecided).
    """
    order = _own(actor, order_id)
    reason = nfc(reason)[:600]
    if not reason:
        raise ReasonNeeded(field="reason")
    if order.state is OrderState.CANCELLED:
        return
    was_new = order.state is OrderState.PLACED
    db.move(order, ORDER_MOVES, "cannot_make", actor, reason)
    if was_new:
        _settle(actor, order, StockState.HELD, StockState.RELEASED)
    elif goods_back:
        _settle(actor, order, StockState.TAKEN, StockState.RETURNED)
    _close(order, reason, by=actor)


@db.action
def refused(actor: Actor, order_id: int, *, reason: str = "") -> None:
    """The buyer did not take the parcel. Its goods stay off the shelf until they are said to be back (`goods_back`).

    Whether it was paid is for `payments.actions.cash_refused` to check. Refuses: not hers (NotYours); not on its way (AlreadyDecided).
    """
    order = _own(actor, order_id)
    if order.state is OrderState.CANCELLED:
        return
    if not way_allows("refused", order.way):
        raise AlreadyDecided
    db.move(order, ORDER_MOVES, "refused", actor, nfc(reason)[:600])
    order.closed_at, order.close_reason = clock.now(), nfc(reason)[:600]
    _tell("order.refused", order)


@db.action
def goods_back(actor: Actor, order_id: int, *, whole: bool) -> None:
    """Goods of a refused parcel came back, `whole`: they can be sold again; else they are spoilt or lost. Twice is once.

    Refuses: not hers (NotYours); no parcel of it is on its way back (AlreadyDecided).
    """
    order = _own(actor, order_id)
    new = StockState.RETURNED if whole else StockState.LOST
    if order.stock_state is new:
        return
    if order.state is not OrderState.CANCELLED or order.handed_at is None:
        raise AlreadyDecided
    if whole:
        _settle(actor, order, StockState.TAKEN, new)
    else:
        _win(order, StockState.TAKEN, new)
    record(actor, "goods_back" if whole else "goods_lost", order_id)


@db.action
def take_units_back(actor: Actor, order_id: int, units: Mapping[int, int], key: int) -> None:
    """Units of these lines come back to the shelf after they were handed over, as the producer says. Refuses: not hers (NotYours)."""
    order = db.locked(Order, order_id)
    actor.require_producer(order.producer_id)
    query = select(OrderLine.id, OrderLine.variant_id).where(OrderLine.order_id == order_id, OrderLine.id.in_(units))
    wanted = {row.variant_id: units[row.id] for row in db.session.execute(query) if units[row.id]}
    stock.give_back(db.session.connection(), wanted, key=f"order:{order.id}:{key}", user_id=actor.user_id)
    _seen_differently(order.id)


@db.action
def expire(actor: Actor, order_id: int) -> bool:
    """Put the goods back on the shelf when the hold has run out; whether it had (money or a tap may just have stopped the clock)."""
    order = db.locked(Order, order_id)
    now = clock.now()
    if order.state is not OrderState.PLACED or order.hold_until is None or order.hold_until > now:
        return False
    db.move(order, ORDER_MOVES, "expire", actor)
    _settle(actor, order, StockState.HELD, StockState.RELEASED)
    order.closed_at, order.hold_until, order.silent_since = now, None, None
    _tell("order.expired", order)
    return True


@db.action
def revive(actor: Actor, order_id: int) -> bool:
    """Hold the goods again for an expired order whose money comes late; False when they are gone."""
    order = db.locked(Order, order_id)
    if order.state is not OrderState.EXPIRED:
        return False
    wanted = _wanted(order.id)
    if stock.hold(db.session.connection(), wanted):
        return False
    db.move(order, ORDER_MOVES, "revive", actor)
    _win(order, StockState.RELEASED, StockState.HELD)
    _seen_differently(order.id)
    order.closed_at = None
    return True


@db.action
def set_clocks(actor: Actor, order_id: int, *, hold_until: datetime | None, silent_since: datetime | None) -> None:  # noqa: ARG001 - actions take an actor
    """Store when the hold ends and since when the producer owes an answer, as `payments` computed them from the facts."""
    order = db.locked(Order, order_id)
    order.hold_until = hold_until
    if order.silent_since != silent_since:
        order.silent_since, order.silence_told = silent_since, 0


def _own(actor: Actor, order_id: int) -> Order:
    order = db.locked(Order, order_id)
    actor.require_producer(order.producer_id)
    if order.read_at is None:
        order.read_at = clock.now()
    return order


def _win(order: Order, old: StockState, new: StockState) -> None:
    """Compare and set first, stock after: of two who settle the same order one goes on, the other is refused."""
    statement = (
        update(Order).where(Order.id == order.id, Order.stock_state == old).values(stock_state=new).returning(Order.id)
    )
    if db.session.connection().execute(statement).scalar_one_or_none() is None:
        raise AlreadyDecided
    set_committed_value(order, "stock_state", new)


def _settle(actor: Actor, order: Order, old: StockState, new: StockState) -> None:
    _win(order, old, new)
    conn, wanted, key = db.session.connection(), _wanted(order.id), f"order:{order.id}"
    if new is StockState.TAKEN:
        stock.take(conn, wanted, key=key, user_id=actor.user_id)
        return
    if new is StockState.RETURNED:
        stock.give_back(conn, wanted, key=key, user_id=actor.user_id)
    else:
        stock.release(conn, wanted)
    _seen_differently(order.id)


def _wanted(order_id: int) -> dict[int, int]:
    query = (
        select(OrderLine.variant_id, func.sum(OrderLine.quantity))
        .where(OrderLine.order_id == order_id)
        .group_by(OrderLine.variant_id)
    )
    return {row[0]: int(row[1]) for row in db.session.connection().execute(query)}


def _seen_differently(order_id: int) -> None:
    query = select(OrderLine.product_id).where(OrderLine.order_id == order_id)
    for product_id in db.session.connection().execute(query).scalars():
        changes.add("product", product_id)


def _close(order: Order, reason: str, *, by: Actor) -> None:
    order.closed_at, order.close_reason = clock.now(), nfc(reason)[:600]
    order.hold_until = order.silent_since = None
    outbox.add(
        "order.cancelled", order_id=order.id, group_id=order.group_id, producer_id=order.producer_id, by=by.kind.value
    )


def _count(order: Order) -> None:
    """Numbers that lower rooms show, recomputed from the orders themselves."""
    producers.count_delivered(order.producer_id, queries.delivered_count(order.producer_id))
    products = select(OrderLine.product_id).where(OrderLine.order_id == order.id)
    for product_id, sold in queries.sold_counts(db.session.scalars(products).all()).items():
        catalog.set_sold(product_id, sold)


def _tell(topic: str, order: Order) -> None:
    outbox.add(topic, order_id=order.id, group_id=order.group_id, producer_id=order.producer_id)


def record(actor: Actor, verb: str, order_id: int, note: str = "") -> None:
    """A line of the order's own story that is not a move."""
    trail.record(actor, verb, "order", order_id, note)

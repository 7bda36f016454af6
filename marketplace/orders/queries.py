"""Reads about orders."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.kit.journal import TrailRow
from marketplace.kit.money import Dong
from marketplace.orders.models import BuyerAddress, Order, OrderGroup, OrderInvoice, OrderLine
from marketplace.orders.rules import Invoice, OrderState, StockState, read_code
from marketplace.orders.rules.again import AgainLine, Bought, again
from marketplace.producers.models import Producer
from marketplace.producers.queries import in_areas
from marketplace.shelf import queries as shelf


@dataclass(frozen=True, slots=True)
class Waiting:
    """An order that waits for its producer, as the desk sees it: whom to call."""

    order_id: int
    code: str
    producer_id: int
    producer_name: str
    producer_phone: str
    province_code: str
    commune_code: str | None
    total: Dong
    placed_at: datetime
    silent_since: datetime | None
    read_at: datetime | None


def group_by_token(token: str) -> OrderGroup | None:
    """The checkout at an unguessable address."""
    return db.session.scalar(select(OrderGroup).where(OrderGroup.token == token))


def groups_by_tokens(tokens: Iterable[str]) -> Sequence[OrderGroup]:
    """The checkouts of this browser's cookie, newest first."""
    query = select(OrderGroup).where(OrderGroup.token.in_(list(tokens)[:50])).order_by(OrderGroup.id.desc())
    return db.session.scalars(query).all()


def invoice_of(group_id: int) -> Invoice | None:
    """What a company wants on the invoices of this checkout, None when nobody asked for one."""
    return group_with_invoice(group_id)[1]


def group_with_invoice(group_id: int) -> tuple[OrderGroup, Invoice | None]:
    """A checkout, and what a company wants on its invoices; one statement."""
    query = select(OrderGroup, OrderInvoice).outerjoin(OrderInvoice, OrderInvoice.group_id == OrderGroup.id)
    group, row = db.session.execute(query.where(OrderGroup.id == group_id)).one()
    return group, Invoice(row.company, row.tax_code, row.address, row.email) if row else None


def orders_of_group(group_id: int) -> Sequence[Order]:
    """The orders of a checkout, in the order of its cart."""
    return db.session.scalars(select(Order).where(Order.group_id == group_id).order_by(Order.id)).all()


def orders_of_groups(group_ids: Iterable[int]) -> Sequence[Order]:
    """The orders of several checkouts."""
    return db.session.scalars(select(Order).where(Order.group_id.in_(list(group_ids))).order_by(Order.id)).all()


def lines(order_ids: Iterable[int]) -> dict[int, list[OrderLine]]:
    """Lines by order."""
    found: dict[int, list[OrderLine]] = {}
    query = select(OrderLine).where(OrderLine.order_id.in_(list(order_ids))).order_by(OrderLine.id)
    for line in db.session.scalars(query):
        found.setdefault(line.order_id, []).append(line)
    return found


def for_producer(
    producer_id: int, states: Iterable[OrderState] = tuple(OrderState), limit: int = 100
) -> Sequence[Order]:
    """A producer's orders in these states, newest first."""
    query = (
        select(Order)
        .where(Order.producer_id == producer_id, Order.state.in_(list(states)))
        .order_by(Order.id.desc())
        .limit(limit)
    )
    return db.session.scalars(query).all()


def by_code(producer_id: int, code: str) -> Order | None:
    """One of a producer's own orders."""
    return db.session.scalar(select(Order).where(Order.code == code, Order.producer_id == producer_id))


def lookup(phone: str, code: str) -> str | None:
    """The token of the checkout that an order code belongs to, when it was placed with this phone number (E.164)."""
    digits = read_code(code)
    if digits is None:
        return None
    query = (
        select(OrderGroup.token)
        .join(Order, Order.group_id == OrderGroup.id)
        .where(Order.code == digits, OrderGroup.buyer_phone == phone)
    )
    return db.session.scalar(query)


def unread_older_than(moment: datetime, actor: Actor) -> list[Waiting]:
    """New orders in the actor's areas that nobody has opened since before this moment, oldest first."""
    return _waiting(actor, Order.read_at.is_(None), Order.placed_at <= moment)


def silent_since_before(moment: datetime, actor: Actor) -> list[Waiting]:
    """New orders in the actor's areas whose producer has owed an answer since before this moment, oldest first."""
    return _waiting(actor, Order.silent_since <= moment)


def _waiting(actor: Actor, *conditions: object) -> list[Waiting]:
    query = (
        select(
            Order.id,
            Order.code,
            Producer.id,
            Producer.name,
            Producer.phone,
            Producer.province_code,
            Producer.commune_code,
            Order.total,
            Order.placed_at,
            Order.silent_since,
            Order.read_at,
        )
        .join(Producer, Producer.id == Order.producer_id)
        .where(
            Order.state == OrderState.PLACED,
            in_areas(actor, Producer.province_code, Producer.commune_code),
            *conditions,  # type: ignore[arg-type]
        )
        .order_by(Order.placed_at, Order.id)
        .limit(200)
    )
    return [Waiting(*row) for row in db.session.execute(query)]


def timeline(order_ids: Iterable[int]) -> dict[int, list[TrailRow]]:
    """What was done to each order, oldest first."""
    query = (
        select(TrailRow)
        .where(TrailRow.subject_kind == "order", TrailRow.subject_id.in_(list(order_ids)))
        .order_by(TrailRow.id)
    )
    found: dict[int, list[TrailRow]] = {}
    for row in db.session.scalars(query):
        found.setdefault(row.subject_id, []).append(row)
    return found


def delivered_count(producer_id: int) -> int:
    """Orders of a producer that were delivered."""
    query = select(func.count()).where(Order.producer_id == producer_id, Order.state == OrderState.DELIVERED)
    return int(db.session.scalar(query) or 0)


def sold_counts(product_ids: Iterable[int]) -> dict[int, int]:
    """Units of each product in delivered orders."""
    ids = list(product_ids)
    query = (
        select(OrderLine.product_id, func.sum(OrderLine.quantity))
        .join(Order, Order.id == OrderLine.order_id)
        .where(OrderLine.product_id.in_(ids), Order.state == OrderState.DELIVERED)
        .group_by(OrderLine.product_id)
    )
    return dict.fromkeys(ids, 0) | {row[0]: int(row[1]) for row in db.session.execute(query)}


def held_by_orders() -> dict[int, int]:
    """Units that open holds of orders set aside, by variant: what `variant.held` must say."""
    query = (
        select(OrderLine.variant_id, func.sum(OrderLine.quantity))
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.stock_state == StockState.HELD)
        .group_by(OrderLine.variant_id)
    )
    return {row[0]: int(row[1]) for row in db.session.execute(query)}


def order(order_id: int) -> Order | None:
    """One order, whoever's; the door that asks has found its id in its own way."""
    return db.session.get(Order, order_id)


def owner_of(token: str) -> int | None:
    """In whose account the checkout at this address is; None when in nobody's."""
    return db.session.scalar(select(OrderGroup.user_id).where(OrderGroup.token == token))


def tokens_of_user(user_id: int, limit: int = 50) -> Sequence[str]:
    """Addresses of the checkouts in this account, newest first."""
    query = select(OrderGroup.token).where(OrderGroup.user_id == user_id).order_by(OrderGroup.id.desc()).limit(limit)
    return db.session.scalars(query).all()


def addresses(user_id: int) -> Sequence[BuyerAddress]:
    """The addresses of this account, the newest first."""
    query = select(BuyerAddress).where(BuyerAddress.user_id == user_id, BuyerAddress.deleted_at.is_(None))
    return db.session.scalars(query.order_by(BuyerAddress.id.desc())).all()


def address_of_user(user_id: int, address_id: int) -> BuyerAddress | None:
    """One of the account's own addresses."""
    query = select(BuyerAddress).where(
        BuyerAddress.id == address_id, BuyerAddress.user_id == user_id, BuyerAddress.deleted_at.is_(None)
    )
    return db.session.scalar(query)


def again_lines(group_id: int) -> list[AgainLine]:
    """What of this checkout can be bought now."""
    parts = lines(one.id for one in orders_of_group(group_id))
    bought = [
        Bought(line.variant_id, line.name, line.variant_label, line.price, line.quantity)
        for some in parts.values()
        for line in some
    ]
    return again(bought, shelf.purchasable([one.variant_id for one in bought]))

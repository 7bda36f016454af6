"""Verbs about a cart. Whoever holds the cookie may do them: a cart belongs to a browser, not to a person."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.cart.models import Cart, CartLine
from marketplace.cart.queries import digest
from marketplace.cart.rules import MOST, BadQuantity, NotForSaleHere
from marketplace.kit import clock, db
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotFound
from marketplace.shelf import queries as shelf

KEPT = timedelta(days=90)


@db.action
def put(actor: Actor, token: str | None, variant_id: int, quantity: int) -> str:  # noqa: ARG001 - actions take an actor
    """Put more of a variant into the cart; the cart's token, a new one when there was none or its cart has been ordered.

    Refuses: not on sale here (NotForSaleHere); fewer than 1 or more than 999 (BadQuantity).
    """
    _check(quantity)
    goods = shelf.purchasable([variant_id]).get(variant_id)
    if goods is None:
        raise NotForSaleHere
    cart_id, token = _open(token)
    values = {
        "cart_id": cart_id,
        "variant_id": variant_id,
        "quantity": quantity,
        "price_seen": goods.price,
        "name_seen": goods.product_name,
        "added_at": clock.now(),
    }
    _add(values)
    return token


@db.action
def set_quantity(actor: Actor, token: str | None, variant_id: int, quantity: int) -> None:  # noqa: ARG001 - actions take an actor
    """Say how many there shall be. Refuses: fewer than 1 or more than 999 (BadQuantity); no such line (NotFound)."""
    _check(quantity)
    changed = _line(token, variant_id, quantity=quantity)
    if not changed:
        raise NotFound


@db.action
def remove(actor: Actor, token: str | None, variant_id: int) -> None:  # noqa: ARG001 - actions take an actor
    """Take a variant out. Taking out what is not there changes nothing."""
    cart_id = _open_cart_id(token)
    if cart_id is not None:
        db.session.connection().execute(
            delete(CartLine).where(CartLine.cart_id == cart_id, CartLine.variant_id == variant_id)
        )
        _touch(cart_id)


@db.action
def restore(actor: Actor, token: str | None, variant_id: int, quantity: int) -> None:
    """Undo a removal: so many as there were, also when pressed twice."""
    if not _line(token, variant_id, quantity=quantity):
        put(actor, token, variant_id, quantity)


@db.action
def accept_prices(actor: Actor, token: str | None) -> None:  # noqa: ARG001 - actions take an actor
    """The buyer has seen the prices as they are now: they are no longer reported as changed."""
    cart_id = _open_cart_id(token)
    if cart_id is None:
        return
    ids = db.session.scalars(select(CartLine.variant_id).where(CartLine.cart_id == cart_id)).all()
    for variant_id, goods in sorted(shelf.purchasable(ids).items()):
        _line(token, variant_id, price_seen=goods.price)


@db.action
def keep_answers(actor: Actor, token: str | None, answers: dict[str, Any]) -> None:  # noqa: ARG001 - actions take an actor
    """Keep what was typed on the way to ordering, beside what was kept before. Refuses: no open cart (NotFound)."""
    cart_id = _open_cart_id(token)
    if cart_id is None:
        raise NotFound
    cart = db.locked(Cart, cart_id)
    cart.answers = {**cart.answers, **answers}


@db.action
def close(actor: Actor, cart_id: int, order_token: str) -> None:  # noqa: ARG001 - actions take an actor
    """The cart became an order: remember which, forget what was typed."""
    db.session.connection().execute(
        update(Cart).where(Cart.id == cart_id).values(ordered_at=clock.now(), ordered_token=order_token, answers={})
    )


@db.action
def forget_old(actor: Actor) -> None:  # noqa: ARG001 - actions take an actor
    """Delete carts that nobody touched for as long as their cookie lives, with what was typed into them."""
    old = Cart.updated_at < clock.now() - KEPT
    db.session.connection().execute(delete(Cart).where(old))


def _check(quantity: int) -> None:
    if not 1 <= quantity <= MOST:
        raise BadQuantity(field="quantity")


def _open(token: str | None) -> tuple[int, str]:
    """The open cart of this token, or a new one with a token of its own."""
    cart_id = _open_cart_id(token)
    if cart_id is not None and token:
        return cart_id, token
    token, now = secrets.token_urlsafe(16), clock.now()
    values = {"digest": digest(token), "created_at": now, "updated_at": now, "answers": {}, "ordered_token": ""}
    new = db.session.connection().execute(insert(Cart).values(**values).returning(Cart.id))
    return int(new.scalar_one()), token


def _open_cart_id(token: str | None) -> int | None:
    if not token:
        return None
    statement = select(Cart.id).where(Cart.digest == digest(token), Cart.ordered_at.is_(None)).with_for_update()
    return db.session.connection().execute(statement).scalar_one_or_none()


def _add(values: dict[str, Any]) -> None:
    """One statement, so that two presses at once add up instead of colliding. The sum stops at 999."""
    table = postgresql if db.dialect() == "postgresql" else sqlite
    statement = table.insert(CartLine).values(**values)
    most = func.least if db.dialect() == "postgresql" else func.min
    both = most(CartLine.quantity + statement.excluded.quantity, MOST)
    seen = {"price_seen": statement.excluded.price_seen, "name_seen": statement.excluded.name_seen}
    db.session.connection().execute(
        statement.on_conflict_do_update(index_elements=["cart_id", "variant_id"], set_={"quantity": both, **seen})
    )
    _touch(values["cart_id"])


def _line(token: str | None, variant_id: int, **values: Any) -> bool:
    """Change a line of an open cart; whether there was one."""
    cart_id = _open_cart_id(token)
    if cart_id is None:
        return False
    changed = db.session.connection().execute(
        update(CartLine)
        .where(CartLine.cart_id == cart_id, CartLine.variant_id == variant_id)
        .values(**values)
        .returning(CartLine.id)
    )
    found = changed.scalar_one_or_none() is not None
    _touch(cart_id)
    return found


def _touch(cart_id: int) -> None:
    db.session.connection().execute(update(Cart).where(Cart.id == cart_id).values(updated_at=clock.now()))


TIMERS: list[tuple[str, int, Callable[[Actor], object]]] = [("forget_carts", 3600, forget_old)]

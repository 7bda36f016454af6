"""Reads about a cart, by the token of its cookie."""

import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from marketplace.cart.models import Cart, CartLine
from marketplace.cart.rules import CartView, Kept, assemble
from marketplace.kit import db
from marketplace.shelf import queries as shelf


def digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def cart_of(token: str | None) -> Cart | None:
    """The cart under this token, ordered or not."""
    if not token:
        return None
    return db.session.scalar(select(Cart).where(Cart.digest == digest(token)))


def contents(token: str | None) -> CartView:
    """What lies in the cart, with what changed since. An ordered cart is empty and says where its order is."""
    cart = cart_of(token)
    if cart is None:
        return CartView()
    if cart.ordered_at:
        return CartView(ordered_token=cart.ordered_token, updated_at=cart.updated_at)
    kept = kept_lines(cart.id)
    goods = shelf.purchasable([line.variant_id for line in kept]) if kept else {}
    blocks, gone = assemble(kept, goods)
    return CartView(blocks, gone, cart.updated_at)


def kept_lines(cart_id: int) -> list[Kept]:
    """The stored lines, in the order in which they were put aside."""
    rows = db.session.execute(
        select(CartLine.variant_id, CartLine.quantity, CartLine.price_seen, CartLine.name_seen)
        .where(CartLine.cart_id == cart_id)
        .order_by(CartLine.added_at, CartLine.id)
    )
    return [Kept(*row) for row in rows]


def count(token: str | None) -> int:
    """Units in an open cart."""
    if not token:
        return 0
    statement = (
        select(func.coalesce(func.sum(CartLine.quantity), 0))
        .join(Cart, Cart.id == CartLine.cart_id)
        .where(Cart.digest == digest(token), Cart.ordered_at.is_(None))
    )
    return int(db.session.scalar(statement) or 0)


def answers(token: str | None) -> Mapping[str, Any]:
    """What was typed so far on the way to ordering."""
    cart = cart_of(token)
    return dict(cart.answers) if cart and not cart.ordered_at else {}

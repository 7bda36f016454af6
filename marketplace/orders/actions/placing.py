"""A cart becomes one group of orders: everything or nothing, once. Written in Core: it is the one verb that all buyers share."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import insert, select

from marketplace.cart import actions as carts
from marketplace.cart.models import Cart
from marketplace.cart.queries import digest, kept_lines
from marketplace.cart.rules import CartItem, CartView, assemble
from marketplace.catalog import stock
from marketplace.delivery.queries import fees
from marketplace.kit import changes, clock, db, trail
from marketplace.kit.actor import Actor
from marketplace.kit.money import Dong
from marketplace.law.rules import CONSENT_VERSION
from marketplace.orders.models import Order, OrderGroup, OrderInvoice, OrderLine
from marketplace.orders.rules import (
    HOLD,
    AddressNeeded,
    AdultAnswerNeeded,
    BlockQuote,
    CartChanged,
    Checkout,
    ConsentNeeded,
    EmptyCart,
    OrderState,
    OutOfStock,
    Quote,
    StockState,
    TotalChanged,
    Way,
    WayNeeded,
    differences,
    gone,
    order_code,
    quote,
    shortages,
)
from marketplace.shelf import queries as shelf
from marketplace.shelf.rules import Stock, stock_of

CODE_TRIES = 12


@dataclass(frozen=True, slots=True)
class PlacedOrder:
    """One producer's part, just written. `total` in dong; `adult`: an alcoholic drink is in it."""

    order_id: int
    producer_id: int
    total: Dong
    way: Way
    adult: bool
    placed_at: datetime


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of the cart. Without orders it had become this group before: a second press, a reload, another tab."""

    token: str
    group_id: int = 0
    orders: tuple[PlacedOrder, ...] = ()


@db.action
def place(actor: Actor, checkout: Checkout) -> Placed:
    """Hold the stock and write the group with one order per producer.

    Refuses, nothing done: EmptyCart, ConsentNeeded, AdultAnswerNeeded, AddressNeeded, WayNeeded (422); CartChanged,
    TotalChanged, OutOfStock (409, naming what changed).
    """
    cart_id, ordered = _lock_cart(checkout.cart_token)
    if ordered:
        return Placed(ordered)
    offer = _quote(cart_id, checkout)
    _check(offer, checkout)
    _hold(offer)
    return _write(actor, cart_id, checkout, offer)


def _lock_cart(token: str) -> tuple[int, str]:
    """Two tabs wait for each other here; the later one finds the address of the first one's order."""
    row = (
        db.session.connection()
        .execute(
            select(Cart.id, Cart.ordered_at, Cart.ordered_token).where(Cart.digest == digest(token)).with_for_update()
        )
        .first()
    )
    if row is None:
        raise EmptyCart
    return row.id, row.ordered_token if row.ordered_at else ""


def _quote(cart_id: int, checkout: Checkout) -> Quote:
    kept = kept_lines(cart_id)
    blocks, lost = assemble(kept, shelf.purchasable([line.variant_id for line in kept]) if kept else {})
    return quote(CartView(blocks, lost), fees(), checkout.to, checkout.ways)


def _check(offer: Quote, checkout: Checkout) -> None:
    """Everything that can be refused before the stock is touched."""
    if offer.cart.empty:
        raise EmptyCart
    if offer.cart.gone:
        raise CartChanged(gone(offer.cart))
    if offer.cart.problems:
        raise OutOfStock(shortages(offer.cart, {i.variant_id: i.goods.free for i in offer.cart.problems if i.goods}))
    if checkout.consent_version != CONSENT_VERSION:
        raise ConsentNeeded(field="consent")
    if offer.cart.adult and not checkout.adult:
        raise AdultAnswerNeeded(field="adult")
    for part in offer.blocks:
        if part.way is None:
            raise WayNeeded(producer_id=part.producer_id)
    if any(part.way is Way.SHIP for part in offer.blocks) and not (checkout.to and checkout.street.strip()):
        raise AddressNeeded(field="street")
    if offer.total != checkout.expected_total:
        raise TotalChanged(differences(checkout.seen, offer))


def _hold(offer: Quote) -> None:
    wanted = {item.variant_id: item.quantity for item in offer.cart.items}  # one line per variant: a UNIQUE of the cart
    short = stock.hold(db.session.connection(), wanted)
    if short:
        raise OutOfStock(shortages(offer.cart, short))
    for item in offer.cart.items:
        if item.goods and _looks_different(item.goods.free, item.goods.free - item.quantity):
            changes.add("product", item.goods.product_id)


def _looks_different(before: int, after: int) -> bool:
    """Strangers see a word for plenty and a number for few."""
    return stock_of(before) is not stock_of(after) or stock_of(after) is Stock.FEW


def _write(actor: Actor, cart_id: int, checkout: Checkout, offer: Quote) -> Placed:
    now, token = clock.now(), secrets.token_urlsafe(16)
    group_id = db.insert_once(
        OrderGroup, _group(cart_id, token, checkout, now, adult=offer.cart.adult), unique=("cart_id",)
    )
    if group_id is None:  # cannot happen while the cart is locked; the key decides if somebody forgets to lock it
        winner = select(OrderGroup.token).where(OrderGroup.cart_id == cart_id)
        return Placed(db.session.connection().execute(winner).scalar_one())
    if checkout.invoice:
        db.session.connection().execute(insert(OrderInvoice).values(group_id=group_id, **asdict(checkout.invoice)))
    placed = tuple(_order(actor, group_id, part, now) for part in offer.blocks)
    carts.close(actor, cart_id, token)
    return Placed(token, group_id, placed)


def _group(cart_id: int, token: str, checkout: Checkout, now: datetime, *, adult: bool) -> Mapping[str, object]:
    to = checkout.to
    return {
        "token": token,
        "cart_id": cart_id,
        "user_id": checkout.user_id,
        "buyer_name": checkout.buyer_name,
        "buyer_phone": checkout.buyer_phone,
        "email": checkout.email or None,
        "province_code": to.province_code if to else None,
        "commune_code": to.commune_code if to else None,
        "street": checkout.street.strip(),
        "note": checkout.note.strip(),
        "consent_version": checkout.consent_version,
        "consent_at": now,
        "adult_at": now if adult else None,
        "placed_at": now,
        "language": checkout.language,
    }


def _order(actor: Actor, group_id: int, part: BlockQuote, now: datetime) -> PlacedOrder:
    values = {
        "group_id": group_id,
        "producer_id": part.producer_id,
        "state": OrderState.PLACED,
        "stock_state": StockState.HELD,
        "way": part.way,
        "goods": part.block.goods,
        "fee": part.fee,
        "total": part.total,
        "weight_g": part.block.weight_g,
        "placed_at": now,
        "hold_until": now + HOLD,
        "silence_told": 0,
        "carrier": "",
        "tracking": "",
        "delivered_by": "",
        "close_reason": "",
    }
    order_id = _insert_order(values)
    lines = [_line(order_id, item) for item in part.block.items]
    db.session.connection().execute(insert(OrderLine), lines)
    trail.record(actor, "placed", "order", order_id)
    return PlacedOrder(order_id, part.producer_id, part.total, part.way or Way.SHIP, part.block.adult, now)


def _insert_order(values: Mapping[str, object]) -> int:
    for _try in range(CODE_TRIES):
        order_id = db.insert_once(Order, {**values, "code": order_code()}, unique=("code",))
        if order_id is not None:
            return order_id
    raise RuntimeError("no free order code found: a million of them are used up")


def _line(order_id: int, item: CartItem) -> dict[str, object]:
    goods = item.goods
    assert goods is not None
    return {
        "order_id": order_id,
        "variant_id": item.variant_id,
        "product_id": goods.product_id,
        "name": goods.product_name,
        "variant_label": goods.variant_label,
        "unit": goods.unit,
        "price": goods.price,
        "quantity": item.quantity,
        "total": item.total,
        "weight_g": goods.weight_g * item.quantity,
        "stars": goods.stars,
        "certificate_no": goods.certificate_no,
    }

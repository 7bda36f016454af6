"""Walking through a checkout without pages: what the buyer, the producer and time do."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from marketplace.cart import actions as carts
from marketplace.kit import db
from marketplace.kit.actor import Actor, ActorKind, Place
from marketplace.kit.money import Dong
from marketplace.law.rules import CONSENT_VERSION
from marketplace.orders.models import Order, OrderGroup
from marketplace.orders.queries import held_by_orders
from marketplace.orders.rules import Checkout, Way
from marketplace.payments import actions, queries
from marketplace.payments.models import PaymentRequest
from marketplace.payments.rules import Method
from tests import cast
from tests.market import MarketUnderTest

CHE_LAM, KEO_LAC, MIEN, RUOU = 1, 2, 3, 4
LAN_HOME = Place("01", "09856")
STRANGER = Actor.stranger()
MO = Actor(ActorKind.PRODUCER, user_id=cast.user_id("Mơ"), on_behalf_of=1)
TIN = Actor(ActorKind.PRODUCER, user_id=cast.user_id("Tín"), on_behalf_of=2)
CLOCK = Actor.system("clock")


@dataclass(frozen=True)
class Bought:
    """An order that was placed."""

    token: str
    group_id: int
    order_ids: tuple[int, ...]
    request_ids: tuple[int, ...]

    @property
    def buyer(self) -> Actor:
        """Who holds its address."""
        return Actor.buyer(self.group_id)

    @property
    def order(self) -> int:
        """Its only order."""
        [one] = self.order_ids
        return one

    @property
    def request(self) -> int:
        """Its only transfer."""
        [one] = self.request_ids
        return one


def fill(market: MarketUnderTest, wants: Mapping[int, int]) -> str:
    """A new cart with so many of each variant; its token."""
    token: str | None = None
    for variant_id, quantity in wants.items():
        with market.unit():
            token = carts.put(STRANGER, token, variant_id, quantity)
    assert token
    return token


def checkout(market: MarketUnderTest, token: str, **changes: Any) -> Checkout:
    """What Lan's review page sends for this cart."""
    answers = Checkout(
        cart_token=token,
        buyer_name="Trần Thị Lan",
        buyer_phone="+84900000003",
        to=LAN_HOME,
        street="Số 5, ngõ 2",
        ways={},
        expected_total=Dong(0),
        consent_version=CONSENT_VERSION,
        adult=True,
    )
    answers = replace(answers, **{key: value for key, value in changes.items() if key in ("to", "ways")})
    with market.unit():
        offer = queries.quote(token, answers.to, answers.ways)
    return replace(answers, **{"expected_total": offer.total, "seen": offer.seen, **changes})


def order(market: MarketUnderTest, wants: Mapping[int, int], **changes: Any) -> Bought:
    """Lan orders so many of each variant."""
    return ordered(market, fill(market, wants), None, **changes)


def ordered(market: MarketUnderTest, cart_token: str, methods: Mapping[int, Method] | None, **changes: Any) -> Bought:
    """Lan orders what lies in this cart, and says how each stall is paid."""
    answers = checkout(market, cart_token, **changes)
    with market.unit():
        token = actions.place(STRANGER, answers, methods)
    return find(market, token)


def by_cash(market: MarketUnderTest, wants: Mapping[int, int], *, collect: bool = False, stall: int = 1) -> Bought:
    """Lan orders of one stall and pays in cash: to the carrier, or at the stall."""
    way, method = (Way.COLLECT, Method.STALL) if collect else (Way.SHIP, Method.COD)
    return ordered(market, fill(market, wants), {stall: method}, ways={stall: way})


def find(market: MarketUnderTest, token: str) -> Bought:
    """The order at this address."""
    with market.unit():
        group_id = db.session.scalars(select(OrderGroup.id).where(OrderGroup.token == token)).one()
        orders = db.session.scalars(select(Order.id).where(Order.group_id == group_id).order_by(Order.id)).all()
        requests = db.session.scalars(
            select(PaymentRequest.id).where(PaymentRequest.group_id == group_id).order_by(PaymentRequest.id)
        ).all()
    return Bought(token, group_id, tuple(orders), tuple(requests))


def does(market: MarketUnderTest, verb: Any, actor: Actor, *ids: int, **values: Any) -> Any:
    """One verb in a unit of its own, as a request would do it."""
    with market.unit():
        return verb(actor, *ids, **values)


def row(market: MarketUnderTest, order_id: int) -> Order:
    """The order as it is stored now."""
    with market.unit():
        one = db.session.get_one(Order, order_id)
        db.session.expunge(one)
    return one


def stock(market: MarketUnderTest, variant_id: int) -> tuple[int, int]:
    """`on_hand` and `held` of a variant; `held` is checked against the open holds of all orders."""
    with market.unit():
        on_hand, held = cast.variant_stock(variant_id)
        assert held == held_by_orders().get(variant_id, 0)
    return on_hand, held


def page(market: MarketUnderTest, token: str) -> queries.GroupPage:
    """The buyer's page."""
    with market.unit():
        found = queries.group_page(token)
    assert found
    return found

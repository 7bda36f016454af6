"""Cash on its way: what carriers and buyers still have of a producer's, what comes back instead, what does not fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import select

from marketplace.kit import clock, db
from marketplace.kit.actor import Actor
from marketplace.kit.i18n import Text
from marketplace.kit.money import Dong
from marketplace.orders.models import Order, OrderGroup
from marketplace.orders.rules import OrderState, StockState, Way, show_code
from marketplace.payments.models import PaymentRequest, PaymentShare
from marketplace.payments.queries.facts import cash_of, current, facts_of
from marketplace.payments.rules import CASH, Cash, CashState, Method, cash
from marketplace.payments.rules.cash import LATE, may_tell
from marketplace.payments.rules.cash_words import Told, cash_word, who_owes
from marketplace.producers.models import Producer
from marketplace.producers.queries import in_areas


@dataclass(frozen=True, slots=True)
class CashRow:
    """One order whose cash is not settled. Dong."""

    order_id: int
    code: str
    state: OrderState
    way: Way
    carrier: str
    tracking: str
    delivered_at: datetime | None
    cash: Cash

    @property
    def code_shown(self) -> str:
        """The code in two groups."""
        return show_code(self.code)

    @property
    def word(self) -> Text:
        """Where the cash stands."""
        return cash_word(self.cash, self.way, self.state)


@dataclass(frozen=True, slots=True)
class Pile:
    """The orders that one carrier has to pass on. `carrier` is empty for what is paid at the stall."""

    carrier: str
    rows: Sequence[CashRow]

    @property
    def open(self) -> Dong:
        """Dong still to come from it."""
        return Dong(sum(row.cash.open for row in self.rows))

    @property
    def told(self) -> Sequence[CashRow]:
        """Those whose parcel has come: their money is on its way."""
        return [row for row in self.rows if row.state is OrderState.DELIVERED]


@dataclass(frozen=True, slots=True)
class CashPage:
    """A producer's cash on its way, by carrier, and refused parcels whose goods are not back yet."""

    piles: Sequence[Pile]
    coming_back: Sequence[tuple[str, str]]

    @property
    def open(self) -> Dong:
        """Everything that still has to reach her."""
        return Dong(sum(pile.open for pile in self.piles))

    @property
    def plain(self) -> bool:
        """Whether there is an order whose sums fit, to be ticked off."""
        return any(not row.cash.differs for pile in self.piles for row in pile.rows)

    @property
    def delivered(self) -> Dong:
        """The part of it whose parcels have come."""
        return Dong(sum(row.cash.open for pile in self.piles for row in pile.told))


def _unsettled(*conditions: Any) -> Any:
    return (
        select(Order, PaymentRequest.id, PaymentRequest.due)
        .join(PaymentShare, PaymentShare.order_id == Order.id)
        .join(PaymentRequest, PaymentRequest.id == PaymentShare.request_id)
        .where(
            PaymentRequest.method.in_(CASH),
            PaymentShare.cash != CashState.SETTLED,
            Order.state.in_((OrderState.READY, OrderState.HANDED_OVER, OrderState.DELIVERED)),
            current(),
            *conditions,
        )
    )


def cash_of_producer(producer_id: int) -> CashPage:
    """Her cash on its way, the oldest order of each carrier first; and what comes back instead."""
    return CashPage(piles_of(producer_id), coming_back(producer_id))


def piles_of(producer_id: int) -> list[Pile]:
    """Her cash on its way alone; one statement where there is none."""
    query = _unsettled(Order.producer_id == producer_id).order_by(Order.carrier, Order.id)
    found = db.session.execute(query).all()
    facts = facts_of([row[1] for row in found]) if found else {}
    rows = [
        _row(order, cash(facts[request_id], due))
        for order, request_id, due in found
        if may_tell(order.state, order.way)
    ]
    return [Pile(carrier, list(some)) for carrier, some in groupby(rows, key=lambda row: row.carrier)]


def _row(order: Order, known: Cash) -> CashRow:
    return CashRow(
        order.id, order.code, order.state, order.way, order.carrier, order.tracking, order.delivered_at, known
    )


def coming_back(producer_id: int) -> list[tuple[str, str]]:
    """Refused parcels whose goods are neither back nor lost: code and carrier, the oldest first."""
    query = select(Order.code, Order.carrier).where(
        Order.producer_id == producer_id,
        Order.state == OrderState.CANCELLED,
        Order.stock_state == StockState.TAKEN,
        Order.handed_at.is_not(None),
    )
    return [(row.code, row.carrier) for row in db.session.execute(query.order_by(Order.id))]


def is_coming_back(order: Order) -> bool:
    """Whether this order's parcel was refused and its goods are neither back nor lost."""
    refused = order.state is OrderState.CANCELLED and order.handed_at is not None
    return refused and order.stock_state is StockState.TAKEN


def method_of(order_id: int) -> Method | None:
    """How an order is paid."""
    query = select(PaymentRequest.method).join(PaymentShare, PaymentShare.request_id == PaymentRequest.id)
    return db.session.scalar(query.where(PaymentShare.order_id == order_id, current()))


def cash_of_order(order_id: int) -> Cash | None:
    """Where the cash of an order stands; None when it is paid in another way."""
    query = select(PaymentRequest).join(PaymentShare, PaymentShare.request_id == PaymentRequest.id)
    request = db.session.scalars(query.where(PaymentShare.order_id == order_id, current())).one()
    return cash_of(request) if request.method in CASH else None


@dataclass(frozen=True, slots=True)
class DeskCash:
    """Cash that does not fit, or that a carrier has held for long, as the coordinator sees it: whom to call."""

    code: str
    producer_name: str
    producer_phone: str
    buyer_name: str
    buyer_phone: str
    carrier: str
    tracking: str
    delivered_at: datetime
    open: Dong
    says: Text
    differs: bool


def cash_for_area(actor: Actor) -> list[DeskCash]:
    """In the actor's areas: sums that do not fit, and cash not settled two weeks after delivery. The oldest first."""
    query = (
        _unsettled(Order.state == OrderState.DELIVERED, in_areas(actor, Producer.province_code, Producer.commune_code))
        .add_columns(Producer, OrderGroup)
        .join(OrderGroup, OrderGroup.id == Order.group_id)
        .join(Producer, Producer.id == Order.producer_id)
        .order_by(Order.delivered_at, Order.id)
    )
    found = db.session.execute(query).all()
    facts = facts_of(row[1] for row in found)
    rows = [
        _on_the_desk(order, cash(facts[request_id], due), maker, group)
        for order, request_id, due, maker, group in found
    ]
    return [row for row in rows if row.differs or row.delivered_at <= clock.now() - LATE]


def _on_the_desk(order: Order, known: Cash, maker: Producer, group: OrderGroup) -> DeskCash:
    told = Told(known, order.state, order.way, maker.name, order.carrier)
    return DeskCash(
        show_code(order.code),
        maker.name,
        maker.phone,
        group.buyer_name,
        group.buyer_phone,
        order.carrier,
        order.tracking,
        order.delivered_at or order.placed_at,
        known.open,
        who_owes(told),
        known.differs,
    )

"""Card money by producer: what is due to her, what waits, what was passed on. Sums in the database, whatever the number of orders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, case, cast, func, literal, or_, select, union_all

from marketplace.kit import clock, db
from marketplace.kit.money import Dong
from marketplace.orders.models import Order
from marketplace.orders.rules import CLOSED
from marketplace.payments.models import CardDispute, DisputeShare, PaymentRequest, PaymentShare, Payout, RefundDue
from marketplace.payments.queries.cards import payout_days
from marketplace.payments.queries.facts import current
from marketplace.payments.rules import Method
from marketplace.payments.rules.dispute import DisputeState
from marketplace.payments.rules.payout import Purse, memo, ripe_before
from marketplace.payments.vietqr import Transfer, encode
from marketplace.producers import queries as producers
from marketplace.producers.models import Producer

Sums = dict[int, int]


def _whole(column: Any) -> ColumnElement[int]:
    return cast(func.coalesce(func.sum(column), 0), BigInteger)  # PostgreSQL sums into decimals


def _received(*where: ColumnElement[bool]) -> Select[int, int]:
    return (
        select(Order.producer_id, _whole(PaymentShare.received))
        .join(PaymentShare, PaymentShare.order_id == Order.id)
        .join(PaymentRequest, PaymentRequest.id == PaymentShare.request_id)
        .where(PaymentRequest.method == Method.CARD, current(), *where)
        .group_by(Order.producer_id)
    )


def _refunded(*where: ColumnElement[bool]) -> Select[int, int]:
    """All that has to go back counts, sent or not: it is not hers any more."""
    return (
        select(Order.producer_id, _whole(RefundDue.amount))
        .join(RefundDue, RefundDue.order_id == Order.id)
        .where(RefundDue.method == Method.CARD, *where)
        .group_by(Order.producer_id)
    )


def _disputed(*where: ColumnElement[bool]) -> Select[int, int]:
    """What banks hold at the moment: whose it is, they decide."""
    return (
        select(Order.producer_id, _whole(DisputeShare.amount))
        .join(DisputeShare, DisputeShare.order_id == Order.id)
        .join(CardDispute, CardDispute.id == DisputeShare.dispute_id)
        .where(CardDispute.state == DisputeState.OPEN, *where)
        .group_by(Order.producer_id)
    )


def _paid(*where: ColumnElement[bool]) -> Select[int, int]:
    signed = case((Payout.reverses_id.is_(None), Payout.amount), else_=-Payout.amount)
    return select(Payout.producer_id, _whole(signed)).where(*where).group_by(Payout.producer_id)


def _sums(query: Select[int, int]) -> Sums:
    return {row[0]: int(row[1]) for row in db.session.execute(query)}


def purses(producer_id: int | None = None) -> dict[int, Purse]:
    """Card money of this producer, or of all who ever had any: one statement."""
    one = [] if producer_id is None else [Order.producer_id == producer_id]
    until = ripe_before(clock.now(), payout_days())
    ripe = and_(Order.delivered_at.is_not(None), Order.delivered_at <= until)
    green = and_(or_(Order.delivered_at.is_(None), Order.delivered_at > until), Order.state.not_in(CLOSED))
    mine = [] if producer_id is None else [Payout.producer_id == producer_id]
    columns = {
        "came": _received(ripe, *one),
        "went": _refunded(ripe, *one),
        "held": _disputed(ripe, *one),
        "comes": _received(green, *one),
        "goes": _refunded(green, *one),
        "holds": _disputed(green, *one),
        "paid": _paid(*mine),
    }
    sums: dict[str, Sums] = {name: {} for name in columns}
    parts = [query.add_columns(literal(name).label("part")) for name, query in columns.items()]
    for key, amount, name in db.session.execute(union_all(*parts)):
        sums[name][key] = int(amount)
    everybody = set().union(*(found.keys() for found in sums.values())) | ({producer_id} if producer_id else set())
    return {key: _purse({name: found.get(key, 0) for name, found in sums.items()}) for key in sorted(everybody)}


def _purse(sums: dict[str, int]) -> Purse:
    ripe = sums["came"] - sums["went"] - sums["held"]
    return Purse(ripe=ripe, green=sums["comes"] - sums["goes"] - sums["holds"], paid=sums["paid"])


def purse(producer_id: int) -> Purse:
    """One producer's."""
    return purses(producer_id)[producer_id]


def is_passed_on(order: Order) -> bool:
    """Whether what was passed on covers this order and all delivered before it."""
    if order.delivered_at is None:
        return False
    earlier = or_(
        Order.delivered_at < order.delivered_at, and_(Order.delivered_at == order.delivered_at, Order.id <= order.id)
    )
    hers = Order.producer_id == order.producer_id
    kept = _sums(_received(hers, earlier)).get(order.producer_id, 0)
    kept -= _sums(_refunded(hers, earlier)).get(order.producer_id, 0)
    kept -= _sums(_disputed(hers, earlier)).get(order.producer_id, 0)
    paid = _sums(_paid(Payout.producer_id == order.producer_id)).get(order.producer_id, 0)
    return paid > 0 and paid >= kept


@dataclass(frozen=True, slots=True)
class PayoutLine:
    """One transfer that was written down. `taken_back`: by mistake."""

    payout_id: int
    amount: Dong
    at: datetime
    memo: str
    account_no: str
    taken_back: bool


def history(producer_id: int, limit: int = 50) -> list[PayoutLine]:
    """What was passed on, the newest first; rows that take another back are shown on it."""
    query = select(Payout).where(Payout.producer_id == producer_id).order_by(Payout.id.desc()).limit(limit)
    rows: Sequence[Payout] = db.session.scalars(query).all()
    back = {row.reverses_id for row in rows}
    return [
        PayoutLine(row.id, row.amount, row.at, row.memo, row.account_no, row.id in back)
        for row in rows
        if row.reverses_id is None
    ]


@dataclass(frozen=True, slots=True)
class PayTo:
    """A producer to be paid: her purse, her account, and the VietQR of what is due. Empty when nothing is, or she has no account."""

    producer: Producer
    purse: Purse
    bank: str
    account_no: str
    holder: str
    memo: str
    payload: str


def to_pay() -> list[tuple[Producer, Purse]]:
    """Producers with card money that is due, or below nothing, or waits; most due first."""
    found = {key: one for key, one in purses().items() if one.payable or one.green}
    makers = producers.many(found)
    return sorted(((makers[key], one) for key, one in found.items()), key=lambda pair: -pair[1].payable)


def pay_to(key: str) -> PayTo | None:
    """Everything on the page of one producer to be paid."""
    producer = producers.by_key(key)
    if producer is None:
        return None
    one, payee = purse(producer.id), producers.payees([producer.id]).get(producer.id)
    if payee is None:
        return PayTo(producer, one, "", "", "", "", "")
    bank = producers.bank(payee.bank_bin)
    says = memo(producer.key, clock.today())
    payload = encode(Transfer(payee.bank_bin, payee.account_no, one.now, says)) if one.now else ""
    return PayTo(producer, one, bank.short if bank else payee.bank_bin, payee.account_no, payee.holder, says, payload)


@dataclass(frozen=True, slots=True)
class FailedRefund:
    """Money that a card's bank did not take."""

    refund_id: int
    code: str
    stall: str
    amount: Dong
    failed_at: datetime


def failed_refunds(limit: int = 100) -> list[FailedRefund]:
    """Refunds to cards that wait for a person, the oldest first."""
    query = (
        select(RefundDue, Order.code, Producer.name)
        .join(Order, Order.id == RefundDue.order_id)
        .join(Producer, Producer.id == Order.producer_id)
        .where(RefundDue.failed_at.is_not(None))
        .order_by(RefundDue.failed_at, RefundDue.id)
        .limit(limit)
    )
    return [
        FailedRefund(row.id, code, stall, row.amount, row.failed_at)
        for row, code, stall in db.session.execute(query)
        if row.failed_at
    ]

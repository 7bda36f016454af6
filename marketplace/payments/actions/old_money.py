"""Money with the reference of a closed request: buyer and payee say so, an official decides after calling both."""

from sqlalchemy import select

from marketplace.kit import clock, db, outbox, trail
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotFound
from marketplace.kit.i18n import lazy
from marketplace.kit.money import MOST, Dong, show_dong
from marketplace.kit.text import nfc
from marketplace.orders.models import Order
from marketplace.orders.rules import CLOSED
from marketplace.payments.actions.facts import add_fact, follow, note_for_orders, open_refund, tell
from marketplace.payments.actions.seeing import tell_sellers
from marketplace.payments.models import MoneyDoubt, PaymentRequest, PaymentShare, RefundLine
from marketplace.payments.queries.facts import shares_of
from marketplace.payments.queries.old_money import SOURCE, settled_before
from marketplace.payments.rules import Fact, FactKind, Method
from marketplace.payments.rules.card import CURRENCY, Doubt, NoteNeeded
from marketplace.payments.rules.old_money import NotClosed, Outcome, OutcomeNeeded, SumNeeded
from marketplace.payments.rules.refund import EXCESS
from marketplace.producers.models import Payee, Producer

WHY_BACK = lazy("Tiền chuyển theo mã đã đóng.")


@db.action
def old_money_said(actor: Actor, request_id: int) -> None:
    """ "Tôi đã chuyển theo mã cũ", by the buyer: kept for a person, counted nowhere. Twice is once.

    Refuses: a stranger (NotYours); not closed (NotClosed).
    """
    request = db.locked(PaymentRequest, request_id)
    actor.require_group(request.group_id)
    _ask_a_person(actor, _closed(request), Doubt.OLD_SAID, request.due)


@db.action
def old_money_seen(actor: Actor, request_id: int, *, amount: Dong | None) -> None:
    """ "Tiền về theo mã cũ", by the people whose account it is. Said again, the newer sum stands.

    Refuses: not hers (NotYours); not closed (NotClosed); no sum (SumNeeded).
    """
    request = db.locked(PaymentRequest, request_id)
    actor.require_producer(db.session.get_one(Payee, request.payee_id).producer_id or 0)
    if not amount or amount > MOST:
        raise SumNeeded(field="amount")
    _ask_a_person(actor, _closed(request), Doubt.OLD_SEEN, amount)


def _closed(request: PaymentRequest) -> PaymentRequest:
    if request.closed_at is None or request.method is not Method.TRANSFER:
        raise NotClosed
    return request


def _ask_a_person(actor: Actor, request: PaymentRequest, why: Doubt, amount: Dong) -> None:
    """One open question for each closed request; what stands in the account is better than what was said to be sent."""
    key = f"{request.id}:{settled_before(request.id)}"
    values = {
        "source": SOURCE,
        "source_id": key,
        "request_id": request.id,
        "why": why,
        "amount": amount,
        "currency": CURRENCY,
        "reference": request.reference,
        "opened_at": clock.now(),
        "note": "",
    }
    if db.insert_once(MoneyDoubt, values, unique=("source", "source_id")) is None:
        if why is Doubt.OLD_SAID:
            return
        known = db.session.scalars(select(MoneyDoubt).where(MoneyDoubt.source_id == key, MoneyDoubt.source == SOURCE))
        row = db.locked(MoneyDoubt, known.one().id)
        if (row.why, row.amount) == (why, amount):
            return
        row.why, row.amount = why, amount
    note_for_orders(actor, request, f"old_money_{why.value.removeprefix('old_')}", show_dong(amount))
    tell("order.old_money", request, once=f"{key}:{why.value}")
    follow(actor, _asked_now(request))  # goods are held until somebody has decided


@db.action
def settle_old_money(actor: Actor, doubt_id: int, outcome: str, *, amount: Dong | None, note: str) -> None:
    """An official called both. `amount` came: counted for what is asked for now, or to be sent back; or nothing came. Twice is once.

    Refuses: outside the area (NotYours); no decision (OutcomeNeeded), no note (NoteNeeded), no sum (SumNeeded).
    """
    found = db.session.get(MoneyDoubt, doubt_id)
    if found is None or found.source != SOURCE:
        raise NotFound
    request = db.locked(PaymentRequest, found.request_id or 0)
    owner = db.session.get_one(Payee, request.payee_id).producer_id or 0
    actor.require_area(db.session.get_one(Producer, owner).place)
    row, note = db.locked(MoneyDoubt, doubt_id), nfc(note)[:600]
    if outcome not in {each.value for each in Outcome}:
        raise OutcomeNeeded(field="outcome")
    if not note:
        raise NoteNeeded(field="note")
    if outcome != Outcome.NOTHING and (not amount or amount > MOST):
        raise SumNeeded(field="amount")
    if row.settled_at is not None:
        return
    row.settled_at, row.settled_by, row.note = clock.now(), actor.user_id, note
    trail.record(actor, f"old_money_{outcome}", "money_doubt", doubt_id, note)
    if outcome == Outcome.COUNTED:
        _count(actor, request, row, Dong(amount or 0))
    elif outcome == Outcome.BACK:
        _send_back(request, row, Dong(amount or 0))
    db.session.flush()
    follow(actor, _asked_now(request))
    first = shares_of(request.id)[0].order_id
    producer_id, group_id = db.session.get_one(Order, first).producer_id, request.group_id
    outbox.add(
        "order.old_answer",
        request_id=request.id,
        order_id=first,
        producer_id=producer_id,
        group_id=group_id,
        outcome=outcome,
    )


def _asked_now(request: PaymentRequest) -> PaymentRequest:
    """What is asked for into the same account in its place, locked: older ones are locked first everywhere."""
    query = (
        select(PaymentRequest.id)
        .where(
            PaymentRequest.group_id == request.group_id,
            PaymentRequest.payee_id == request.payee_id,
            PaymentRequest.method == Method.TRANSFER,
            PaymentRequest.closed_at.is_(None),
            PaymentRequest.turn > request.turn,
        )
        .order_by(PaymentRequest.turn.desc())
    )
    while True:
        now = db.locked(PaymentRequest, db.session.scalars(query).first() or 0)
        if now.closed_at is None:  # else another one took its place while we waited
            return now


def _count(actor: Actor, request: PaymentRequest, row: MoneyDoubt, amount: Dong) -> None:
    """For whatever is asked for now in this account: what is too much, or came for an order that ended since, goes back by itself."""
    now = _asked_now(request)
    add_fact(actor, now, Fact("desk", f"doubt:{row.id}", FactKind.RECEIVED, clock.now(), amount))
    note_for_orders(actor, now, "received", show_dong(amount))
    follow(actor, now)
    tell("order.received", now)
    tell_sellers(now)


def _send_back(request: PaymentRequest, row: MoneyDoubt, amount: Dong) -> None:
    """A refund of the order whose end closed the request: nobody's goods are paid with it."""
    query = (
        select(Order)
        .join(PaymentShare, PaymentShare.order_id == Order.id)
        .where(PaymentShare.request_id == request.id, Order.state.in_(CLOSED))
        .order_by(Order.id)
    )
    order = db.session.scalars(query).first()
    if order is None:
        raise NotFound
    refund_id = open_refund(order, amount, Method.TRANSFER, cause=f"old:{row.id}", reason=str(WHY_BACK), agreed=True)
    db.session.add(RefundLine(refund_id=refund_id, part=EXCESS, line_id=None, units=0, amount=amount))
    db.session.flush()

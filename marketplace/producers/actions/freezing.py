"""Suspected theft: nobody is asked to pay into the account until another official has looked."""

from marketplace.kit import changes as log
from marketplace.kit import clock, db, outbox, trail
from marketplace.kit.actor import Actor
from marketplace.kit.text import nfc
from marketplace.producers import queries
from marketplace.producers.models import Payee, PayeeChange, Producer
from marketplace.producers.queries import changes
from marketplace.producers.rules import (
    CHANGE_MOVES,
    OPEN_CHANGE,
    AlreadyFrozen,
    NotFrozen,
    NothingToChange,
    ReasonNeeded,
    StartedIt,
    may_decide,
)


@db.action
def freeze(actor: Actor, producer_id: int, *, reason: str) -> None:
    """Hide her account everywhere at once, stop a change under way, and tell open orders not to pay.

    Refuses: outside the area (NotYours); no reason (ReasonNeeded); frozen already (AlreadyFrozen); no account (NothingToChange).
    """
    under_way = changes.open_change(producer_id)
    one = db.locked(PayeeChange, under_way.id) if under_way else None
    producer = db.locked(Producer, producer_id)
    actor.require_area(producer.place)
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    if one and one.state in OPEN_CHANGE:
        db.move(one, CHANGE_MOVES, "stop", actor, nfc(reason))
        one.ended_by, one.ended_at, one.end_reason = actor.user_id, clock.now(), nfc(reason)
        outbox.add("payee.stopped", change_id=one.id)
    if not freeze_account(actor, producer, nfc(reason)):
        raise AlreadyFrozen


def freeze_account(actor: Actor, producer: Producer, reason: str) -> bool:
    """Freeze the account of a producer whose row is locked; whether it was not frozen yet."""
    payee = _account(producer.id)
    if payee.frozen_at is not None:
        return False
    payee.frozen_at, payee.frozen_by, payee.frozen_reason = clock.now(), actor.user_id, reason
    _say(actor, producer, payee, "frozen", reason)
    return True


@db.action
def unfreeze(actor: Actor, producer_id: int, *, reason: str) -> None:
    """Show the account again, after somebody has looked; open orders are told that they may pay.

    Refuses: outside the area (NotYours); who froze it, or is of the stall (StartedIt); no reason (ReasonNeeded); NotFrozen.
    """
    producer = db.locked(Producer, producer_id)
    actor.require_area(producer.place)
    payee = _account(producer_id)
    if payee.frozen_at is None:
        raise NotFrozen
    if not may_decide(actor, payee.frozen_by, changes.close_to(producer_id)):
        raise StartedIt
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    payee.frozen_at, payee.frozen_by, payee.frozen_reason = None, None, ""
    _say(actor, producer, payee, "unfrozen", nfc(reason))


def _account(producer_id: int) -> Payee:
    payee = queries.payee_of(producer_id)
    if payee is None or payee.approved_at is None:
        raise NothingToChange
    return db.locked(Payee, payee.id)


def _say(actor: Actor, producer: Producer, payee: Payee, what: str, reason: str) -> None:
    trail.record(actor, what, "payee", payee.id, reason)
    log.add("producer", producer.id)
    outbox.add(f"account.{what}", producer_id=producer.id, reason=reason)
    outbox.add("payee.orders", payee_id=payee.id, frozen=what == "frozen")

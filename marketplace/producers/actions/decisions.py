"""Verbs of the desk about a producer, and the public log of decisions."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.accounts import queries as accounts
from marketplace.accounts.rules import check_public
from marketplace.kit import changes, clock, db, outbox
from marketplace.kit.actor import Actor, Place
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import _, lazy
from marketplace.kit.text import nfc
from marketplace.producers import queries
from marketplace.producers.models import Decision, Producer
from marketplace.producers.rules import (
    KIND_LABELS,
    PRODUCER_MOVES,
    MismatchNeedsReason,
    Reason,
    ReasonNeeded,
    points_of,
)


@dataclass(frozen=True)
class Subject:
    """What a decision of the desk is about. `kind` is producer, product or certificate; `title` is shown in public."""

    kind: str
    id: int
    producer_id: int
    title: str
    place: Place


@db.action
def approve(actor: Actor, producer_id: int, *, note: str = "", mismatch_reason: str = "") -> None:
    """Open a stall to buyers and accept its account. `note` goes to the producer, `mismatch_reason` stays on the desk.

    Refuses: outside the actor's area (NotYours); not waiting (AlreadyDecided); no account (BadInput); the holder is
    somebody else and no reason is written (MismatchNeedsReason).
    """
    producer = _in_area(actor, producer_id)
    db.move(producer, PRODUCER_MOVES, "approve", actor, note)
    producer.approved_at = clock.now()
    approve_payee(actor, producer_id, nfc(mismatch_reason))
    _decided(actor, producer, "approve", "")
    changes.add("producer", producer_id)
    outbox.add("producer.approved", producer_id=producer_id, note=note)


def approve_payee(actor: Actor, producer_id: int, mismatch_reason: str) -> None:
    """Accept the account together with its producer; part of a decision, never alone."""
    payee = queries.payee_of(producer_id)
    if payee is None:
        raise BadInput(lazy("Cơ sở chưa có tài khoản nhận tiền."), field="payee")
    if not payee.holder_matches and not mismatch_reason:
        raise MismatchNeedsReason(field="mismatch_reason")
    payee.mismatch_reason = "" if payee.holder_matches else mismatch_reason
    payee.approved_by = actor.user_id
    payee.approved_at = clock.now()


@db.action
def send_back(actor: Actor, producer_id: int, *, reason: str, points: Sequence[Reason] = (), message: str = "") -> None:
    """Return an application with what to correct. `reason` is public; `points` are its sentences, each with its field;
    `message` is for the producer alone.

    Refuses: outside the area (NotYours); not waiting (AlreadyDecided); no reason (ReasonNeeded).
    """
    producer = _in_area(actor, producer_id)
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    db.move(producer, PRODUCER_MOVES, "send_back", actor, reason)
    producer.returned_reason = f"{nfc(reason)} {nfc(message)}".strip()
    producer.returned_points = points_of(points or ([] if message else [Reason("", reason)]), message)
    _decided(actor, producer, "send_back", reason)
    outbox.add("producer.returned", producer_id=producer_id)


@db.action
def pause(actor: Actor, producer_id: int, *, reason: str) -> None:
    """Close a stall for now; all its products leave the shelf. Refuses as `send_back`."""
    producer = _in_area(actor, producer_id)
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    db.move(producer, PRODUCER_MOVES, "pause", actor, reason)
    producer.returned_reason = nfc(reason)
    _decided(actor, producer, "pause", reason)
    changes.add("producer", producer_id)
    outbox.add("producer.paused", producer_id=producer_id)


@db.action
def resume(actor: Actor, producer_id: int, *, reason: str = "") -> None:
    """Open a paused stall again. Refuses: outside the area (NotYours); not paused (AlreadyDecided)."""
    producer = _in_area(actor, producer_id)
    db.move(producer, PRODUCER_MOVES, "resume", actor, reason)
    producer.returned_reason, producer.returned_points = "", []
    _decided(actor, producer, "resume", reason)
    changes.add("producer", producer_id)
    outbox.add("producer.resumed", producer_id=producer_id)


def _in_area(actor: Actor, producer_id: int) -> Producer:
    producer = db.locked(Producer, producer_id)
    actor.require_area(producer.place)
    return producer


def _decided(actor: Actor, producer: Producer, verb: str, reason: str) -> None:
    subject = Subject("producer", producer.id, producer.id, _public_name(producer), producer.place)
    record_decision(actor, verb, subject, reason)


def _public_name(producer: Producer) -> str:
    """A stall is public once it was approved; before that the log does not say who applied."""
    return producer.name if producer.approved_at else _("Đơn xin bán: %(kind)s", kind=KIND_LABELS[producer.kind])


@db.action
def record_decision(actor: Actor, verb: str, subject: Subject, reason: str = "") -> None:
    """Write a decision into the public log: the office, never the person. `reason` is shown to everyone.

    Refuses: the reason holds a telephone number, an address or an account (NotForPublic).
    """
    check_public(reason, field="reason")
    office = accounts.office_of(actor.user_id, subject.place) if actor.user_id else None
    db.session.add(
        Decision(
            subject_kind=subject.kind,
            subject_id=subject.id,
            producer_id=subject.producer_id,
            title=subject.title,
            office=office or _("Đơn vị vận hành chợ"),
            verb=verb,
            reason=nfc(reason),
            province_code=subject.place.province_code,
            commune_code=subject.place.commune_code,
            at=clock.now(),
        )
    )

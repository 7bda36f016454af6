"""Verbs of an application: send it, correct it; and stalls opened by the import and the demo."""

from dataclasses import replace
from typing import Any

from marketplace.kit import changes, clock, db, outbox, trail
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import BadInput, NotAllowed
from marketplace.kit.i18n import lazy
from marketplace.kit.text import fold, nfc, random_key, slugify
from marketplace.law.rules import check_text, name_each
from marketplace.producers import queries
from marketplace.producers.actions.decisions import Subject, approve_payee, record_decision
from marketplace.producers.models import Payee, Producer, ProducerMember
from marketplace.producers.rules import (
    PRODUCER_MOVES,
    Application,
    PayeeIsFixed,
    ProducerState,
    account_number,
    holder_as_banks_write,
    holder_matches,
    missing,
)

# The columns an application fills, beside the name and the place.
_WRITTEN = ("kind", "phone", "village_id", "zalo")
_TYPED = ("village", "old_place", "street", "story", "registration_no", "tax_code", "representative")


@db.action
def apply(actor: Actor, application: Application) -> int:
    """Send an application for a stall; the applicant becomes its first member. The producer's id.

    A second press, or a second application of the same person under the same name, gives the same producer.
    Refuses: nobody signed in (NotAllowed); something missing or forbidden words (BadInput with the field).
    """
    if actor.user_id is None:
        raise NotAllowed
    application = _checked(application)
    values = _columns(application) | _new_keys(application.name)
    values |= {"applied_by": actor.user_id, "state": ProducerState.APPLIED}
    producer_id = db.insert_once(Producer, values, unique=("applied_by", "name_folded"))
    if producer_id is None:
        return queries.applied_as(actor.user_id, fold(application.name))
    db.insert_once(
        ProducerMember, {"producer_id": producer_id, "user_id": actor.user_id}, unique=("producer_id", "user_id")
    )
    _write_payee(actor.user_id, producer_id, application)
    trail.record(actor, "apply", "producer", producer_id)
    outbox.add("producer.applied", producer_id=producer_id)
    return producer_id


@db.action
def correct(actor: Actor, producer_id: int, application: Application) -> None:
    """Send an application again, changed. Refuses: not hers (NotYours); already approved (AlreadyDecided)."""
    producer = db.locked(Producer, producer_id)
    actor.require_producer(producer_id)
    application = _checked(application)
    db.move(producer, PRODUCER_MOVES, "correct", actor)
    for column, value in _columns(application).items():
        setattr(producer, column, value)
    producer.returned_reason, producer.returned_points = "", []
    _write_payee(producer.applied_by or actor.user_id, producer_id, application)
    outbox.add("producer.applied", producer_id=producer_id)


def _checked(application: Application) -> Application:
    """The application in stored spelling. Refuses the first thing missing or the first forbidden word (BadInput)."""
    cleaned: dict[str, Any] = {field: nfc(getattr(application, field)) for field in ("name", *_TYPED)}
    application = replace(application, **cleaned)
    lacking = missing(application, (bank.bin for bank in queries.banks()))
    if lacking:
        raise BadInput(lacking[0].message, field=lacking[0].field)
    for field in ("name", "story"):
        refuse_forbidden(getattr(application, field), field)
    return application


def refuse_forbidden(text: str, field: str) -> None:
    """Refuse (BadInput) the mark, grades and health claims in what a stall tells."""
    found = check_text(text, set_no=None, field=field)
    if found:
        raise BadInput(name_each(found), field=field)


def _columns(application: Application) -> dict[str, object]:
    typed = {column: getattr(application, column) for column in (*_WRITTEN, *_TYPED)}
    return typed | {
        "name": application.name,
        "name_folded": fold(application.name),
        "province_code": application.place.province_code,
        "commune_code": application.place.commune_code,
        "applied_at": clock.now(),
    }


def _new_keys(name: str) -> dict[str, object]:
    key = random_key()
    return {"key": key, "slug": f"{slugify(name)}-{key}".lstrip("-"), "created_at": clock.now()}


def _write_payee(applicant_id: int | None, producer_id: int, application: Application) -> None:
    draft = application.payee
    if draft is None:
        return
    payee = queries.payee_of(producer_id) or Payee(producer_id=producer_id)
    if payee.approved_at is not None:
        raise PayeeIsFixed
    names = [application.name, application.representative, queries.name_of_user(applicant_id)]
    payee.kind = draft.kind
    payee.bank_bin = draft.bank_bin
    payee.account_no = account_number(draft.account_no) or ""
    payee.holder = holder_as_banks_write(draft.holder)
    payee.holder_matches = holder_matches(draft.holder, names)
    payee.mismatch_reason = ""
    db.session.add(payee)


@db.action
def found(
    actor: Actor, application: Application, *, sample_key: str | None = None, photo_key: str | None = None
) -> int:
    """Open a stall at once, for the import and the demo; the operator is its approver. The producer's id.

    With `sample_key` the stall is a sample and opened once. Refuses: not the operator or an admin (NotAllowed).
    """
    actor.require({ActorKind.OPERATOR, ActorKind.ADMIN, ActorKind.SYSTEM})
    application = _checked(application) if application.payee else _without_payee(application)
    now = clock.now()
    values = _columns(application) | _new_keys(application.name)
    values |= {"state": ProducerState.ACTIVE, "approved_at": now, "photo_key": photo_key}
    values |= {"sample_key": sample_key, "is_sample": sample_key is not None}
    producer_id = db.insert_once(Producer, values, unique=("sample_key",))
    if producer_id is None:
        return queries.sample(sample_key or "")
    _write_payee(actor.user_id, producer_id, application)
    db.session.flush()
    if application.payee:
        approve_payee(actor, producer_id, str(lazy("Đơn vị vận hành mở cùng gian hàng")))
    subject = Subject("producer", producer_id, producer_id, application.name, application.place)
    record_decision(actor, "approve", subject)
    changes.add("producer", producer_id)
    return producer_id


def _without_payee(application: Application) -> Application:
    for field in ("name", "story"):
        refuse_forbidden(getattr(application, field), field)
    return replace(application, name=nfc(application.name))


@db.action
def join(actor: Actor, producer_id: int, user_id: int) -> None:
    """Make a person a member of a producer. Refuses: not the operator or an admin (NotAllowed)."""
    actor.require({ActorKind.OPERATOR, ActorKind.ADMIN, ActorKind.SYSTEM})
    unique = ("producer_id", "user_id")
    db.insert_once(ProducerMember, {"producer_id": producer_id, "user_id": user_id}, unique=unique)
    trail.record(actor, "join", "producer", producer_id, note=str(user_id))

"""An application being written: every page saves, the last one sends."""

from typing import Any

from marketplace.kit import clock, db
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotAllowed, NotFound
from marketplace.kit.text import fold
from marketplace.places import queries as places
from marketplace.producers import queries
from marketplace.producers.actions.application import apply, correct, refuse_forbidden
from marketplace.producers.actions.stall import set_photo
from marketplace.producers.models import ApplicationDraft, Payee, Producer
from marketplace.producers.rules.draft import ANSWERS, application_from


@db.action
def keep_draft(actor: Actor, answers: dict[str, Any]) -> None:
    """Save these answers of the person's one unsent application. Refuses: nobody signed in (NotAllowed); forbidden words."""
    row = _own(actor)
    for field in ("name", "story"):
        refuse_forbidden(str(answers.get(field) or ""), field)
    kept = row.answers | {field: answers[field] for field in ANSWERS if field in answers}
    row.answers = kept | {"village_id": _village(kept)}
    row.updated_at = clock.now()


def _village(answers: dict[str, Any]) -> int | None:
    """The craft village of her province that goes by the name she typed, with or without the word for village."""
    typed = _bare(str(answers.get("village") or ""))
    known = places.villages_of(str(answers.get("province_code") or "")) if typed else ()
    return next((village.id for village in known if _bare(village.name) == typed), None)


def _bare(name: str) -> str:
    words = fold(name).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("lang", "thon", "xom", "ap", "ban") else words)


@db.action
def correct_draft(actor: Actor, producer_id: int) -> None:
    """Begin to correct an application that was sent: its answers become the draft again. Refuses: not hers (NotYours)."""
    producer = db.locked(Producer, producer_id)
    actor.require_producer(producer_id)
    row = _own(actor)
    if row.producer_id != producer_id:
        row.producer_id = producer_id
        row.answers = _answers_of(producer, queries.payee_of(producer_id))
        row.updated_at = clock.now()


def _answers_of(producer: Producer, payee: Payee | None) -> dict[str, Any]:
    columns = set(ANSWERS) - {"photo_key", "bank_bin", "account_no", "holder"}
    answers = {field: getattr(producer, field) for field in columns}
    if payee is not None:
        answers |= {"bank_bin": payee.bank_bin, "account_no": payee.account_no, "holder": payee.holder}
    return answers | {"kind": producer.kind.value, "photo_key": producer.photo_original_key}


def _own(actor: Actor) -> ApplicationDraft:
    if actor.user_id is None:
        raise NotAllowed
    values = {"user_id": actor.user_id, "answers": {}, "updated_at": clock.now()}
    db.insert_once(ApplicationDraft, values, unique=("user_id",))
    return db.locked(ApplicationDraft, _id_of(actor.user_id))


def _id_of(user_id: int) -> int:
    draft = queries.draft_of(user_id)
    if draft is None:
        raise NotFound
    return draft.id


@db.action
def send_draft(actor: Actor) -> int:
    """Send the written application; the producer's id. A second press finds what the first one sent. Refuses as `apply`."""
    if actor.user_id is None:
        raise NotAllowed
    draft = queries.draft_of(actor.user_id)
    if draft is None:
        sent = queries.for_user(actor.user_id)
        if not sent:
            raise NotFound
        return sent[-1].id
    application = application_from(draft.answers)
    photo = draft.answers.get("photo_key")
    if draft.producer_id is None:
        producer_id = apply(actor, application)
    else:
        producer_id = draft.producer_id
        correct(actor, producer_id, application)
    if photo and db.locked(Producer, producer_id).photo_original_key != photo:
        set_photo(actor, producer_id, str(photo))
    db.session.delete(draft)
    return producer_id

"""What the stall shows: story, Zalo, the maker's photo, and the number of orders delivered."""

from sqlalchemy import update

from marketplace.kit import changes, db, outbox, trail
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import NotYours
from marketplace.kit.text import nfc
from marketplace.producers.actions.application import refuse_forbidden
from marketplace.producers.models import Producer


@db.action
def write_stall(actor: Actor, producer_id: int, *, story: str, zalo: bool) -> None:
    """Change what the stall tells. Refuses: not hers (NotYours); forbidden words (BadInput)."""
    producer = db.locked(Producer, producer_id)
    actor.require_producer(producer_id)
    refuse_forbidden(story, "story")
    producer.story, producer.zalo = nfc(story), zalo
    trail.record(actor, "write_stall", "producer", producer_id)
    changes.add("producer", producer_id)


@db.action
def set_cash(actor: Actor, producer_id: int, *, cod: bool, stall: bool) -> None:
    """Take cash through carriers (`cod`), take cash at the stall; for orders from now on. Refuses: not hers (NotYours)."""
    producer = db.locked(Producer, producer_id)
    actor.require_producer(producer_id)
    if (producer.takes_cod, producer.takes_cash) == (cod, stall):
        return
    producer.takes_cod, producer.takes_cash = cod, stall
    trail.record(actor, "set_cash", "producer", producer_id, f"cod={int(cod)} stall={int(stall)}")


@db.action
def set_photo(actor: Actor, producer_id: int, original_key: str) -> None:
    """Take a photo of the maker from the private store; the worker re-encodes it (outbox `producer.photo`)."""
    producer = db.locked(Producer, producer_id)
    applied_herself = actor.user_id is not None and producer.applied_by == actor.user_id
    if not (actor.is_admin or applied_herself):
        actor.require_producer(producer_id)
    producer.photo_original_key, producer.photo_reason = original_key, ""
    trail.record(actor, "set_photo", "producer", producer_id)
    outbox.add("producer.photo", producer_id=producer_id, original_key=original_key)


@db.action
def photo_done(actor: Actor, producer_id: int, original_key: str, *, public_key: str | None, reason: str = "") -> None:
    """What became of a photo: its key in the public store, or why it cannot be used. A newer photo wins."""
    producer = db.locked(Producer, producer_id)
    if actor.kind is not ActorKind.SYSTEM and not actor.is_admin:
        raise NotYours
    if producer.photo_original_key != original_key:
        return
    producer.photo_key = public_key or producer.photo_key
    producer.photo_reason = reason
    changes.add("producer", producer_id)


@db.action
def count_delivered(producer_id: int, delivered: int) -> None:
    """Store how many orders of this producer were delivered, as `orders` counted them."""
    db.session.execute(
        update(Producer).where(Producer.id == producer_id).values(delivered=delivered),
        execution_options={"synchronize_session": False},
    )
    changes.add("producer", producer_id)

"""Opening messages."""

from sqlalchemy import update

from marketplace.kit import clock, db
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotFound
from marketplace.notices.models import Notice


@db.action
def read(actor: Actor, notice_id: int) -> str:
    """Mark one message to the stall, or to the official, as read; the address it speaks of. Refuses: another's (404)."""
    one = db.locked(Notice, notice_id)
    if one.producer_id is not None:
        actor.require_producer(one.producer_id)
    elif one.user_id != actor.user_id:
        raise NotFound
    one.read_at = one.read_at or clock.now()
    return one.url


@db.action
def read_all(actor: Actor, producer_id: int) -> None:
    """Mark all of a stall's messages as read. Refuses: another's (NotYours)."""
    actor.require_producer(producer_id)
    db.session.connection().execute(
        update(Notice).where(Notice.producer_id == producer_id, Notice.read_at.is_(None)).values(read_at=clock.now())
    )


@db.action
def read_all_of_user(actor: Actor) -> None:
    """Mark all messages to this official as read."""
    db.session.connection().execute(
        update(Notice).where(Notice.user_id == actor.user_id, Notice.read_at.is_(None)).values(read_at=clock.now())
    )

"""Opening messages."""

from sqlalchemy import update

from marketplace.kit import clock, db
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotFound
from marketplace.notices.models import Notice


@db.action
def read(actor: Actor, notice_id: int) -> str:
    """Mark one of the stall's own messages as read; the address it speaks of. Refuses: another's (NotYours)."""
    one = db.locked(Notice, notice_id)
    if one.producer_id is None:
        raise NotFound
    actor.require_producer(one.producer_id)
    one.read_at = one.read_at or clock.now()
    return one.url


@db.action
def read_all(actor: Actor, producer_id: int) -> None:
    """Mark all of a stall's messages as read. Refuses: another's (NotYours)."""
    actor.require_producer(producer_id)
    db.session.connection().execute(
        update(Notice).where(Notice.producer_id == producer_id, Notice.read_at.is_(None)).values(read_at=clock.now())
    )

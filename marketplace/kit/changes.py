"""The log that the search index and the page cache follow."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, func, select

from marketplace.kit import clock, db
from marketplace.kit.actor import Actor
from marketplace.kit.journal import Change

KEPT = timedelta(days=14)


def add(kind: str, key: int) -> None:
    """Say that this thing looks different. Collected by the unit, once each, and written just before its commit."""
    if not db.writing():
        raise RuntimeError("a change is written inside an action")
    db.session.info["changes"][(kind, key)] = None


def after(cursor: int, limit: int = 500) -> Sequence[Change]:
    """Changes with a number above `cursor`, in order."""
    return db.session.scalars(select(Change).where(Change.seq > cursor).order_by(Change.seq).limit(limit)).all()


def newest() -> int:
    """The highest number given out, 0 when there is none."""
    return int(db.session.scalar(select(func.max(Change.seq))) or 0)


def oldest() -> int:
    """The lowest number kept; a reader whose cursor is below it minus one has missed some and rebuilds."""
    return int(db.session.scalar(select(func.min(Change.seq))) or 0)


@db.action
def forget_old(actor: Actor) -> None:  # noqa: ARG001 - actions take an actor
    """Drop changes older than 14 days."""
    db.session.execute(
        delete(Change).where(Change.at < clock.now() - KEPT), execution_options={"synchronize_session": False}
    )

"""A market that came back from a backup is held: what goes outside waits until its operator has looked.

Between the backup and the loss things happened that this database no longer knows. Letters may have gone out, money may
have come or gone back. So no promise is kept and no clock runs until a person says "go on".
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from marketplace.kit import clock, db, trail
from marketplace.kit.actor import Actor
from marketplace.kit.base import Base, Id
from marketplace.kit.errors import NotYours

Review = Callable[[datetime], Sequence[str]]
"""Asks one outside system what happened there since a moment and is unknown here; one sentence for each thing found."""


class Holding(Base):
    """One time that the market was held. `copied_at`: when the backup was taken; `found`: sentences under a heading each."""

    __tablename__ = "holding"

    id: Mapped[Id]
    copied_at: Mapped[datetime]
    began_at: Mapped[datetime]
    found: Mapped[dict[str, Any]]
    released_at: Mapped[datetime | None]
    released_by: Mapped[int | None]


def current() -> Holding | None:
    """The time that is not over yet."""
    return db.session.scalar(select(Holding).where(Holding.released_at.is_(None)).order_by(Holding.id.desc()).limit(1))


@db.action
def note(actor: Actor, heading: str, found: Sequence[str]) -> None:  # noqa: ARG001 - actions take an actor
    """Put what an outside system knows before the operator's eyes."""
    held = current()
    if held is not None:
        held.found = {**held.found, heading: list(found)}


@db.action
def release(actor: Actor) -> bool:
    """Go on: promises are kept and clocks run again; whether it was held. Refuses: not an admin (NotYours)."""
    if not actor.is_admin:
        raise NotYours
    held = current()
    if held is None:
        return False
    held.released_at, held.released_by = clock.now(), actor.user_id
    trail.record(actor, "release", Holding.__tablename__, held.id)
    return True

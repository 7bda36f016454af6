"""What this database is for. A demo market never turns into a real one, nor the other way round."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.kit import clock, db
from marketplace.kit.actor import Actor
from marketplace.kit.base import Base

MOVED = "moved"
"""The mode of a database whose market went on to another one: nothing starts on it again."""


class Marking(Base):
    """The one row that says `demo` or `production`, written on the first start."""

    __tablename__ = "marking"
    __table_args__ = (CheckConstraint("id = 1", name="only"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mode: Mapped[str] = mapped_column(String(12))
    started_at: Mapped[datetime]


def mode() -> str | None:
    """`demo`, `production`, or None for a database never started."""
    marking = db.session.get(Marking, 1)
    return marking.mode if marking else None


@db.action
def mark(actor: Actor, wanted: str) -> str:  # noqa: ARG001 - actions take an actor
    """Mark a new database; the mode it bears, whoever was first."""
    db.insert_once(Marking, {"id": 1, "mode": wanted, "started_at": clock.now()}, unique=("id",))
    found = mode()
    assert found is not None
    return found

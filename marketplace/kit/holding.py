"""A market that came back from a backup is held: what goes outside waits until its operator has looked.

Between the backup and the loss things happened that this database no longer knows. Letters may have gone out, money may
have come or gone back. So no promise is kept and no clock runs until a person says "go on".
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.kit import clock, db, trail
from marketplace.kit.actor import Actor
from marketplace.kit.base import Base, Id
from marketplace.kit.errors import BadInput, NotYours
from marketplace.kit.i18n import lazy
from marketplace.kit.text import nfc

Review = Callable[[datetime], Sequence[str]]
"""Asks one outside system, outside every unit, what happened there since a moment, and writes it down; a sentence for each thing."""

REMEMBERED = timedelta(days=90)
"""So long after a restore, an order that is not known may have been lost with it."""


class Holding(Base):
    """One time that the market was held. `copied_at`: when the backup was taken; `found`: what outside systems answered, by heading."""

    __tablename__ = "holding"

    id: Mapped[Id]
    copied_at: Mapped[datetime]
    began_at: Mapped[datetime]
    found: Mapped[dict[str, Any]]
    released_at: Mapped[datetime | None]
    released_by: Mapped[int | None]


class Finding(Base):
    """Something of the time that was lost, which only a person can bring in order; kept until somebody says that it is done, and after."""

    __tablename__ = "finding"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(120), unique=True)
    heading: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(String(600))
    found_at: Mapped[datetime]
    found_by: Mapped[int | None]
    handled_at: Mapped[datetime | None] = mapped_column(index=True)
    handled_by: Mapped[int | None]
    note: Mapped[str] = mapped_column(String(600), default="")


class SayWhatWasDone(BadInput):
    """The next person must be able to read it."""

    message = lazy("Xin ghi đã làm gì, ví dụ: đã gọi khách, đã chuyển tiền trả lại.")


def current() -> Holding | None:
    """The time that is not over yet."""
    return db.session.scalar(select(Holding).where(Holding.released_at.is_(None)).order_by(Holding.id.desc()).limit(1))


def latest() -> Holding | None:
    """The last time, over or not, as long as somebody may still miss something because of it."""
    newest = db.session.scalar(select(Holding).order_by(Holding.id.desc()).limit(1))
    return newest if newest is not None and newest.began_at > clock.now() - REMEMBERED else None


def open_findings(limit: int = 200) -> Sequence[Finding]:
    """What waits for a person, by heading, the oldest first."""
    query = select(Finding).where(Finding.handled_at.is_(None)).order_by(Finding.heading, Finding.id).limit(limit)
    return db.session.scalars(query).all()


def open_count(heading: str | None = None) -> int:
    """How many wait, of one heading or of all."""
    query = select(func.count()).where(Finding.handled_at.is_(None))
    return int(db.session.scalar(query if heading is None else query.where(Finding.heading == heading)) or 0)


def begins_with(key: str) -> str:
    """The text of the finding whose key begins so; empty when there is none."""
    query = select(Finding.text).where(Finding.key.startswith(key, autoescape=True)).order_by(Finding.id)
    return db.session.scalar(query.limit(1)) or ""


@db.action
def find(actor: Actor, heading: str, key: str, text: str) -> bool:
    """Keep something for a person to look at; whether it is news."""
    values = {"key": key[:120], "heading": heading, "text": text[:600], "found_at": clock.now(), "note": ""}
    return db.insert_once(Finding, {**values, "found_by": actor.user_id}, unique=("key",)) is not None


@db.action
def handle(actor: Actor, finding_id: int, *, note: str) -> None:
    """ "Đã xử lý": who, when and what was done. Twice is once. Refuses: not an admin (NotYours); nothing written (SayWhatWasDone)."""
    if not actor.is_admin:
        raise NotYours
    row, said = db.locked(Finding, finding_id), nfc(note)[:600]
    if not said:
        raise SayWhatWasDone(field="note")
    if row.handled_at is None:
        row.handled_at, row.handled_by, row.note = clock.now(), actor.user_id, said
        trail.record(actor, "handle", Finding.__tablename__, finding_id, said)


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

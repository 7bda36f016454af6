"""Who did what to which thing, when, and for whom. Append-only, sealed in batches by the worker with a hash chain."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.kit.journal import TrailRow


def record(actor: Actor, verb: str, subject_kind: str, subject_id: int, note: str = "") -> None:
    """Write one row in the unit that does the thing."""
    db.session.add(db.trail_row(actor, verb, subject_kind, subject_id, note))


def of(subject_kind: str, subject_id: int) -> Sequence[TrailRow]:
    """Everything done to one thing, oldest first."""
    return db.session.scalars(
        select(TrailRow)
        .where(TrailRow.subject_kind == subject_kind, TrailRow.subject_id == subject_id)
        .order_by(TrailRow.id)
    ).all()


def _digest(before: str, row: TrailRow) -> str:
    parts = (
        before, row.id, row.at.isoformat(), row.actor_kind, row.actor_name, row.user_id, row.on_behalf_of,
        row.verb, row.subject_kind, row.subject_id, row.old, row.new, row.note,
    )  # fmt: skip
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()


@db.action
def seal(actor: Actor, limit: int = 1000) -> int:  # noqa: ARG001 - actions take an actor
    """Chain up to `limit` unsealed rows to the last sealed one; how many were sealed."""
    if db.dialect() == "postgresql":  # the same lock as `changes`, so that rows appear in order
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": db.CHANGES_LOCK})
    last = db.session.scalar(select(TrailRow).where(TrailRow.seal.is_not(None)).order_by(TrailRow.id.desc()).limit(1))
    before = last.seal or "" if last else ""
    rows = db.session.scalars(select(TrailRow).where(TrailRow.seal.is_(None)).order_by(TrailRow.id).limit(limit)).all()
    for row in rows:
        before = _digest(before, row)
        db.session.execute(
            update(TrailRow).where(TrailRow.id == row.id).values(seal=before),
            execution_options={"synchronize_session": False},
        )
    return len(rows)


def first_broken(session: Session | None = None) -> int | None:
    """The id of the first sealed row that does not follow from the one before, or None when the chain holds."""
    before = ""
    sealed = (session or db.session).scalars(select(TrailRow).where(TrailRow.seal.is_not(None)).order_by(TrailRow.id))
    for row in sealed:
        if row.seal != (before := _digest(before, row)):
            return row.id
    return None


def unsealed() -> int:
    """How many rows still wait for their seal."""
    return int(db.session.scalar(select(func.count()).select_from(TrailRow).where(TrailRow.seal.is_(None))) or 0)

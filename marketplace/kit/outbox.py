"""Things to be done once in the world outside, promised in the unit that decides them and kept by the worker.

Leases are counted by the database's own clock, so a machine whose clock jumps steals nothing. The id never goes
outside: ids repeat after a restore, the `key` does not.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, String, case, func, literal_column, or_, select, true, update
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.kit import clock, db, secret
from marketplace.kit.actor import Actor
from marketplace.kit.base import Base, Id
from marketplace.kit.errors import NotYours

LEASE_SECONDS = 60
MOST_ATTEMPTS = 8
SECRETS_KEPT = timedelta(days=30)


class Promise(Base):
    """One thing to do outside. `state`: waiting, done, dead (given up, shown to people), dropped (by a person).

    `lapses_at`: after this moment it is of no use to anybody, as a code that has run out; it is then given up.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "state", "run_at"), {"sqlite_autoincrement": True})

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(32), unique=True)
    topic: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]]
    sealed: Mapped[str | None]
    dedup: Mapped[str | None] = mapped_column(String(120), unique=True)
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    run_at: Mapped[datetime]
    lapses_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    owner: Mapped[str | None] = mapped_column(String(32))
    lease_until: Mapped[float | None]
    last_error: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Job:
    """A promise taken on by a worker; `payload` holds `secret` when one was sealed."""

    id: int
    key: str
    topic: str
    payload: Mapping[str, Any]
    attempts: int


def add(
    topic: str,
    *,
    secret_text: str | None = None,
    dedup: str | None = None,
    run_at: datetime | None = None,
    lapses_at: datetime | None = None,
    **payload: Any,
) -> None:
    """Promise to do `topic` with `payload` (JSON). `secret_text` is kept encrypted and wiped when done; `dedup`: at most once ever.

    `lapses_at`: when it stops being of use. With `dedup` the key follows from it: a market that comes back from a backup
    and promises the same thing again gives it the same name outside.
    """
    if not db.writing():
        raise RuntimeError("a promise is made inside an action")
    now = clock.now()
    values = {
        "key": secret.digest("promise", dedup)[:32] if dedup else secrets.token_hex(16),
        "topic": topic,
        "payload": payload,
        "sealed": secret.seal(secret_text) if secret_text is not None else None,
        "dedup": dedup,
        "state": "waiting",
        "run_at": run_at or now,
        "lapses_at": lapses_at,
        "attempts": 0,
        "last_error": "",
        "created_at": now,
    }
    db.insert_once(Promise, values, unique=("dedup",))


def _database_now() -> Any:
    """Seconds by the database's clock, as SQL."""
    if db.dialect() == "postgresql":
        return literal_column("extract(epoch from clock_timestamp())")
    return literal_column("(julianday('now') - 2440587.5) * 86400.0")


def _of_use() -> Any:
    return or_(Promise.lapses_at.is_(None), Promise.lapses_at > clock.now())


@db.action
def claim(actor: Actor, limit: int = 10, *, only: Sequence[str] | None = None) -> Sequence[Job]:
    """Take on up to `limit` promises that are due, each under a lease of a minute; `actor.name` owns them.

    `only`: of these topics.
    """
    now = _database_now()
    free = or_(Promise.lease_until.is_(None), Promise.lease_until < now, Promise.lease_until > now + 2 * LEASE_SECONDS)
    due = (
        select(Promise.id)
        .where(Promise.state == "waiting", Promise.run_at <= clock.now(), free, _of_use())
        .where(Promise.topic.in_(only) if only is not None else true())
        .order_by(Promise.run_at, Promise.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = db.session.execute(
        update(Promise)
        .where(Promise.id.in_(due.scalar_subquery()))
        .values(owner=actor.name, lease_until=now + LEASE_SECONDS, attempts=Promise.attempts + 1)
        .returning(Promise.id, Promise.key, Promise.topic, Promise.payload, Promise.sealed, Promise.attempts),
        execution_options={"synchronize_session": False},
    ).all()
    return [
        Job(
            row.id,
            row.key,
            row.topic,
            {**row.payload, **({"secret": secret.unseal(row.sealed)} if row.sealed else {})},
            row.attempts,
        )
        for row in sorted(rows, key=lambda row: row.id)
    ]


@db.action
def finish(actor: Actor, job_id: int) -> bool:
    """Mark as done and wipe its secret, unless the lease went to somebody else."""
    return bool(
        db.session.execute(
            update(Promise)
            .where(Promise.id == job_id, Promise.owner == actor.name, Promise.state == "waiting")
            .values(state="done", done_at=clock.now(), sealed=None, lease_until=None)
            .returning(Promise.id),
            execution_options={"synchronize_session": False},
        ).first()
    )


@db.action
def fail(actor: Actor, job: Job, error: str, *, wait_until: datetime) -> None:
    """Put back to be tried again at `wait_until`; give up after 8 attempts, or when it will have lapsed by then.

    What was given up keeps its sealed secret, so that a person can have it tried again; a lapsed one forgets it.
    """
    lapsed = Promise.lapses_at.is_not(None) & (Promise.lapses_at <= wait_until)
    after: dict[str, Any] = {
        "run_at": wait_until,
        "lease_until": None,
        "last_error": error[:500],
        "state": "dead" if job.attempts >= MOST_ATTEMPTS else case((lapsed, "dead"), else_="waiting"),
        "sealed": case((lapsed, None), else_=Promise.sealed),
    }
    db.session.execute(
        update(Promise)
        .where(Promise.id == job.id, Promise.owner == actor.name, Promise.state == "waiting")
        .values(after),
        execution_options={"synchronize_session": False},
    )


@dataclass(frozen=True)
class Given:
    """A promise that was given up, as a person sees it. `lapsed`: trying again would help nobody."""

    id: int
    topic: str
    attempts: int
    last_error: str
    created_at: datetime
    run_at: datetime
    lapsed: bool


def given_up(limit: int = 100) -> list[Given]:
    """Promises that were given up, oldest first."""
    now = clock.now()
    query = select(Promise).where(Promise.state == "dead").order_by(Promise.id).limit(limit)
    return [
        Given(
            row.id, row.topic, row.attempts, row.last_error, row.created_at, row.run_at,
            lapsed=row.lapses_at is not None and row.lapses_at <= now,
        )
        for row in db.session.scalars(query)
    ]  # fmt: skip


def given_up_count() -> int:
    """How many promises wait for a person."""
    return int(db.session.scalar(select(func.count()).where(Promise.state == "dead")) or 0)


def waiting_by_topic() -> list[tuple[str, int]]:
    """How many promises wait, by topic."""
    query = select(Promise.topic, func.count()).where(Promise.state == "waiting").group_by(Promise.topic)
    return [(topic, number) for topic, number in db.session.execute(query.order_by(Promise.topic))]


@db.action
def retry(actor: Actor, promise_id: int | None = None) -> int:
    """Try a promise again that was given up, or all of them; how many. Refuses: not an admin (NotYours)."""
    now = clock.now()
    after = {"state": "waiting", "run_at": now, "attempts": 0, "owner": None, "lease_until": None}
    return _decide(actor, "retry", promise_id, after, _of_use())


@db.action
def drop(actor: Actor, promise_id: int) -> int:
    """Leave a promise undone for good and forget its secret; how many (0 or 1). Refuses: not an admin (NotYours)."""
    return _decide(actor, "drop", promise_id, {"state": "dropped", "sealed": None})


def _decide(actor: Actor, verb: str, promise_id: int | None, after: dict[str, Any], *conditions: Any) -> int:
    if not actor.is_admin:
        raise NotYours
    which = () if promise_id is None else (Promise.id == promise_id,)
    found = db.session.scalars(
        update(Promise).where(Promise.state == "dead", *which, *conditions).values(after).returning(Promise.id),
        execution_options={"synchronize_session": False},
    ).all()
    for each in found:
        db.session.add(db.trail_row(actor, verb, Promise.__tablename__, each, "", old="dead", new=after["state"]))
    return len(found)


@db.action
def forget_old(actor: Actor) -> None:  # noqa: ARG001 - actions take an actor
    """Wipe the secrets of promises left given up for a month, and leave undone what lapsed before it could be kept."""
    now = clock.now()
    old = update(Promise).where(
        Promise.state == "dead", Promise.run_at < now - SECRETS_KEPT, Promise.sealed.is_not(None)
    )
    late = update(Promise).where(Promise.state == "waiting", Promise.lapses_at <= now)
    for statement in (old.values(sealed=None, lapses_at=now), late.values(sealed=None, state="dropped")):
        db.session.execute(statement, execution_options={"synchronize_session": False})

"""One request, one unit: reading until the first action, writing from there, committed by the edge and nobody else.

The recipe with its traps is docs/decisions/0001-units-and-actions.md.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from flask import current_app, g, has_request_context, request
from sqlalchemy import insert, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from marketplace.kit import clock
from marketplace.kit.actor import Actor
from marketplace.kit.base import Base, BigId, Id, UtcDateTime, open_engine, sqla
from marketplace.kit.errors import NotFound
from marketplace.kit.i18n import in_vietnamese
from marketplace.kit.journal import Change, TrailRow
from marketplace.kit.states import S, StateTable

__all__ = [
    "Again", "Base", "BigId", "Id", "UtcDateTime", "action", "commit", "dialect", "insert_once", "locked", "move", "open_engine",
    "outside", "roll_back", "session", "sqla", "unit", "writes_on_get", "writing",
]  # fmt: skip

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=Base)

log = logging.getLogger(__name__)
session = sqla.session

CHANGES_LOCK = 7_346_101
"""Advisory lock of PostgreSQL that puts numbers of `changes` in the order of commits."""

_TRY_AGAIN = frozenset({"40001", "40P01"})


class Again(BaseException):
    """A deadlock or serialization failure: run the request again from the WSGI entry, in a fresh context.

    Not an Exception, so that it passes Flask's own handlers and every context is torn down on the way.
    """


def dialect() -> str:
    """`sqlite` or `postgresql`."""
    return str(session.get_bind().dialect.name)


def writing() -> bool:
    """Whether this unit has begun to write."""
    return bool(session.info.get("writing"))


def writes_on_get(view: Callable[P, R]) -> Callable[P, R]:
    """Declare a view that may write on GET (a gateway's return). HEAD never writes."""
    view.__dict__["writes_on_get"] = True
    return view


def _may_write_now() -> bool:
    if not has_request_context() or request.method not in ("GET", "HEAD", "OPTIONS"):
        return True
    view = current_app.view_functions.get(request.endpoint or "")
    return request.method == "GET" and bool(getattr(view, "writes_on_get", False))


def _begin_writing(current: Session) -> None:
    if g.get("over"):
        raise RuntimeError("nothing writes after the commit")
    if not _may_write_now():
        raise RuntimeError("a GET never writes")
    if current.new or current.dirty or current.deleted:
        raise RuntimeError("objects were changed before the action began; actions take ids")
    current.rollback()
    current.info.update(writing=True, depth=0, doomed=False, changes={})
    current.connection(execution_options={"writing": True})


def _forget(current: Session) -> None:
    current.rollback()
    current.info.clear()


def action(verb: Callable[P, R]) -> Callable[P, R]:
    """A verb that changes things. The write transaction begins at the outermost one; it never commits.

    Takes ids, loads what it decides on afresh and locked. An exception that leaves the outermost action rolls
    everything back, also when the caller catches it; an action that swallows another's refusal is a programming error.
    Sentences of the market that it writes down are Vietnamese, whoever asked.
    """

    @wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        current = session()
        if not current.info.get("writing"):
            _begin_writing(current)
        info = current.info
        info["depth"] += 1
        try:
            with in_vietnamese():
                result = verb(*args, **kwargs)
                current.flush()
        except BaseException:
            info["doomed"] = True
            info["depth"] -= 1
            if info["depth"] == 0:
                _forget(current)
            raise
        info["depth"] -= 1
        if info["depth"] == 0 and info["doomed"]:
            _forget(current)
            raise RuntimeError(f"{verb.__name__} swallowed a refusal of another action")
        return result

    return run


def _write_changes(current: Session) -> list[tuple[str, int]]:
    changes = list(cast("dict[tuple[str, int], None]", current.info.get("changes", {})))
    if changes:
        if dialect() == "postgresql":
            current.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CHANGES_LOCK})
        at = clock.now()
        current.connection().execute(insert(Change), [{"kind": kind, "key": key, "at": at} for kind, key in changes])
    return changes


def commit() -> list[tuple[str, int]]:
    """End the unit: a reading one is let go, a writing one committed with its changes last. For edge, worker, commands."""
    current = session()
    if not current.info.get("writing"):
        if current.new or current.dirty or current.deleted:
            raise RuntimeError("something was changed outside an action")
        current.rollback()
        return []
    current.flush()
    changes = _write_changes(current)
    current.commit()
    log.debug("committed", extra={"facts": {"thread": threading.get_ident()}})
    current.info.clear()
    return changes


def roll_back() -> None:
    """Undo the whole unit."""
    _forget(session())


def is_try_again(error: BaseException) -> bool:
    """Whether PostgreSQL asks for this unit to be run again."""
    return isinstance(error, DBAPIError) and str(getattr(error.orig, "sqlstate", "")) in _TRY_AGAIN


@contextmanager
def unit() -> Iterator[None]:
    """One unit of a worker or a command: its own context and session, committed at the end, rolled back on any exception."""
    app = cast(Any, current_app)._get_current_object()
    with app.app_context():
        try:
            yield
            commit()
        except BaseException:
            roll_back()
            raise


@contextmanager
def outside() -> Iterator[None]:
    """Round every call to an outside system: refuses inside a writing unit, and lets go of a reading one."""
    if session.info.get("writing"):
        raise RuntimeError("no outside call while a transaction is open")
    session.rollback()
    yield


def locked(model: type[M], key: object) -> M:
    """The row, loaded afresh and locked for this unit. Refuses: no such row (NotFound)."""
    row = session.get(model, key, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    return row


def insert_once(model: type[Base], values: Mapping[str, Any], *, unique: Sequence[str]) -> int | None:
    """Insert unless a row with the same `unique` columns exists; the new id, or None when somebody was first.

    By RETURNING, never by rowcount: psycopg answers -1 for an insert that did nothing.
    """
    table = postgresql if dialect() == "postgresql" else sqlite
    key = cast(Any, model).id
    statement = table.insert(model).values(**values).on_conflict_do_nothing(index_elements=list(unique)).returning(key)
    return cast("int | None", session.execute(statement).scalar_one_or_none())


def move(row: Any, table: StateTable[S], verb: str, actor: Actor, note: str = "") -> None:
    """Make a move of the state table: a guarded UPDATE on the old state, and its row in the trail.

    Refuses: wrong kind of actor (NotAllowed); not in a state the move starts from, or somebody was first (the move's refusal).
    """
    old = row.state
    new = table.check(old, verb, actor)
    model = type(row)
    won = session.execute(
        update(model).where(model.id == row.id, model.state == old).values(state=new).returning(model.id),
        execution_options={"synchronize_session": False},
    ).scalar_one_or_none()
    if won is None:
        raise table.moves[verb].refusal
    set_committed_value(row, "state", new)
    session.add(trail_row(actor, verb, model.__tablename__, row.id, note, old=old.value, new=new.value))


def trail_row(actor: Actor, verb: str, kind: str, key: int, note: str, *, old: str = "", new: str = "") -> TrailRow:
    """A row for the trail, not yet added."""
    return TrailRow(
        at=clock.now(),
        actor_kind=actor.kind.value,
        actor_name=actor.name,
        user_id=actor.user_id,
        on_behalf_of=actor.on_behalf_of,
        verb=verb,
        subject_kind=kind,
        subject_id=key,
        old=old,
        new=new,
        note=note,
        seal=None,
    )

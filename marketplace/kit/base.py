"""What every table is made from, and how the database is opened.

SQLite is opened by us, not by defaults: manual BEGIN, WAL, synchronous=FULL, foreign keys on. Anything else lost
checkouts to "database is locked" or broke savepoints when measured (docs/decisions/0002-sqlite-opened-by-us.md).
"""

import enum
import logging
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Connection, Date, DateTime, Dialect, Engine, Enum, Integer, MetaData, event
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import JSON, TypeDecorator

from marketplace.kit.money import Dong
from marketplace.kit.turns import Turns

log = logging.getLogger(__name__)

BUSY_SECONDS = 5
_FRESH = "nothing updated yet"

BigId = BigInteger().with_variant(Integer, "sqlite")
Id = Annotated[int, mapped_column(BigId, primary_key=True)]
"""A primary key: 64 bits on PostgreSQL; on SQLite the rowid, which must be declared INTEGER."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC. A naive one is a programming error."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments; SQLite keeps no zone, so it is taken off in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("a moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the interface
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _values(kind: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in kind]


class Base(DeclarativeBase):
    """Typed tables. Relationships are `lazy="raise"`: a forgotten load is a failing test, not a slow page."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        datetime: UtcDateTime,
        date: Date,
        Dong: BigInteger,
        enum.Enum: Enum(enum.Enum, native_enum=False, create_constraint=False, length=32, values_callable=_values),
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


sqla = SQLAlchemy(metadata=Base.metadata)


def _on_connect_sqlite(connection: Any, entry: ConnectionPoolEntry) -> None:  # noqa: ARG001 - the event's signature; Any: the driver's handle
    connection.isolation_level = None  # the driver must never emit BEGIN by itself
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "foreign_keys=ON",
        "cache_size=-16000",
        "mmap_size=134217728",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(turns: Turns) -> Callable[[Connection], None]:
    def begin(connection: Connection) -> None:
        writing = bool(connection.get_execution_options().get("writing", False))
        connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
        if writing:
            turns.begin(connection)
        else:
            connection.exec_driver_sql("BEGIN")

    return begin


def _on_begin_postgresql(connection: Connection) -> None:
    writing = bool(connection.get_execution_options().get("writing", False))
    driver: Any = connection.connection.dbapi_connection
    driver.read_only = not writing


def _on_connect_postgresql(connection: Any, entry: ConnectionPoolEntry) -> None:  # noqa: ARG001 - the event's signature
    with connection.cursor() as cursor:
        cursor.execute(
            "SET lock_timeout = '5s'; SET statement_timeout = '20s'; SET idle_in_transaction_session_timeout = '60s'"
        )
    connection.commit()


def _say_first_update(connection: Connection, cursor: Any, statement: str, *rest: Any) -> None:  # noqa: ARG001 - the event's signature
    if statement.startswith("UPDATE") and connection.info.pop(_FRESH, False):
        said = {"table": statement.split()[1].strip('"'), "thread": threading.get_ident()}
        log.debug("first update", extra={"facts": said})


def open_engine(engine: Engine) -> None:
    """Teach an engine how this market begins transactions: reading unless the unit said it writes.

    At LOG_LEVEL=debug the first UPDATE of each transaction is a line of the log.
    """
    if log.isEnabledFor(logging.DEBUG):
        event.listen(engine, "begin", lambda connection: connection.info.update({_FRESH: True}))
        event.listen(engine, "after_cursor_execute", _say_first_update)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect_sqlite)
        turns = Turns(BUSY_SECONDS)
        event.listen(engine, "begin", _begin_sqlite(turns))
        event.listen(engine, "commit", turns.end)
        event.listen(engine, "rollback", turns.end)
        event.listen(engine, "checkin", turns.returned)
    else:
        event.listen(engine, "connect", _on_connect_postgresql)
        event.listen(engine, "begin", _on_begin_postgresql)

"""Carrying every row of one database into another, of whichever kind, with a count of each table on both sides."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, String, Table, func, insert, select, text

from marketplace.kit.base import Base

AT_ONCE = 1000


class NotCarried(Exception):
    """The rows cannot be carried; the sentence says why. Nothing was changed on the other side."""


@dataclass(frozen=True)
class Count:
    """Rows of one table: in the old database, and in the new one."""

    table: str
    before: int
    after: int


def tables() -> list[Table]:
    """Every table of the market, those that others point to first."""
    return list(Base.metadata.sorted_tables)


def count(connection: Connection) -> dict[str, int]:
    """Rows of every table."""
    return {table.name: int(connection.scalar(select(func.count()).select_from(table)) or 0) for table in tables()}


def too_long(source: Connection) -> list[str]:
    """Columns with texts longer than they are declared: SQLite keeps them, others refuse."""
    return [
        f"{table.name}.{column.name}"
        for table in tables()
        for column in table.columns
        if isinstance(column.type, String) and column.type.length
        and source.scalar(select(func.count()).where(func.length(column) > column.type.length))
    ]  # fmt: skip


def carry(source: Connection, target: Connection, told: Callable[[str], None] = lambda _: None) -> list[Count]:
    """Copy all rows; the counts on both sides. Both connections are inside a transaction that the caller ends.

    Refuses (NotCarried): the target holds something; a text does not fit; a count differs afterwards.
    """
    if filled := [name for name, rows in count(target).items() if rows]:
        raise NotCarried(f"cơ sở dữ liệu mới không trống: {', '.join(filled)}")
    if long := too_long(source):
        raise NotCarried(f"có chữ dài hơn cột cho phép: {', '.join(long)}")
    before = count(source)
    for table in tables():
        told(table.name)
        for rows in _batches(source, table):
            target.execute(insert(table), rows)
        _number_on(source, target, table)
    after = count(target)
    counts = [Count(name, before[name], after[name]) for name in before]
    if wrong := [each.table for each in counts if each.before != each.after]:
        raise NotCarried(f"số dòng khác nhau ở: {', '.join(wrong)}")
    return counts


def _batches(source: Connection, table: Table) -> Iterator[list[Mapping[str, Any]]]:
    rows = source.execution_options(yield_per=AT_ONCE).execute(select(table).order_by(*table.primary_key)).mappings()
    for part in rows.partitions(AT_ONCE):
        yield [dict(row) for row in part]


def _number_on(source: Connection, target: Connection, table: Table) -> None:
    """Numbers go on where they were: also those of rows that are gone, which must never come back."""
    column = table.autoincrement_column
    if column is None or target.dialect.name != "postgresql":
        return
    name = f'"{table.name}"'
    sequence = target.scalar(
        text("SELECT pg_get_serial_sequence(:name, :column)"), {"name": name, "column": column.name}
    )
    highest = max(source.scalar(select(func.max(column))) or 0, _ever_given(source, table))
    if sequence and highest:
        target.execute(text("SELECT setval(:sequence, :highest)"), {"sequence": sequence, "highest": highest})


def _ever_given(source: Connection, table: Table) -> int:
    if source.dialect.name != "sqlite" or not source.scalar(
        text("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_sequence'")
    ):
        return 0
    found = source.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
    return int(found or 0)

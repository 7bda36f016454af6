"""Reads about delivery."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import func, select

from marketplace.delivery.models import FeeTableRow
from marketplace.delivery.rules import FIRST_TABLE, FeeTable, Published
from marketplace.kit import clock, db

SHOWN = 12
"""Tables read for the page: those to come and the last ones that held."""


def _in_force(at: datetime) -> FeeTableRow | None:
    """Of two published for one day the later one counts."""
    newest_first = select(FeeTableRow).order_by(FeeTableRow.effective_at.desc(), FeeTableRow.id.desc())
    return db.session.scalar(newest_first.where(FeeTableRow.effective_at <= at).limit(1))


def fees(at: datetime | None = None) -> FeeTable:
    """The table that holds now, or at that moment."""
    row = _in_force(at or clock.now())
    return row.table if row else FIRST_TABLE


def fees_since() -> datetime | None:
    """Since when it holds; None for the table the market opened with."""
    row = _in_force(clock.now())
    return row.effective_at if row else None


def any_published() -> bool:
    """Whether a table was ever published, in force yet or not."""
    return bool(db.session.scalar(select(func.count(FeeTableRow.id))))


def fees_by_day() -> tuple[Sequence[Published], Sequence[Published]]:
    """Tables to come, soonest first, and tables that held before, newest first. One replaced before its day is in neither."""
    rows = db.session.scalars(
        select(FeeTableRow).order_by(FeeTableRow.effective_at.desc(), FeeTableRow.id.desc()).limit(SHOWN + 1)
    ).all()
    by_day: dict[date | None, FeeTable] = {}
    for row in rows:
        by_day.setdefault(clock.day_of(row.effective_at), row.table)
    if len(rows) <= SHOWN:
        by_day[None] = FIRST_TABLE
    days = list(by_day)
    ends = dict(zip(days, [None, *days], strict=False))
    tables = [replace(Published(by_day[day], day), until=ends[day]) for day in days]
    today = clock.today()
    coming = [each for each in tables if each.since is not None and each.since > today]
    past = [each for each in tables if each.until is not None and each.until <= today]
    return coming[::-1], past

"""What the operator is told when the table of law grows old: the same sentences on the command line and on the desk."""

from datetime import date

from marketplace.kit.i18n import _, said
from marketplace.law import table
from marketplace.law.table import Entry


def warnings(on: date) -> list[str]:
    """Sentences about a table nobody has reviewed for 90 days, and about rows that lapsed without a successor; none when all is well."""
    told = []
    if table.needs_review(on):
        days = (on - table.REVIEWED_ON).days
        told.append(
            _(
                "Bảng luật đã %(days)s ngày chưa ai rà soát (lần cuối %(when)s).",
                days=days,
                when=written_day(table.REVIEWED_ON),
            )
        )
    told += [
        _(
            "“%(title)s” (%(source)s) đã hết hiệu lực từ %(when)s.",
            title=said(row.title),
            source=said(row.source),
            when=written_day(row.effective_to),
        )
        for row in table.expired(on)
    ]
    return told


def coming(on: date) -> list[tuple[date, Entry]]:
    """What begins or ends within 90 days, soonest first."""
    return sorted(((_next_date(row, on), row) for row in table.upcoming(on)), key=lambda pair: (pair[0], pair[1].key))


def _next_date(row: Entry, on: date) -> date:
    return row.effective_from if row.effective_from > on else row.effective_to or row.effective_from


def written_day(day: date | None) -> str:
    """`23/11/2026`."""
    return f"{day.day}/{day.month}/{day.year}" if day else ""

"""Reads about delivery."""

from datetime import datetime

from sqlalchemy import select

from marketplace.delivery.models import FeeTableRow
from marketplace.delivery.rules import FIRST_TABLE, FeeTable
from marketplace.kit import db


def _newest() -> FeeTableRow | None:
    return db.session.scalar(select(FeeTableRow).order_by(FeeTableRow.id.desc()).limit(1))


def fees() -> FeeTable:
    """The table that holds now."""
    row = _newest()
    return row.table if row else FIRST_TABLE


def fees_since() -> datetime | None:
    """Since when it holds; None for the table the market opened with."""
    row = _newest()
    return row.effective_at if row else None

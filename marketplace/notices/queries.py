"""Reads of the inbox."""

from collections.abc import Sequence

from sqlalchemy import func, select

from marketplace.kit import db
from marketplace.notices.models import Notice

SHOWN = 100


def inbox(producer_id: int, limit: int = SHOWN) -> Sequence[Notice]:
    """What a stall was told, newest first."""
    query = select(Notice).where(Notice.producer_id == producer_id).order_by(Notice.id.desc()).limit(limit)
    return db.session.scalars(query).all()


def unread_count(producer_id: int) -> int:
    """Messages that nobody of the stall has opened."""
    query = select(func.count()).where(Notice.producer_id == producer_id, Notice.read_at.is_(None))
    return int(db.session.scalar(query) or 0)


def notice_of(producer_id: int, notice_id: int) -> Notice | None:
    """One of a stall's own messages."""
    return db.session.scalar(select(Notice).where(Notice.id == notice_id, Notice.producer_id == producer_id))


def inbox_of_user(user_id: int, limit: int = SHOWN) -> Sequence[Notice]:
    """What an official was told, newest first."""
    query = select(Notice).where(Notice.user_id == user_id).order_by(Notice.id.desc()).limit(limit)
    return db.session.scalars(query).all()


def unread_of_user(user_id: int) -> int:
    """Messages an official has not opened."""
    query = select(func.count()).where(Notice.user_id == user_id, Notice.read_at.is_(None))
    return int(db.session.scalar(query) or 0)

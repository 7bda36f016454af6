"""Reads of sign-in cards."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select

from marketplace.accounts.models import SignInCard, User
from marketplace.kit import clock, db


def _card_is_open() -> ColumnElement[bool]:
    return and_(SignInCard.used_at.is_(None), SignInCard.ended_at.is_(None), SignInCard.expires_at > clock.now())


def card_owner(digest: str) -> str | None:
    """The telephone number of whoever this sign-in card is for, while it can still be used; `digest`: of what is printed."""
    return db.session.scalar(
        select(User.phone)
        .join(SignInCard, SignInCard.user_id == User.id)
        .where(SignInCard.digest == digest, _card_is_open(), User.disabled_at.is_(None))
    )


def cards_of(user_ids: Iterable[int]) -> dict[int, datetime]:
    """Until when each person's open card is good."""
    rows = db.session.execute(
        select(SignInCard.user_id, SignInCard.expires_at).where(SignInCard.user_id.in_(list(user_ids)), _card_is_open())
    )
    return {row.user_id: row.expires_at for row in rows}


def card_is_open(card_id: int) -> datetime | None:
    """Until when this card is good; None once it was used, voided or has run out."""
    return db.session.scalar(select(SignInCard.expires_at).where(SignInCard.id == card_id, _card_is_open()))

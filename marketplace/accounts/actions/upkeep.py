"""What the worker does for accounts: forgetting what is no longer needed, dropping codes with nobody to send them to."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import delete

from marketplace.accounts.models import Attempt, OneTimeCode, UserSession
from marketplace.accounts.rules import ATTEMPTS_FORGOTTEN, SESSION_DAYS
from marketplace.kit import clock, db
from marketplace.kit.actor import Actor

CODES_KEPT = timedelta(days=1)
ENDED_KEPT = timedelta(days=30)


@db.action
def forget_old(actor: Actor) -> None:  # noqa: ARG001 - actions take an actor
    """Delete counters and codes older than a day, and sessions that ended over 30 days ago."""
    now = clock.now()
    for gone in (
        delete(Attempt).where(Attempt.at < now - ATTEMPTS_FORGOTTEN, Attempt.next_at < now),
        delete(OneTimeCode).where(OneTimeCode.expires_at < now - CODES_KEPT),
        delete(UserSession).where(UserSession.ended_at < now - ENDED_KEPT),
        delete(UserSession).where(UserSession.created_at < now - timedelta(days=SESSION_DAYS) - ENDED_KEPT),
    ):
        db.session.execute(gone, execution_options={"synchronize_session": False})


def drop_code(payload: Mapping[str, Any], key: str) -> None:
    """A code for a number nobody has: made so that asking costs the same, and forgotten here."""

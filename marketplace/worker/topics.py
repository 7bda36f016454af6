"""Who keeps which promise of the outbox."""

from collections.abc import Callable
from typing import Any

from marketplace.accounts import actions as accounts
from marketplace.catalog import pictures
from marketplace.notices import actions as notices
from marketplace.payments import actions as payments
from marketplace.worker import files, held

TOPICS: dict[str, Callable[[dict[str, Any], str], None]] = {
    **accounts.OUTBOX,
    **pictures.OUTBOX,
    **payments.OUTBOX,
    **notices.OUTBOX,
    **files.OUTBOX,
    **held.OUTBOX,
}

OUTSIDE = frozenset({"message.send", "code.send", "card.refund"})
"""What reaches somebody, or moves money, and cannot be taken back: written down as sent, beside the database, and never repeated."""

WHILE_HELD = ("photo.decode", "producer.photo", "code.send", "held.review")
"""What a held market still does: pictures, codes to sign in with, and asking what happened outside."""

"""How long things may take. Hours; the moments are aware UTC."""

from datetime import datetime, timedelta

HOLD = timedelta(hours=24)
"""Goods wait this long for money or for the buyer's word that it was sent."""

EXTRA = timedelta(hours=12)
"""What "Chưa thấy tiền" leaves the buyer at least."""

REMIND = timedelta(hours=12)
TELL = timedelta(hours=36)
BUYER_MAY_CANCEL = timedelta(hours=48)
"""A silent producer is reminded, the coordinator is told, the buyer is told that nobody answers and the money can be asked back."""

UNREAD = timedelta(hours=2)
"""A new order that nobody opened for this long stands on the coordinator's desk with a button to call."""


def silent_for(since: datetime | None, now: datetime, span: timedelta) -> bool:
    """Whether the producer has owed an answer for at least this long."""
    return since is not None and now - since >= span

"""Who keeps which promise of the outbox."""

from collections.abc import Callable
from typing import Any

from marketplace.accounts import actions as accounts
from marketplace.catalog import pictures
from marketplace.notices import actions as notices
from marketplace.worker import files

TOPICS: dict[str, Callable[[dict[str, Any], str], None]] = {
    **accounts.OUTBOX,
    **pictures.OUTBOX,
    **notices.OUTBOX,
    **files.OUTBOX,
}

"""Who keeps which promise of the outbox."""

from collections.abc import Callable
from typing import Any

from marketplace.catalog import pictures

TOPICS: dict[str, Callable[[dict[str, Any], str], None]] = {**pictures.OUTBOX}

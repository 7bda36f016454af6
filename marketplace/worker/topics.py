"""Who keeps which promise of the outbox."""

from collections.abc import Callable
from typing import Any

TOPICS: dict[str, Callable[[dict[str, Any], str], None]] = {}

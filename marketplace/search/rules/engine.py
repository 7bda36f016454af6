"""The protocol an engine answers. The rest of the market knows these two classes of objects and no engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from marketplace.search.rules.query import Found, Hint, Query
from marketplace.shelf.rules import SearchDocument


class Unreadable(Exception):
    """There is no index, or it cannot be read: answer from the database and have it built again."""


class Reader(Protocol):
    """Answers in a web worker. Sees what the writer has finished within a tenth of a second. Safe for threads."""

    def find(self, query: Query, today: date) -> Found:
        """One page of results. Grades count on `today` only if their dates allow it. Refuses: Unreadable."""

    def suggest(self, text: str, limit: int, *, exclude_adult: bool) -> list[Hint]:
        """Names of products that begin as typed, the best first. Refuses: Unreadable."""


class Writer(Protocol):
    """Writes in one process at a time. Its cursor is the last change that the index holds."""

    @property
    def cursor(self) -> int:
        """Number of the last change that is in the index. Refuses: Unreadable."""

    def apply(self, documents: Iterable[SearchDocument], removed: Sequence[int], cursor: int) -> None:
        """Put these documents in, take these products out; then, and only then, move the cursor. May be repeated."""

    def skip_to(self, cursor: int) -> None:
        """Note that no change up to this one concerns the index. Refuses: Unreadable."""

    def worn(self) -> bool:
        """Whether building again would be better than going on. Refuses: Unreadable."""

    def rebuild(self, documents: Iterable[SearchDocument], cursor: int) -> int:
        """Build a second index beside the live one and switch to it at once; how many documents it holds."""

"""Names by how their words begin: what stands under the search box while somebody types."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from marketplace.kit.text import fold

FIRST_WORDS = 3
AT_MOST = 300
"""Names looked at for one beginning in one part: a single letter would otherwise bring thousands."""


class Starts:
    """A sorted table of names from their first, second and third word on."""

    def __init__(self, names: Sequence[str]) -> None:
        entries: list[tuple[str, int, int]] = []
        for doc, name in enumerate(names):
            tail = fold(name)
            for word in range(FIRST_WORDS):
                entries.append((tail, word, doc))
                _, _, tail = tail.partition(" ")
                if not tail:
                    break
        entries.sort()
        self._keys = [entry[0] for entry in entries]
        self._entries = entries

    def find(self, beginning: str) -> Iterator[tuple[int, int]]:
        """(document, word at which it begins) for names with a word from which on they begin like this (folded)."""
        at = bisect_left(self._keys, beginning)
        for key, word, doc in self._entries[at : at + AT_MOST]:
            if not key.startswith(beginning):
                return
            yield doc, word

"""Lists of documents per word, put together from the parts of the index and kept for as long as those do not change."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from threading import RLock
from typing import NamedTuple, Protocol

from marketplace.kit.text import fold
from marketplace.search.rules.columns import Columns
from marketplace.search.rules.ranking import saturate
from marketplace.search.rules.starts import Starts

MAIN, KIND, ABOUT = "main", "kind", "about"

Fields = tuple[str, ...]
NAMED: Fields = (MAIN,)
NAMED_OR_KIND: Fields = (MAIN, KIND)


class Source(Protocol):
    """One finished piece of the index, as the engine reads it."""

    def lexicon(self, field: str) -> Iterable[str]:
        """Every word of a field."""

    def postings(self, field: str, token: str) -> Iterable[tuple[int, float]]:
        """Documents with the word and its weight there, in order of their numbers within the piece."""


class Listing(NamedTuple):
    """Documents with a word, in order, and how much the word weighs there. Arrays: 8 bytes a document."""

    docs: array[int]
    impacts: array[float]

    def __len__(self) -> int:
        return len(self.docs)


class Part:
    """One piece of the index with what was read from it so far. Lives as long as the piece, across refreshes."""

    def __init__(self, source: Source, columns: Columns) -> None:
        self.columns = columns
        self.starts = Starts(columns.name)
        self._source = source
        self._cache: dict[tuple[str, str], Listing] = {}
        self._lock = RLock()
        self._forms = {field: self._read_forms(field) for field in (MAIN, KIND, ABOUT)}

    def _read_forms(self, field: str) -> dict[str, list[str]]:
        forms: dict[str, list[str]] = defaultdict(list)
        for token in self._source.lexicon(field):
            forms[fold(token)].append(token)
        return dict(forms)

    def forms(self, key: str, field: str = MAIN) -> Sequence[str]:
        """Exact words whose folded form is `key`."""
        return self._forms[field].get(key, ())

    def weights(self, field: str, tokens: Sequence[str]) -> dict[int, float]:
        """Document number within the part -> weight summed over these exact words."""
        total: dict[int, float] = {}
        for token in tokens:
            for doc, weight in zip(*self._read(field, token), strict=True):
                total[doc] = total.get(doc, 0.0) + weight
        return total

    def _read(self, field: str, token: str) -> Listing:
        # One thread at a time: the pieces are read through one file position.
        with self._lock:
            known = self._cache.get((field, token))
            if known is None:
                known = Listing(array("I"), array("f"))
                for doc, weight in self._source.postings(field, token):
                    known.docs.append(doc)
                    known.impacts.append(weight)
                self._cache[field, token] = known
        return known


class Postings:
    """The lists of one state of the index: all its parts, without the documents that were replaced or removed."""

    def __init__(self, parts: Sequence[Part], dead: Sequence[frozenset[int]]) -> None:
        self.parts = tuple(parts)
        self.size = 0
        self._dead = tuple(dead)
        self._offsets: list[int] = []
        self._cache: dict[tuple[Fields, str, bool], Listing] = {}
        offset = 0
        for part, gone in zip(self.parts, self._dead, strict=True):
            self._offsets.append(offset)
            offset += len(part.columns)
            self.size += len(part.columns) - len(gone)

    def live(self) -> list[int]:
        """Numbers of all documents that are there."""
        found: list[int] = []
        for part, gone, offset in zip(self.parts, self._dead, self._offsets, strict=True):
            found += (offset + doc for doc in range(len(part.columns)) if doc not in gone)
        return found

    def places(self) -> Iterable[tuple[Part, frozenset[int], int]]:
        """Each part with its dead documents and the number at which its documents begin."""
        return zip(self.parts, self._dead, self._offsets, strict=True)

    def has_exact(self, token: str) -> bool:
        """Whether some product is found by exactly this word."""
        key = fold(token)
        return any(token in part.forms(key) for part in self.parts)

    def has_folded(self, key: str) -> bool:
        """Whether some product is found by a word that folds to `key`."""
        return any(part.forms(key, field) for part in self.parts for field in NAMED_OR_KIND)

    def forms(self, key: str) -> set[str]:
        """Every exact word that folds to `key`."""
        return {form for part in self.parts for form in part.forms(key)}

    def exact(self, token: str, fields: Fields = NAMED) -> Listing:
        """Products found by exactly this word."""
        return self._listing(fields, token, exact=True)

    def folded(self, key: str, fields: Fields = NAMED) -> Listing:
        """Products found by any word that folds to `key`."""
        return self._listing(fields, key, exact=False)

    def about(self, key: str) -> Listing:
        """Products with such a word in the description or the name of their set."""
        return self._listing((ABOUT,), key, exact=False)

    def _listing(self, fields: Fields, token: str, *, exact: bool) -> Listing:
        known = self._cache.get((fields, token, exact))
        if known is None:
            known = self._put_together(fields, token, exact=exact)
            self._cache[fields, token, exact] = known
        return known

    def _put_together(self, fields: Fields, token: str, *, exact: bool) -> Listing:
        key = fold(token)
        docs, impacts = array("I"), array("f")
        for part, gone, offset in self.places():
            weights: dict[int, float] = {}
            for field in fields:
                forms = part.forms(key, field)
                wanted = [token] if exact and token in forms else [] if exact else forms
                for doc, weight in part.weights(field, wanted).items():
                    weights[doc] = weights.get(doc, 0.0) + weight
            for doc in sorted(weights):
                if doc not in gone:
                    docs.append(offset + doc)
                    impacts.append(saturate(weights[doc]))
        return Listing(docs, impacts)

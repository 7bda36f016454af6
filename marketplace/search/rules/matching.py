"""From words to documents: exact diacritics while they find something, else folded, else repaired, else most of the words."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from marketplace.kit.text import fold, nfc, words
from marketplace.search.rules.columns import Columns, spaced
from marketplace.search.rules.grammar import Words, has_marks
from marketplace.search.rules.postings import NAMED, NAMED_OR_KIND, Fields, Listing, Postings
from marketplace.search.rules.query import Understood
from marketplace.search.rules.ranking import WEIGHT, rarity
from marketplace.search.rules.slips import one_edit
from marketplace.search.rules.telex import decode

CANDIDATES = 8


class Way(NamedTuple):
    """How words are looked for: with their diacritics or folded, and in which fields."""

    folded: bool
    fields: Fields


WAYS = (Way(False, NAMED), Way(False, NAMED_OR_KIND), Way(True, NAMED), Way(True, NAMED_OR_KIND))
"""From the strictest on; the first that finds something answers alone."""

NOTHING = Listing(array("I"), array("f"))


@dataclass(frozen=True, slots=True)
class Match:
    """Documents that answer, each with its score for the words, and how the words were read."""

    scores: dict[int, float]
    understood: Understood


class Matcher:
    """Matching over one state of the index."""

    def __init__(self, postings: Postings, columns: Columns) -> None:
        self._postings = postings
        self._columns = columns

    def match(self, asked: Words) -> Match:
        """Documents for the words. Never refuses: nonsense, and text without a single word (`*`), finds nothing."""
        if not asked:
            return Match({}, Understood(asked.text))
        for way in WAYS:
            if scores := self._all_words(asked, way):
                changed = way.folded and any(has_marks(token) for token in asked.tokens)
                return Match(scores, Understood(asked.text, folded=changed))
        if repaired := self._repair(asked):
            tokens, shown = repaired
            found = next(filter(None, (self._all_words(Words(shown, tokens), way) for way in WAYS)), {})
            return Match(found, Understood(asked.text, did_you_mean=shown))
        scores = self._most_words(asked)
        return Match(scores, Understood(asked.text, relaxed=bool(scores)))

    def _listing(self, token: str, way: Way) -> Listing:
        if not way.folded and has_marks(token):
            return self._postings.exact(token, way.fields)
        return self._postings.folded(fold(token), way.fields)

    def _all_words(self, asked: Words, way: Way) -> dict[int, float]:
        listings = [self._listing(token, way) for token in asked.tokens]
        hits = _common(listings)
        for phrase in asked.phrases:
            hits = self._with_phrase(hits, phrase, folded=way.folded)
        return self._score(hits, asked.tokens, listings) if hits else {}

    def _with_phrase(self, hits: Iterable[int], phrase: Sequence[str], *, folded: bool) -> set[int]:
        loose = folded or not any(has_marks(token) for token in phrase)
        texts = self._columns.folded if loose else self._columns.text
        wanted = f" {fold(spaced(phrase))} " if loose else spaced(phrase)
        return {doc for doc in hits if wanted in texts[doc]}

    def _score(self, hits: set[int], tokens: Sequence[str], listings: Sequence[Listing]) -> dict[int, float]:
        scores = dict.fromkeys(hits, 0.0)
        for token, listing in zip(tokens, listings, strict=True):
            told = rarity(len(listing), self._postings.size)
            _add(scores, listing, told)
            _add(scores, self._postings.about(fold(token)), told)
        if len(tokens) > 1:
            self._reward_neighbours(scores, tokens)
        return scores

    def _reward_neighbours(self, scores: dict[int, float], tokens: Sequence[str]) -> None:
        together = f" {fold(spaced(tokens))} "
        texts = self._columns.folded
        for doc in scores:
            if together in texts[doc].partition("/")[0]:
                scores[doc] += WEIGHT["together"]

    def _most_words(self, asked: Words) -> dict[int, float]:
        """Documents with the highest count of the words; nothing when half of the words or more are unknown."""
        listings = [self._best_listing(token) for token in asked.tokens]
        known = [pair for pair in zip(asked.tokens, listings, strict=True) if pair[1].docs]
        if len(known) * 2 <= len(listings) or asked.phrases:
            return {}
        counts: Counter[int] = Counter()
        for _, listing in known:
            counts.update(listing.docs)
        most = max(counts.values())
        hits = {doc for doc, count in counts.items() if count == most}
        return self._score(hits, [token for token, _ in known], [listing for _, listing in known])

    def _best_listing(self, token: str) -> Listing:
        listings = (self._listing(token, way) for way in WAYS if way.fields == NAMED)
        return next((listing for listing in listings if listing.docs), NOTHING)

    def _repair(self, asked: Words) -> tuple[tuple[str, ...], str] | None:
        """The words with unknown ones decoded (Telex, VNI) or mended by one edit, if all then stand in one product."""
        unknown = [token for token in asked.tokens if not self._postings.has_folded(fold(token))]
        if not unknown or len(unknown) > 3:
            return None
        known = [self._postings.folded(fold(token)) for token in asked.tokens if token not in unknown]
        hits = _common(known) if known else None
        mended: dict[str, str] = {}
        for token in unknown:
            best = self._best_candidate(token, hits)
            if best is None:
                return None
            mended[token], hits = best
        return self._as_written([mended.get(token, token) for token in asked.tokens], hits or set())

    def _best_candidate(self, token: str, hits: set[int] | None) -> tuple[str, set[int]] | None:
        best: tuple[str, set[int]] | None = None
        for candidate, listing in self._candidates(token):
            left = set(listing.docs) if hits is None else hits.intersection(listing.docs)
            if left and (best is None or len(left) > len(best[1])):
                best = candidate, left
        return best

    def _candidates(self, token: str) -> list[tuple[str, Listing]]:
        decoded = decode(token)
        if decoded and self._postings.has_exact(decoded):
            return [(decoded, self._postings.exact(decoded))]
        keys = {key for key in one_edit(fold(token)) if self._postings.has_folded(key)}
        listed = [(key, self._postings.folded(key)) for key in sorted(keys)]
        return sorted(listed, key=lambda pair: -len(pair[1]))[:CANDIDATES]

    def _as_written(self, tokens: Sequence[str], hits: set[int]) -> tuple[tuple[str, ...], str]:
        """Exact words for the folded ones, the most frequent in what was found, and the text in its usual spelling."""
        exact: list[str] = []
        shown: list[str] = []
        for token in tokens:
            forms = [token] if has_marks(token) else sorted(self._postings.forms(token)) or [token]
            best = max(forms, key=lambda form: len(hits.intersection(self._postings.exact(form).docs)))
            exact.append(best)
            shown.append(self._spelling(best, hits))
        return tuple(exact), " ".join(shown)

    def _spelling(self, token: str, hits: set[int]) -> str:
        """The word as sellers write it: the index holds "mĩ", the shelf says "mỹ"."""
        for doc in sorted(hits)[:50]:
            for word in nfc(self._columns.name[doc]).lower().split():
                if words(word) == [token]:
                    return word.strip(".,;:!?()")
        return token


def _common(listings: Sequence[Listing]) -> set[int]:
    ordered = sorted(listings, key=len)
    if not ordered:
        return set()
    hits = set(ordered[0].docs)
    for listing in ordered[1:]:
        if not hits:
            break
        hits.intersection_update(listing.docs)
    return hits


def _add(scores: dict[int, float], listing: Listing, factor: float) -> None:
    for doc, impact in zip(listing.docs, listing.impacts, strict=True):
        if doc in scores:
            scores[doc] += factor * impact

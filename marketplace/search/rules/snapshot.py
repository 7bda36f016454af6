"""One state of the index, answering: candidates, filters, facets, order, page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from marketplace.kit.text import fold, nfc
from marketplace.search.rules.columns import Columns
from marketplace.search.rules.grammar import parse
from marketplace.search.rules.matching import Match, Matcher
from marketplace.search.rules.postings import Part, Postings
from marketplace.search.rules.query import FACETS, FacetCount, Found, Hint, Query, Sort, Understood
from marketplace.search.rules.ranking import SOLD_OUT

Keep = Callable[[Iterable[int]], list[int]]


def _where(column: Sequence[Any], wanted: object) -> Keep:
    return lambda docs: [doc for doc in docs if column[doc] == wanted]


class Snapshot:
    """Everything known at one moment; never changes, so threads share it."""

    def __init__(self, parts: Sequence[Part], dead: Sequence[frozenset[int]]) -> None:
        self._columns = Columns()
        for part in parts:
            self._columns.extend(part.columns)
        self._postings = Postings(parts, dead)
        self._live = self._postings.live()
        self._matcher = Matcher(self._postings, self._columns)
        self._by_day: dict[date, tuple[list[int], list[float]]] = {}
        self._orders: dict[tuple[Sort, date], list[int]] = {}
        self._ranks: dict[tuple[Sort, date], dict[int, int]] = {}
        self._whole: dict[date, Mapping[str, tuple[FacetCount, ...]]] = {}

    def __len__(self) -> int:
        return len(self._live)

    def find(self, query: Query, today: date) -> Found:
        """One page of results with its facets."""
        asked = parse(query.text)
        match = self._matcher.match(asked) if asked.text else None
        candidates = self._ordered(query.sort, today) if match is None else match.scores
        filters = self._filters(query, today)
        hits = _passing(candidates, filters, but="")
        page = self._page(hits, query, match, today)
        return Found(
            ids=tuple(self._columns.id[doc] for doc in page),
            total=len(hits),
            facets=self._facets(query, candidates, hits, filters, today),
            understood=match.understood if match else Understood(asked.text),
        )

    def _filters(self, query: Query, today: date) -> dict[str, list[Keep]]:
        columns = self._columns
        stars = self._day(today)[0]
        asked: tuple[tuple[str, Sequence[Any], object, bool], ...] = (
            ("klass", columns.klass, query.klass, query.klass is not None),
            ("stars", stars, query.stars, query.stars is not None),
            ("set", columns.set_no, query.set_no, query.set_no is not None),
            ("group", columns.group, query.group, query.group is not None),
            ("province", columns.province, query.province, query.province is not None),
            ("province", columns.commune, query.commune, query.commune is not None),
            ("village", columns.village, query.village, query.village is not None),
            ("price", columns.band, query.price, query.price is not None),
            ("stock", columns.in_stock, True, query.in_stock),
            ("adult", columns.adult, False, query.exclude_adult),
        )
        filters: dict[str, list[Keep]] = {}
        for name, column, wanted, on in asked:
            if on:
                filters.setdefault(name, []).append(_where(column, wanted))
        return filters

    def _facets(
        self,
        query: Query,
        candidates: Iterable[int],
        hits: list[int],
        filters: Mapping[str, list[Keep]],
        today: date,
    ) -> Mapping[str, tuple[FacetCount, ...]]:
        whole = not filters and len(hits) == len(self._live)
        if whole and today in self._whole:
            return self._whole[today]
        chosen = _chosen(query)
        facets = {
            name: self._count(
                name, _passing(candidates, filters, but=name) if name in filters else hits, chosen[name], today
            )
            for name in FACETS
        }
        if whole:
            self._whole[today] = facets
        return facets

    def _count(self, name: str, docs: list[int], chosen: str, today: date) -> tuple[FacetCount, ...]:
        columns = self._columns
        by_name: dict[str, Sequence[Any]] = {
            "klass": columns.klass,
            "stars": self._day(today)[0],
            "set": columns.set_no,
            "province": columns.province,
            "price": columns.band,
            "stock": columns.in_stock,
        }
        counted = Counter(map(by_name[name].__getitem__, docs))
        counts = {_value(name, value): count for value, count in counted.items()}
        counts.pop("", None)
        if chosen:
            counts.setdefault(chosen, 0)
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(FacetCount(value, count, value == chosen) for value, count in ordered)

    def _page(self, hits: list[int], query: Query, match: Match | None, today: date) -> list[int]:
        begin = max(0, query.page - 1) * query.per_page
        if match is not None:
            hits = self._sorted(hits, query.sort, match.scores, today)
        return hits[begin : begin + query.per_page]

    def _sorted(self, hits: list[int], sort: Sort, scores: Mapping[int, float], today: date) -> list[int]:
        if sort is not Sort.BEST:
            return sorted(hits, key=self._rank(sort, today).__getitem__)
        quality = self._day(today)[1]
        in_stock = self._columns.in_stock
        total = {doc: scores[doc] + quality[doc] + (0.0 if in_stock[doc] else SOLD_OUT) for doc in hits}
        rank = self._rank(Sort.NEWEST, today)
        return sorted(hits, key=lambda doc: (-round(total[doc], 6), rank[doc]))

    def _day(self, today: date) -> tuple[list[int], list[float]]:
        known = self._by_day.get(today)
        if known is None:
            stars = self._columns.stars_on(today)
            known = self._by_day[today] = (stars, self._columns.quality(stars))
        return known

    def _ordered(self, sort: Sort, today: date) -> list[int]:
        known = self._orders.get((sort, today))
        if known is None:
            known = self._orders[sort, today] = sorted(self._live, key=self._sort_key(sort, today))
        return known

    def _rank(self, sort: Sort, today: date) -> dict[int, int]:
        known = self._ranks.get((sort, today))
        if known is None:
            known = {doc: place for place, doc in enumerate(self._ordered(sort, today))}
            self._ranks[sort, today] = known
        return known

    def _sort_key(self, sort: Sort, today: date) -> Callable[[int], tuple[Any, ...]]:
        columns = self._columns
        gone = [not there for there in columns.in_stock]
        ids, created, price, sold = columns.id, columns.created, columns.price, columns.sold
        quality = self._day(today)[1]
        keys: dict[Sort, Callable[[int], tuple[Any, ...]]] = {
            Sort.BEST: lambda doc: (gone[doc], -quality[doc], -created[doc], -ids[doc]),
            Sort.NEWEST: lambda doc: (gone[doc], -created[doc], -ids[doc]),
            Sort.PRICE_UP: lambda doc: (gone[doc], price[doc] < 0, price[doc], -ids[doc]),
            Sort.PRICE_DOWN: lambda doc: (gone[doc], price[doc] < 0, -price[doc], -ids[doc]),
            Sort.SOLD: lambda doc: (gone[doc], -sold[doc], -created[doc], -ids[doc]),
        }
        return keys[sort]

    def suggest(self, text: str, limit: int, *, exclude_adult: bool) -> list[Hint]:
        """Names that begin as typed, from one of their first three words on; each name once."""
        asked = parse(text)
        if not asked:
            return []
        beginning = " ".join(fold(token) for token in asked.tokens)
        typed = nfc(asked.text).lower()
        best: dict[str, Hint] = {}
        for part, gone, offset in self._postings.places():
            for number, word in part.starts.find(beginning):
                doc = offset + number
                if number in gone or (exclude_adult and self._columns.adult[doc]):
                    continue
                hint = self._hint(doc, word, typed)
                key = fold(hint.label)
                if key not in best or best[key].weight < hint.weight:
                    best[key] = hint
        return sorted(best.values(), key=lambda hint: (-hint.weight, hint.label))[:limit]

    def _hint(self, doc: int, word: int, typed: str) -> Hint:
        name = self._columns.name[doc]
        as_typed = 2.0 if typed in nfc(name).lower() else 0.0
        there = 1.0 if self._columns.in_stock[doc] else 0.0
        return Hint(name, self._columns.id[doc], as_typed + there - word + min(0.5, self._columns.sold[doc] / 1000))


def _passing(docs: Iterable[int], filters: Mapping[str, list[Keep]], *, but: str) -> list[int]:
    passed: Iterable[int] = docs
    for name, keeps in filters.items():
        if name != but:
            for keep in keeps:
                passed = keep(passed)
    return list(passed)


def _value(name: str, value: object) -> str:
    if name == "stock":
        return "in" if value else ""
    return "" if value in (0, "") else str(value)


def _chosen(query: Query) -> dict[str, str]:
    return {
        "klass": query.klass or "",
        "stars": str(query.stars or ""),
        "set": str(query.set_no or ""),
        "province": query.province or "",
        "price": query.price or "",
        "stock": "in" if query.in_stock else "",
    }

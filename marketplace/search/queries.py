"""Finding: from the index, and from the database for as long as there is none."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import cast
from urllib.parse import urlencode

from flask import current_app
from sqlalchemy import ColumnElement, exists, select

from marketplace.catalog.models import Product, Variant
from marketplace.kit import clock, db
from marketplace.kit.text import fold
from marketplace.law.rules import ALCOHOL_SETS, SETS
from marketplace.places import queries as places
from marketplace.producers.models import Producer
from marketplace.search import indexer
from marketplace.search.index import Index
from marketplace.search.rules import PRICE_BANDS, Found, Query, Reader, Suggestion, Understood, Unreadable, parse
from marketplace.shelf.queries.sale import free_units, live_stars, on_sale
from marketplace.shelf.rules import GROUPS, group_by_slug, group_of

log = logging.getLogger(__name__)

WITHOUT_INDEX = 200
"""Most products answered from the database while the index is built."""

SUGGESTED = 8
SHORTEST_PLACE = 3


def find(query: Query) -> Found:
    """One page of results. Never refuses; without an index names only are searched and facets are missing."""
    try:
        return _reader().find(query, clock.today())
    except Unreadable as trouble:
        log.warning("no index (%s): answering from the database", str(trouble))
        return _from_database(query)


def suggest(text: str, limit: int = SUGGESTED) -> list[Suggestion]:
    """What may be meant by the beginning of a text: products, groups, craft villages, places. No alcoholic drinks."""
    asked = parse(text)
    if not asked:
        return []
    beginning = " ".join(fold(token) for token in asked.tokens)
    products = _products(text, limit)
    others = [*_groups(beginning), *_villages(beginning), *_places(text)]
    kept = products[: max(limit - len(others), limit // 2)]
    return [*kept, *others][:limit]


def _reader() -> Reader:
    return cast(Reader, current_app.extensions.setdefault("search", Index(indexer.home())))


def _products(text: str, limit: int) -> list[Suggestion]:
    try:
        hints = _reader().suggest(text, limit, exclude_adult=True)
    except Unreadable:
        return []
    return [Suggestion("product", hint.label, f"/tim?{urlencode({'q': hint.label})}") for hint in hints]


def _begins(text: str, beginning: str) -> bool:
    """Whether the folded text has a word from which on it reads like this."""
    return f" {fold(text)}".find(f" {beginning}") >= 0


def _groups(beginning: str) -> Iterator[Suggestion]:
    sets = {
        group_of(one.no).slug for one in SETS.values() if one.no not in ALCOHOL_SETS and _begins(one.short, beginning)
    }
    for group in GROUPS:
        if group.slug in sets or _begins(str(group.label), beginning):
            yield Suggestion("set", str(group.label), group.url)


def _villages(beginning: str) -> Iterator[Suggestion]:
    for village in places.all_villages():
        if _begins(village.name, beginning):
            yield Suggestion("village", village.name, f"/lang-nghe/{village.slug}")


def _places(text: str) -> Iterator[Suggestion]:
    if len(text.strip()) < SHORTEST_PLACE:
        return
    for candidate in places.find(text, limit=2):
        for choice in candidate.choices[:3]:
            yield Suggestion("place", choice.label, f"/noi-lam/{places.slug(choice.place)}")


def _from_database(query: Query) -> Found:
    asked = parse(query.text)
    if asked.text and not asked:
        return Found((), 0, understood=Understood(asked.text), complete=False)
    statement = (
        select(Product.id)
        .join(Producer, Producer.id == Product.producer_id)
        .where(on_sale(), *_filters(query))
        .where(*(Product.name_folded.contains(fold(token), autoescape=True) for token in asked.tokens))
        .order_by((free_units() > 0).desc(), Product.sold.desc(), Product.id.desc())
        .limit(WITHOUT_INDEX)
    )
    ids = tuple(db.session.scalars(statement))
    begin = max(0, query.page - 1) * query.per_page
    page = ids[begin : begin + query.per_page]
    return Found(page, len(ids), understood=Understood(asked.text), complete=False)


def _filters(query: Query) -> Iterator[ColumnElement[bool]]:
    equal = (
        (Product.set_no, query.set_no),
        (Product.klass, query.klass),
        (Product.province_code, query.province),
        (Product.commune_code, query.commune),
        (Product.village_id, query.village),
        (live_stars(clock.today()), query.stars),
    )
    for column, wanted in equal:
        if wanted is not None:
            yield column == wanted
    if query.group is not None:
        group = group_by_slug(query.group)
        yield Product.set_no.in_(group.sets if group else ())
    if query.exclude_adult:
        yield Product.set_no.not_in(ALCOHOL_SETS)
    if query.in_stock:
        yield free_units() > 0
    if query.price is not None:
        yield _priced(query.price)


def _priced(key: str) -> ColumnElement[bool]:
    band = next((band for band in PRICE_BANDS if band.key == key), None)
    if band is None:
        return Product.id < 0
    offered = exists().where(Variant.product_id == Product.id, Variant.active, Variant.price >= max(1, band.low))
    return offered if band.high is None else offered.where(Variant.price < band.high)

"""A list as its template draws it: headline, cards, filters with counts, chips, ways to sort, page numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from marketplace.catalog.rules.states import KLASS_LABELS, Klass
from marketplace.kit.i18n import Text, _, lazy, said
from marketplace.law.rules import SETS
from marketplace.places import queries as places
from marketplace.search.rules import PRICE_BANDS, SORTS, FacetCount, Found, Sort
from marketplace.shelf.rules import Card
from marketplace.web.storefront.forms.filters import FACET_PARAMETERS, PER_PAGE, Filters, parameter_of, sort_word

TITLES: dict[str, Text] = {
    "province": lazy("Nơi làm"),
    "stars": lazy("Hạng OCOP"),
    "klass": lazy("Loại hàng"),
    "set": lazy("Nhóm hàng"),
    "price": lazy("Giá"),
    "stock": lazy("Tình trạng"),
}
LONGEST_FACET = 10
_BANDS = {band.key: band.label for band in PRICE_BANDS}
_RANK: Mapping[str, Callable[[FacetCount], int]] = {
    "price": lambda one: list(_BANDS).index(one.value),
    "stars": lambda one: -int(one.value),
}
"""Values with an order of their own stand in it; all others stand by how many there are."""


def _most_first(one: FacetCount) -> int:
    return -one.count


_SORT_ORDER = (Sort.BEST, Sort.NEWEST, Sort.PRICE_UP, Sort.PRICE_DOWN)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a filter; `count` is None where it narrows nothing."""

    value: str
    text: str
    count: int | None
    on: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One question of the filters, as a group of radio buttons or one checkbox in a form that asks by address."""

    name: str
    title: Text
    kind: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A chip that takes a filter away, or a way to sort."""

    text: str
    url: str
    on: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything a list page or the filters page draws."""

    filters: Filters
    found: Found
    cards: Sequence[Card]
    facets: tuple[Facet, ...]
    chips: tuple[Link, ...]
    sorts: tuple[Link, ...]

    @property
    def pages(self) -> int:
        """How many pages the list has."""
        return max(1, -(-self.found.total // PER_PAGE))

    @property
    def here(self) -> str:
        """Address of this very page of it."""
        return self.page_url(self.filters.page)

    def page_url(self, number: int) -> str:
        """Address of one page of it."""
        return self.filters.link(trang=str(number) if number > 1 else None)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form of filters carries along unseen: the words and the order."""
        return [(key, self.filters.values[key]) for key in ("q", "xep") if key in self.filters.values]


def listing(filters: Filters, found: Found, cards: Sequence[Card]) -> Listing:
    """Put a list together."""
    return Listing(
        filters=filters,
        found=found,
        cards=cards,
        facets=tuple(_facets(filters, found)),
        chips=tuple(_chips(filters)),
        sorts=tuple(_sorts(filters)),
    )


def label_of(facet: str, value: str) -> str:
    """What a value of a facet is called."""
    if facet == "province":
        province = places.province(value)
        return province.short if province else ""
    if facet == "stars":
        return _("%(n)s sao", n=value)
    if facet == "klass":
        return str(KLASS_LABELS[Klass(value)])
    if facet == "set":
        return said(SETS[int(value)].short)
    return str(_BANDS[value]) if facet == "price" else _("Còn hàng")


def _facets(filters: Filters, found: Found) -> Iterator[Facet]:
    for name, title in TITLES.items():
        parameter = FACET_PARAMETERS[name]
        counts = [one for one in found.facets.get(name, ()) if one.value and (one.count or one.selected)]
        says_nothing = all(one.count == found.total and not one.selected for one in counts)
        if parameter in filters.scope.fixed or says_nothing:
            continue
        ranked = sorted(counts, key=_RANK.get(name, _most_first))
        options = tuple(_option(filters, name, one) for one in ranked[:LONGEST_FACET])
        if name == "stock":
            yield Facet(parameter, title, "checkbox", options)
        else:
            anything = Option("", _("Tất cả"), None, on=parameter not in filters.values)
            yield Facet(parameter, title, "radio", (anything, *options))


def _option(filters: Filters, facet: str, one: FacetCount) -> Option:
    parameter, value = parameter_of(facet, one.value)
    return Option(value, label_of(facet, one.value), one.count, on=filters.values.get(parameter) == value)


def _chips(filters: Filters) -> Iterator[Link]:
    for facet, parameter in FACET_PARAMETERS.items():
        if value := filters.values.get(parameter):
            known = filters.query().klass if facet == "klass" else value
            yield Link(label_of(facet, known or value), filters.without(parameter), on=True)


def _sorts(filters: Filters) -> Iterator[Link]:
    current = filters.query().sort
    for sort in _SORT_ORDER:
        yield Link(str(SORTS[sort]), filters.link(xep=sort_word(sort)), on=sort is current)

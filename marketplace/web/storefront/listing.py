"""A list as its template draws it: headline, cards, facets as links, chips, orders, page numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marketplace.catalog.rules.states import KLASS_LABELS, Klass
from marketplace.kit.i18n import Text, _, lazy
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
LONGEST_FACET = 12
_BANDS = {band.key: band.label for band in PRICE_BANDS}
_SORT_ORDER = (Sort.BEST, Sort.NEWEST, Sort.PRICE_UP, Sort.PRICE_DOWN)


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a facet, or one chip: pressing it leads to `url`."""

    label: str
    url: str
    count: int = 0
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """One question of the filters with its answers and how many goods each leaves."""

    name: str
    title: Text
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything a list page or the filters page draws."""

    filters: Filters
    found: Found
    cards: Sequence[Card]
    facets: tuple[Facet, ...]
    chips: tuple[Choice, ...]
    sorts: tuple[Choice, ...]
    pages: tuple[Choice, ...]

    @property
    def next_url(self) -> str:
        """The page after this one, or nothing."""
        last = -(-self.found.total // PER_PAGE)
        return self.filters.link(trang=str(self.filters.page + 1)) if self.filters.page < last else ""


def listing(filters: Filters, found: Found, cards: Sequence[Card], *, on: str = "") -> Listing:
    """Put a list together. `on` is the path its facets lead to when they stand on a page of their own."""
    facets = tuple(_facets(filters, found, on))
    return Listing(
        filters=filters,
        found=found,
        cards=cards,
        facets=facets,
        chips=tuple(_chips(filters)),
        sorts=tuple(_sorts(filters)),
        pages=tuple(_pages(filters, found.total)),
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
        return SETS[int(value)].short
    return str(_BANDS[value]) if facet == "price" else _("Còn hàng")


def _facets(filters: Filters, found: Found, on: str) -> Iterator[Facet]:
    for name, title in TITLES.items():
        if parameter_of(name, "")[0] in filters.scope.fixed:
            continue
        counts = [one for one in found.facets.get(name, ()) if one.value and (one.count or one.selected)]
        if counts:
            ranked = counts if name in ("price", "stars") else sorted(counts, key=lambda one: -one.count)
            yield Facet(name, title, tuple(_choice(filters, name, one, on) for one in ranked[:LONGEST_FACET]))


def _choice(filters: Filters, name: str, one: FacetCount, on: str) -> Choice:
    parameter, value = parameter_of(name, one.value)
    selected = one.selected or filters.values.get(parameter) == value
    url = filters.link(on, **{parameter: None if selected else value})
    return Choice(label_of(name, one.value), url, one.count, selected)


def _chips(filters: Filters) -> Iterator[Choice]:
    for facet, parameter in FACET_PARAMETERS.items():
        if value := filters.values.get(parameter):
            known = filters.query().klass if facet == "klass" else value
            yield Choice(label_of(facet, known or value), filters.link(**{parameter: None}), selected=True)


def _sorts(filters: Filters) -> Iterator[Choice]:
    current = filters.query().sort
    for sort in _SORT_ORDER:
        yield Choice(str(SORTS[sort]), filters.link(xep=sort_word(sort)), selected=sort is current)


def _pages(filters: Filters, total: int) -> Iterator[Choice]:
    last = -(-total // PER_PAGE)
    shown = [page for page in range(1, last + 1) if page in (1, last) or abs(page - filters.page) <= 1]
    for page in shown if last > 1 else []:
        number = None if page == 1 else str(page)
        yield Choice(str(page), filters.link(trang=number), selected=page == filters.page)

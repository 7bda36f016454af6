"""What is asked of the search and what it answers, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from marketplace.kit.i18n import LazyString, lazy


class Sort(StrEnum):
    """The orders a list can be put in. In each of them what is sold out comes last."""

    BEST = "best"
    NEWEST = "newest"
    PRICE_UP = "price_up"
    PRICE_DOWN = "price_down"
    SOLD = "sold"


SORTS: Mapping[Sort, LazyString] = {
    Sort.BEST: lazy("Phù hợp nhất"),
    Sort.NEWEST: lazy("Mới đăng"),
    Sort.PRICE_UP: lazy("Giá thấp đến cao"),
    Sort.PRICE_DOWN: lazy("Giá cao đến thấp"),
    Sort.SOLD: lazy("Nhiều người mua"),
}


@dataclass(frozen=True, slots=True)
class PriceBand:
    """Prices in dong from `low` (included) to `high` (not included; None: no upper end)."""

    key: str
    low: int
    high: int | None
    label: LazyString


PRICE_BANDS: tuple[PriceBand, ...] = (
    PriceBand("0-50000", 0, 50_000, lazy("Dưới 50.000 ₫")),
    PriceBand("50000-100000", 50_000, 100_000, lazy("50.000 – 100.000 ₫")),
    PriceBand("100000-200000", 100_000, 200_000, lazy("100.000 – 200.000 ₫")),
    PriceBand("200000-500000", 200_000, 500_000, lazy("200.000 – 500.000 ₫")),
    PriceBand("500000-", 500_000, None, lazy("Từ 500.000 ₫")),
)


def band_of(price: int | None) -> str:
    """Key of the band a price in dong falls in, "" without a price."""
    if price is None:
        return ""
    return next(band.key for band in PRICE_BANDS if band.high is None or price < band.high)


@dataclass(frozen=True, slots=True)
class Query:
    """One results page. Without text it is a browse page; every filter that is None or False is off.

    `group` is the slug of a shop group, `klass` and `stars` (3-5) are exact, `price` the key of a price band,
    `village` the id of a craft village. `page` counts from 1.
    """

    text: str = ""
    set_no: int | None = None
    group: str | None = None
    klass: str | None = None
    stars: int | None = None
    province: str | None = None
    commune: str | None = None
    village: int | None = None
    price: str | None = None
    in_stock: bool = False
    exclude_adult: bool = False
    sort: Sort = Sort.BEST
    page: int = 1
    per_page: int = 24


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many products there would be with this value of the facet chosen, all other filters kept."""

    value: str
    count: int
    selected: bool


FACETS = ("klass", "stars", "set", "province", "price", "stock")
"""Names in `Found.facets`. Values are texts: klass, stars "3"-"5", set number, province code, band key, stock "in"."""


@dataclass(frozen=True, slots=True)
class Understood:
    """How the words were read.

    `folded`: nothing had the words with their diacritics, so these are other diacritics. `did_you_mean`: nothing had
    the words as typed, so what is shown answers this text instead. `relaxed`: what is shown has most of the words only.
    """

    text: str = ""
    folded: bool = False
    did_you_mean: str = ""
    relaxed: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of one page in order, the total, and the facets of the whole result. `complete` is False without the index."""

    ids: tuple[int, ...]
    total: int
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    understood: Understood = Understood()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Hint:
    """A product name that begins as typed. `weight` orders hints among themselves."""

    label: str
    product_id: int
    weight: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line under the search box. `kind` is product, set, village or place."""

    kind: str
    label: str
    url: str

"""Filters of a list as its address says them: read once, unknown or impossible values dropped, links built from the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from marketplace.catalog.rules.states import Klass
from marketplace.certificates.rules import STARS
from marketplace.kit.text import nfc, whole
from marketplace.law.rules import SETS
from marketplace.places import queries as places
from marketplace.search.rules import PRICE_BANDS, Query, Sort

LONGEST_TEXT = 200
LAST_PAGE = 500
PER_PAGE = 30

KLASS_WORDS = {"nong-san": Klass.FARM, "lang-nghe": Klass.CRAFT}
SORT_WORDS = {"moi": Sort.NEWEST, "gia-thap": Sort.PRICE_UP, "gia-cao": Sort.PRICE_DOWN, "nhieu-nguoi-mua": Sort.SOLD}
_KLASS_OF = {klass.value: word for word, klass in KLASS_WORDS.items()}
_SORT_OF = {sort: word for word, sort in SORT_WORDS.items()}

FACET_PARAMETERS = {"klass": "loai", "stars": "sao", "set": "bo", "province": "tinh", "price": "gia", "stock": "con"}
"""Facet of the search to the word in the address; removing them all leaves the text, the scope and the order."""

_ORDER = ("q", "loai", "sao", "bo", "tinh", "gia", "con", "xep", "trang")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a list is of, by its path: everything, one group or set, one place. `fixed` holds the parameters it
    implies: those of the address, and `nhom` (group), `xa` (commune code), `lang` (village id)."""

    path: str
    title: str
    fixed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Filters:
    """A scope with what the address adds to it. `values` holds accepted parameters only."""

    scope: Scope
    values: Mapping[str, str]

    def link(self, path: str = "", /, **changes: str | None) -> str:
        """Address of the same list with some parameters changed or (None) dropped, from its first page on."""
        kept = {key: value for key, value in self.values.items() if key != "trang"} | changes
        pairs = [(key, kept[key]) for key in _ORDER if kept.get(key)]
        target = path or self.scope.path
        if path:
            pairs = [("o", self.scope.path), *pairs]
        return f"{target}?{urlencode(pairs)}" if pairs else target

    def without(self, parameter: str) -> str:
        """Address of the same list with one filter taken away."""
        return self.link(**{parameter: None})

    @property
    def text(self) -> str:
        """What was typed into the search box."""
        return self.values.get("q", "")

    @property
    def page(self) -> int:
        """Number of the page, from 1."""
        return int(self.values.get("trang", "1"))

    @property
    def chosen(self) -> int:
        """How many facets are narrowed."""
        return sum(1 for name in FACET_PARAMETERS.values() if name in self.values)

    def query(self, *, per_page: int = PER_PAGE, exclude_adult: bool = False) -> Query:
        """The question put to the search."""
        said = {**self.values, **self.scope.fixed}
        return Query(
            text=said.get("q", ""),
            set_no=int(said["bo"]) if "bo" in said else None,
            group=said.get("nhom"),
            klass=KLASS_WORDS[said["loai"]].value if "loai" in said else None,
            stars=int(said["sao"]) if "sao" in said else None,
            province=said.get("tinh"),
            commune=said.get("xa"),
            village=int(said["lang"]) if "lang" in said else None,
            price=said.get("gia"),
            in_stock="con" in said,
            exclude_adult=exclude_adult,
            sort=SORT_WORDS.get(said.get("xep", ""), Sort.BEST),
            page=self.page,
            per_page=per_page,
        )


def read_filters(scope: Scope, arguments: Mapping[str, str]) -> Filters:
    """What of an address can be used. Nothing in it is an error: an old or mangled link still shows a list."""
    said = {key: nfc(arguments.get(key, ""))[:LONGEST_TEXT] for key in _ORDER if key not in scope.fixed}
    return Filters(scope, {key: value for key, value in said.items() if value and _ACCEPTED[key](value)})


def _is_page(value: str) -> bool:
    return 1 < (whole(value) or 0) <= LAST_PAGE


_ACCEPTED: Mapping[str, Callable[[str], bool]] = {
    "q": bool,
    "loai": KLASS_WORDS.__contains__,
    "sao": {str(stars) for stars in STARS}.__contains__,
    "bo": {str(number) for number in SETS}.__contains__,
    "tinh": lambda value: places.province(value) is not None,
    "gia": {band.key for band in PRICE_BANDS}.__contains__,
    "con": {"1"}.__contains__,
    "xep": SORT_WORDS.__contains__,
    "trang": _is_page,
}


def parameter_of(facet: str, value: str) -> tuple[str, str]:
    """Name and value in the address for one value of a facet of the search."""
    name = FACET_PARAMETERS[facet]
    return name, {"klass": _KLASS_OF.get(value, value), "stock": "1"}.get(facet, value)


def sort_word(sort: Sort) -> str | None:
    """The word in the address for an order; the usual one needs none."""
    return _SORT_OF.get(sort)


def word_url(word: str) -> str:
    """Address of a search for a word."""
    return f"/tim?{urlencode({'q': word})}"

"""What a stranger's page is made of: plain values, and the small decisions about what may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from marketplace.catalog.rules import goods
from marketplace.catalog.rules.sizes import nearest
from marketplace.kit.money import Dong

CARD_PIXELS = 480
THUMB_PIXELS = 160  # for places that name it themselves; never wide enough for a card
"""A card is at most 160 CSS pixels wide on a phone that draws three pixels for one."""


class Stock(StrEnum):
    """How much is left, as a stranger may know it."""

    PLENTY = "plenty"
    FEW = "few"
    NONE = "none"


def stock_of(free: int) -> Stock:
    """Word for `free` units (on hand, not held for anybody)."""
    return Stock(goods.stock_word(free, 0).kind)


@dataclass(frozen=True, slots=True)
class Picture:
    """One public picture in its stored widths: `{"320": "<hash>.webp", ...}` under /anh/."""

    sizes: Mapping[str, str]
    width: int
    height: int
    alt: str
    illustration: bool

    def url(self, wanted: int) -> str:
        """Address of the smallest stored width that is at least `wanted` pixels, else the widest."""
        return f"/anh/{nearest(self.sizes, wanted)}"

    @property
    def srcset(self) -> str:
        """The stored widths from a card's on, as the attribute wants them."""
        return self._srcset(10_000)

    @property
    def small_srcset(self) -> str:
        """The widths a card can use; thirty cards would carry a kilobyte of names of pictures nobody fetches."""
        return self._srcset(CARD_PIXELS)

    def _srcset(self, most: int) -> str:
        widths = sorted(int(width) for width in self.sizes if THUMB_PIXELS < int(width) <= most)
        return ", ".join(f"/anh/{self.sizes[str(width)]} {width}w" for width in widths)


@dataclass(frozen=True, slots=True)
class Card:
    """One product in a list. Every text is ready to print: a card calls nothing while it is drawn."""

    id: int
    url: str
    name: str
    price: Dong | None
    price_text: str
    several_prices: bool
    unit: str
    stars: int | None
    set_no: int
    klass: str
    place: str
    village: str
    producer: str
    producer_url: str
    picture: Picture | None
    stock: Stock
    left: int
    adult: bool
    contact_only: bool
    hidden: bool = False

    def until_age_answer(self) -> Card:
        """The card of an alcoholic drink before the visitor has said to be 18: name and place only."""
        return replace(self, price=None, price_text="", picture=None, several_prices=False, hidden=True)


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What the search index knows of one product on sale. `price` in dong, None for tourism.

    The grade `stars` holds on every day from `stars_from` to `stars_until`, both included.
    """

    id: int
    name: str
    kind_words: str
    description: str
    set_no: int
    group_no: int
    klass: str
    stars: int | None
    stars_from: date | None
    stars_until: date | None
    province_code: str
    commune_code: str | None
    village_id: int | None
    village: str
    place_words: str
    producer: str
    price: Dong | None
    stock_word: str
    sold: int
    created_at: datetime
    adult: bool
    contact_only: bool

    def stars_on(self, day: date) -> int | None:
        """The grade on `day`: both dates are days on which it still holds."""
        if self.stars is None or self.stars_from is None or self.stars_until is None:
            return None
        return self.stars if self.stars_from <= day <= self.stars_until else None

"""What is kept of every product beside its words: one list per property, indexed by document number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from typing import NamedTuple

from marketplace.kit.text import fold, words
from marketplace.search.rules.query import band_of
from marketplace.search.rules.ranking import quality
from marketplace.shelf.rules import SearchDocument, Stock, group_of


class Row(NamedTuple):
    """The stored part of a document: plain values only. Days are ordinals, a price of -1 is none, "" and 0 are none."""

    id: int
    name: str
    klass: str
    set_no: int
    stars: int
    stars_from: int
    stars_until: int
    province: str
    commune: str
    village: int
    price: int
    in_stock: bool
    sold: int
    created: float
    adult: bool
    text: str

    @classmethod
    def of(cls, document: SearchDocument) -> Row:
        """What to store of a document. `text` is all that a phrase in quotation marks may be found in."""
        dated = document.stars is not None and document.stars_from is not None and document.stars_until is not None
        return cls(
            id=document.id,
            name=document.name,
            klass=str(document.klass),
            set_no=document.set_no,
            stars=document.stars or 0 if dated else 0,
            stars_from=document.stars_from.toordinal() if dated and document.stars_from else 0,
            stars_until=document.stars_until.toordinal() if dated and document.stars_until else 0,
            province=document.province_code,
            commune=document.commune_code or "",
            village=document.village_id or 0,
            price=-1 if document.price is None else int(document.price),
            in_stock=document.stock_word != Stock.NONE,
            sold=document.sold,
            created=document.created_at.timestamp(),
            adult=document.adult,
            text=_phrase_text(document),
        )


def _phrase_text(document: SearchDocument) -> str:
    parts = (document.name, document.village, document.producer, document.place_words, document.kind_words)
    return " / ".join(spaced(words(part)) for part in parts if part)


def spaced(tokens: Iterable[str]) -> str:
    """Words as one text in which whole neighbours can be looked for."""
    return f" {' '.join(tokens)} "


@dataclass(slots=True)
class Columns:
    """The rows of one or more parts of the index, turned on their side."""

    id: list[int] = field(default_factory=list)
    name: list[str] = field(default_factory=list)
    klass: list[str] = field(default_factory=list)
    set_no: list[int] = field(default_factory=list)
    group: list[str] = field(default_factory=list)
    stars: list[int] = field(default_factory=list)
    stars_from: list[int] = field(default_factory=list)
    stars_until: list[int] = field(default_factory=list)
    province: list[str] = field(default_factory=list)
    commune: list[str] = field(default_factory=list)
    village: list[int] = field(default_factory=list)
    price: list[int] = field(default_factory=list)
    band: list[str] = field(default_factory=list)
    in_stock: list[bool] = field(default_factory=list)
    sold: list[int] = field(default_factory=list)
    created: list[float] = field(default_factory=list)
    adult: list[bool] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.id)

    def append(self, row: Row) -> None:
        """Take in one stored row."""
        for name, value in row._asdict().items():
            getattr(self, name).append(value)
        self.group.append(group_of(row.set_no).slug)
        self.band.append(band_of(None if row.price < 0 else row.price))
        self.folded.append(f" {fold(row.text)} ")

    def extend(self, other: Columns) -> None:
        """Put another part's rows behind these."""
        for column in fields(self):
            getattr(self, column.name).extend(getattr(other, column.name))

    def stars_on(self, day: date) -> list[int]:
        """The grade of each document on `day`, 0 where none holds."""
        number = day.toordinal()
        dated = zip(self.stars, self.stars_from, self.stars_until, strict=True)
        return [stars if begins <= number <= ends else 0 for stars, begins, ends in dated]

    def quality(self, stars: list[int]) -> list[float]:
        """Score of each document that does not depend on the words."""
        return [quality(grade, sold) for grade, sold in zip(stars, self.sold, strict=True)]

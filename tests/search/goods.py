"""Documents for the search tests: the real names and places of 240 products, and a way to make one more."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from marketplace.kit.money import Dong
from marketplace.search.directory import writing
from marketplace.search.index import Index, IndexWriter
from marketplace.search.rules import Found, Query
from marketplace.shelf.rules import SearchDocument

TODAY = date(2026, 11, 24)
OPENING = datetime(2026, 1, 1, tzinfo=UTC)
PLACES = ("commune_new", "province_new", "commune_old", "district_old", "province_old")
PRICES = (45_000, 80_000, 150_000, 320_000, 900_000)


def product(key: int, name: str, **changes: object) -> SearchDocument:
    """A product on sale, plain in every way that is not said."""
    plain = SearchDocument(
        id=key,
        name=name,
        kind_words="",
        description="",
        set_no=6,
        group_no=1,
        klass="farm",
        stars=None,
        stars_from=None,
        stars_until=None,
        province_code="01",
        commune_code=None,
        village_id=None,
        village="",
        place_words="",
        producer="Cơ sở mẫu",
        price=Dong(100_000),
        stock_word="plenty",
        sold=0,
        created_at=OPENING + timedelta(minutes=key),
        adult=False,
        contact_only=False,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def _document(row: dict[str, str]) -> SearchDocument:
    key, set_no = int(row["id"]), int(row["ocop_set"] or 6)
    stars = int(row["star"]) if row["star"] else None
    return product(
        key,
        row["name"],
        kind_words=row["ocop_set_name"],
        set_no=set_no,
        klass="craft" if set_no in (21, 22) else "farm",
        stars=stars,
        stars_from=date(2025, 1, 1) if stars else None,
        stars_until=date(2027, 12, 31) if stars else None,
        province_code=row["province_new_code"] or "01",
        commune_code=row["commune_new_code"] or None,
        village=row["craft_village"],
        place_words=", ".join(row[column] for column in PLACES),
        price=None if set_no == 26 else Dong(PRICES[key % 5]),
        stock_word="none" if key % 11 == 0 else "plenty",
        sold=key % 37,
        adult=set_no in (14, 15),
        contact_only=set_no == 26,
    )


@cache
def real_goods() -> tuple[SearchDocument, ...]:
    """The 240 products of the data file."""
    with (Path(__file__).parent / "data" / "products.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_document(row) for row in csv.DictReader(file))


class Shelf:
    """An index of some documents, asked like the market asks it."""

    def __init__(self, home: Path, documents: tuple[SearchDocument, ...]) -> None:
        self.home = home
        self.by_id = {document.id: document for document in documents}
        self.writer = IndexWriter(home)
        self.reader = Index(home)
        with writing(home, wait=0):
            self.writer.rebuild(documents, 0)

    def put(self, *documents: SearchDocument, cursor: int = 1) -> None:
        """Bring documents in, as the indexer does."""
        self.by_id |= {document.id: document for document in documents}
        self.writer.apply(documents, [], cursor)
        self.look_again()

    def look_again(self) -> None:
        """Have the reader look at once."""
        self.reader = self.reader.__class__(self.home)

    def find(self, text: str = "", *, today: date = TODAY, **filters: object) -> Found:
        """One page of results."""
        return self.reader.find(Query(text=text, per_page=300, **filters), today)  # type: ignore[arg-type]

    def names(self, text: str = "", **filters: object) -> list[str]:
        """Names of what is found, in order."""
        return [self.by_id[key].name for key in self.find(text, **filters).ids]

"""Delivery fees by distance and weight, and how far a product goes. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from marketplace.kit.actor import Place
from marketplace.kit.i18n import Text, lazy
from marketplace.kit.money import Dong

GRAMS_PER_STEP = 1_000


class Reach(StrEnum):
    """How far the maker sends a product."""

    COLLECT = "collect"
    COMMUNE = "commune"
    PROVINCE = "province"
    COUNTRY = "country"


REACH_LABELS: dict[Reach, Text] = {
    Reach.COLLECT: lazy("Chỉ nhận tại gian hàng"),
    Reach.COMMUNE: lazy("Giao trong xã"),
    Reach.PROVINCE: lazy("Giao trong tỉnh"),
    Reach.COUNTRY: lazy("Giao cả nước"),
}

_ORDER = tuple(Reach)


class Distance(StrEnum):
    """The three columns of the fee table."""

    SAME_COMMUNE = "same_commune"
    SAME_PROVINCE = "same_province"
    ELSEWHERE = "elsewhere"


DISTANCE_LABELS: dict[Distance, Text] = {
    Distance.SAME_COMMUNE: lazy("Cùng xã, phường"),
    Distance.SAME_PROVINCE: lazy("Cùng tỉnh, thành phố"),
    Distance.ELSEWHERE: lazy("Tỉnh, thành phố khác"),
}


@dataclass(frozen=True, slots=True)
class FeeRow:
    """Dong for the first kilogram, and for each further kilogram begun."""

    first_kg: Dong
    each_kg: Dong


@dataclass(frozen=True, slots=True)
class FeeTable:
    """One published table for the whole market."""

    same_commune: FeeRow
    same_province: FeeRow
    elsewhere: FeeRow

    def row(self, distance: Distance) -> FeeRow:
        """The row for a distance."""
        rows = {
            Distance.SAME_COMMUNE: self.same_commune,
            Distance.SAME_PROVINCE: self.same_province,
            Distance.ELSEWHERE: self.elsewhere,
        }
        return rows[distance]


FIRST_TABLE = FeeTable(
    same_commune=FeeRow(Dong(15_000), Dong(3_000)),
    same_province=FeeRow(Dong(25_000), Dong(5_000)),
    elsewhere=FeeRow(Dong(35_000), Dong(8_000)),
)
"""The table that holds until an admin publishes another."""


NOTICE_DAYS = 5
"""A changed table stands on the delivery page this long before it holds."""
MOST_AHEAD_DAYS = 366


@dataclass(frozen=True, slots=True)
class Published:
    """A table and the days it holds: from `since` (None: since the market opened) to before `until` (None: no end known)."""

    table: FeeTable
    since: date | None
    until: date | None = None


def earliest(today: date, *, is_first: bool) -> date:
    """The soonest day from which a new table may hold: the first one ever at once, a change after its notice."""
    return today if is_first else today + timedelta(days=NOTICE_DAYS)


def distance(origin: Place, to: Place) -> Distance:
    """How far apart two places are. An origin without a commune is never in the same commune as anything."""
    if origin.province_code != to.province_code:
        return Distance.ELSEWHERE
    if origin.commune_code is not None and origin.commune_code == to.commune_code:
        return Distance.SAME_COMMUNE
    return Distance.SAME_PROVINCE


def further_kg(weight_g: int) -> int:
    """Kilograms begun beyond the first: 0 up to 1,000 g, 1 from 1,001 g, 2 from 2,001 g."""
    if weight_g < 0:
        raise ValueError("weight is negative")
    return max(0, -(-weight_g // GRAMS_PER_STEP) - 1)


def fee(table: FeeTable, weight_g: int, origin: Place, to: Place) -> Dong:
    """Dong for one parcel of this many grams."""
    row = table.row(distance(origin, to))
    return Dong(row.first_kg + row.each_kg * further_kg(weight_g))


def reaches(reach: Reach, origin: Place, to: Place) -> bool:
    """Whether a product with this reach is sent from `origin` to `to`."""
    if reach is Reach.COUNTRY:
        return True
    if reach is Reach.PROVINCE:
        return origin.province_code == to.province_code
    return reach is Reach.COMMUNE and distance(origin, to) is Distance.SAME_COMMUNE


def narrower(a: Reach, b: Reach) -> Reach:
    """The shorter of two reaches."""
    return min(a, b, key=_ORDER.index)


TRANSIT_DAYS: dict[Distance, tuple[int, int]] = {
    Distance.SAME_COMMUNE: (1, 1),
    Distance.SAME_PROVINCE: (1, 2),
    Distance.ELSEWHERE: (3, 6),
}
"""Days on the road, the fewest and the most: what the published delivery page promises."""


def ready_by(accepted_on: date, days_to_make: int) -> date:
    """The day by which an accepted order is made: sent on it at the latest, or fetched from it on."""
    return accepted_on + timedelta(days=days_to_make)


def arrival(ordered_on: date, days_to_make: int, how_far: Distance) -> tuple[date, date]:
    """First and last day on which a parcel is expected."""
    fewest, most = TRANSIT_DAYS[how_far]
    return ordered_on + timedelta(days=days_to_make + fewest), ordered_on + timedelta(days=days_to_make + most)

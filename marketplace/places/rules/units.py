"""Units of administration, today's and those before 1 July 2025, and the choices offered for a typed name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from marketplace.kit.actor import Place
from marketplace.kit.text import fold

UNIT_TYPES = ("Thành phố", "Thị trấn", "Đặc khu", "Phường", "Thị xã", "Huyện", "Quận", "Tỉnh", "Xã")
_TYPE = re.compile(rf"(?:{'|'.join(UNIT_TYPES)}) ", re.IGNORECASE)


class Kind(StrEnum):
    """What a name is the name of. The order is that in which equal matches are offered."""

    COMMUNE = "commune"
    PROVINCE = "province"
    OLD_COMMUNE = "old_commune"
    OLD_DISTRICT = "old_district"
    OLD_PROVINCE = "old_province"


class Unit(NamedTuple):
    """One name in the gazetteer. For what is old, `now` lists the codes of today's units, separated by spaces.

    `province` is the full name the province had then; a commune of today has today's, and no district.
    """

    kind: Kind
    name: str
    district: str
    province: str
    now: str


@dataclass(frozen=True, slots=True)
class Province:
    """One of the 34 provinces of NQ 202/2025/QH15: "Tỉnh Lào Cai", "Lào Cai"."""

    code: str
    name: str
    short: str


@dataclass(frozen=True, slots=True)
class Commune:
    """One of the 3,321 communes, wards and special zones, under its 5-digit code of QĐ 19/2025/QĐ-TTg."""

    code: str
    name: str
    province_code: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A place of today that can be tapped. `value` is what a form carries: "01-09955", for a province "01"."""

    province_code: str
    commune_code: str | None
    label: str

    @property
    def place(self) -> Place:
        """The place itself."""
        return Place(self.province_code, self.commune_code)

    @property
    def value(self) -> str:
        """The place as a form carries it."""
        return f"{self.province_code}-{self.commune_code}" if self.commune_code else self.province_code


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that a typed name may mean, with the place or places of today it leads to.

    `sure` marks the ones that fit what was typed word for word, type word and diacritics included where there were any.
    `old_name` is "xã Duyên Thái, huyện Thường Tín" where the candidate is an old commune: worth keeping beside the place chosen.
    """

    kind: Kind
    title: str
    detail: str
    choices: tuple[Choice, ...]
    sure: bool = False
    old_name: str = ""


def bare(name: str) -> str:
    """A unit's name without its type: "Xã Thạch Thất" -> "Thạch Thất"."""
    return _TYPE.sub("", name, count=1) if _TYPE.match(name) else name


def name_key(name: str) -> str:
    """The key under which a unit is found: "Tỉnh Bà Rịa - Vũng Tàu" -> "ba ria vung tau"."""
    return " ".join(fold(bare(name)).replace("-", " ").split())


def sole(candidates: Iterable[Candidate]) -> Choice | None:
    """The one place the typed name can only mean, or None when a person has to choose."""
    places = {choice.place: choice for candidate in candidates if candidate.sure for choice in candidate.choices}
    return next(iter(places.values())) if len(places) == 1 else None

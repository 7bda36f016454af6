"""The table of places in memory: read once per process from data/units.json.gz, searched by folded name."""

import gc
import gzip
import json
from bisect import bisect_left
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from typing import Any

from marketplace.kit.text import normalise
from marketplace.places.rules.typed import Key, Typed, narrows, read_typed
from marketplace.places.rules.units import Commune, Kind, Province, Unit, bare

Rank = tuple[int, int, int]  # unfinished name, another type than the typed one, words with other diacritics
Hit = tuple[Rank, Unit]

_ORDER = {kind: place for place, kind in enumerate(Kind)}
_SHORT = {"79": "TP. Hồ Chí Minh"}  # the bare name is a person's
WORD_FOR_WORD: Rank = (0, 0, 0)
FEW = 60
"""How many unfinished names are looked at; a person who typed two letters is asked for more anyway."""


class Gazetteer:
    """All units of today and of before 1 July 2025. Immutable once built."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.provinces = {code: Province(code, name, _SHORT.get(code, bare(name))) for code, name in table["provinces"]}
        self._communes: dict[str, tuple[str, str]] = {
            code: (name, province) for province, rows in table["communes"].items() for code, name in rows
        }
        self.in_province: dict[str, list[str]] = {
            province: [code for code, _ in rows] for province, rows in table["communes"].items()
        }
        # Folded beforehand: folding 9,000 names takes longer than all the rest.
        self._keys: dict[str, str] = table["keys"]
        self.today = {province.name: province.short for province in self.provinces.values()}
        self._renamed: dict[str, str] = table["renamed"]
        self.old_units = self._old_units(table["old"])
        self.came_from = self._origins()
        self._names = self._by_name()
        self._sorted = sorted(self._names)

    def commune(self, code: str) -> Commune | None:
        """The commune of this code."""
        row = self._communes.get(code)
        return Commune(code, *row) if row else None

    @staticmethod
    def _old_units(tree: list[Any]) -> list[Unit]:
        """Old provinces, districts and communes, each with the codes of what it is now."""
        units: list[Unit] = []
        for province, now, districts in tree:
            units.append(Unit(Kind.OLD_PROVINCE, province, "", province, now))
            for district, communes in districts:
                codes = " ".join(dict.fromkeys(code for _, to in communes for code in to.split()))
                units.append(Unit(Kind.OLD_DISTRICT, district, "", province, codes))
                # An island district had no commune: its row has no name.
                units.extend(Unit(Kind.OLD_COMMUNE, name, district, province, to) for name, to in communes if name)
        return units

    def _by_name(self) -> dict[str, list[Unit]]:
        """Every unit under its folded name without the type word."""
        names: defaultdict[str, list[Unit]] = defaultdict(list)
        for code, (name, province) in self._communes.items():
            unit = Unit(Kind.COMMUNE, name, "", self.provinces[province].name, code)
            names[self._keys[name]].append(unit)
        for whole in self.provinces.values():
            names[self._keys[whole.name]].append(Unit(Kind.PROVINCE, whole.name, "", whole.name, whole.code))
        for unit in self.old_units:
            if unit.kind is not Kind.OLD_PROVINCE or unit.name not in self.today:
                names[self._keys[unit.name]].append(unit)
        for now, before in self._renamed.items():
            code = next(p.code for p in self.provinces.values() if p.name == now)
            names[self._keys[before]].append(Unit(Kind.OLD_PROVINCE, before, "", before, code))
        return dict(names)

    def _origins(self) -> dict[str, list[Unit]]:
        """The old communes, or the island district, that each commune of today was made from, by its code."""
        origin: defaultdict[str, list[Unit]] = defaultdict(list)
        for unit in self.old_units:
            if unit.kind is Kind.OLD_COMMUNE:
                for code in unit.now.split():
                    origin[code].append(unit)
        for unit in self.old_units:
            if unit.kind is Kind.OLD_DISTRICT and unit.now not in origin and " " not in unit.now:
                origin[unit.now].append(unit)
        return dict(origin)

    def _context(self, unit: Unit) -> set[Key]:
        """The names of what lies round a unit, then and now."""
        names = {unit.province, unit.district}
        if unit.kind is Kind.COMMUNE:
            for old in self.came_from.get(unit.now, ()):
                names |= {old.district, old.province}
        elif unit.kind in (Kind.OLD_COMMUNE, Kind.OLD_DISTRICT):
            names |= {self.provinces[self._communes[code][1]].name for code in unit.now.split()}
        elif unit.kind is Kind.OLD_PROVINCE:
            names.add(self.provinces[unit.now].name)
        names |= {self._renamed[name] for name in names if name in self._renamed}
        return {tuple(self._keys[name].split()) for name in names if name}

    def _fitting(self, typed: Typed, units: list[Unit], *, unfinished: bool) -> list[Hit]:
        hits = []
        for unit in units:
            context = self._context(unit) if typed.rest else ()
            if narrows(typed.rest, context, unfinished=unfinished and not typed.is_last):
                wrong_type = int(bool(typed.type_name) and not unit.name.startswith(typed.type_name + " "))
                misfits = typed.misfits(normalise(bare(unit.name)).lower().replace("-", " ").split())
                hits.append(((int(unfinished), wrong_type, misfits), unit))
        return hits

    def _beginning_with(self, prefix: str) -> list[Unit]:
        at = bisect_left(self._sorted, prefix)
        found: list[Unit] = []
        for key in islice(self._sorted, at, at + FEW):
            if not key.startswith(prefix):
                break
            found.extend(self._names[key])
        return found

    def find(self, text: str) -> list[Hit]:
        """Units a typed name may mean, best first: whole names, else names that begin so. Ranked."""
        readings = list(read_typed(text))
        for unfinished in (False, True):
            for group in readings:
                hits = self._read(group, unfinished=unfinished)
                if hits:
                    return sorted(hits, key=_order)
        return []

    def _read(self, group: list[Typed], *, unfinished: bool) -> list[Hit]:
        best: dict[Unit, Rank] = {}
        for typed in group:
            units = self._names.get(typed.key, [])
            if unfinished and typed.is_last and len(typed.key) >= 2:
                units = units + self._beginning_with(typed.key)
            for rank, unit in self._fitting(typed, units, unfinished=unfinished):
                best[unit] = min(rank, best.get(unit, rank))
        return [(rank, unit) for unit, rank in best.items()]


def _order(hit: Hit) -> tuple[Rank, int, int, str, str]:
    rank, unit = hit
    return rank, _ORDER[unit.kind], len(unit.name), unit.province, unit.district


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer of this process, with all its indexes: about 30 ms, then nothing is read again."""
    packed = files("marketplace.places").joinpath("data/units.json.gz").read_bytes()
    collecting = gc.isenabled()
    gc.disable()  # these many small tuples set off a full collection of the whole app, longer than the loading itself
    try:
        return Gazetteer(json.loads(gzip.decompress(packed)))
    finally:
        if collecting:
            gc.enable()

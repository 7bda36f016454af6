"""Places as pages, forms and the index need them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import select

from marketplace.kit import db
from marketplace.kit.actor import Place
from marketplace.kit.text import fold, slugify
from marketplace.places import rules
from marketplace.places.gazetteer import WORD_FOR_WORD, gazetteer
from marketplace.places.models import CraftVillage
from marketplace.places.rules import Candidate, Choice, Commune, Kind, Province, Unit

_PROVINCE_KINDS = (Kind.PROVINCE, Kind.OLD_PROVINCE)


def province(code: str) -> Province | None:
    """The province of this 2-digit code."""
    return gazetteer().provinces.get(code)


def commune(code: str) -> Commune | None:
    """The commune of this 5-digit code."""
    return gazetteer().commune(code)


def provinces() -> list[Province]:
    """All 34, in the order of the Vietnamese alphabet without diacritics."""
    return sorted(gazetteer().provinces.values(), key=lambda p: fold(rules.bare(p.name)))


def communes(province_code: str) -> list[Commune]:
    """The communes of a province by name."""
    codes = gazetteer().in_province.get(province_code, [])
    found = [commune for code in codes if (commune := gazetteer().commune(code))]
    return sorted(found, key=lambda c: fold(rules.bare(c.name)))


def known(place: Place) -> bool:
    """Whether these codes exist and belong together."""
    if place.commune_code is None:
        return place.province_code in gazetteer().provinces
    found = commune(place.commune_code)
    return found is not None and found.province_code == place.province_code


def same_province(one: Place, other: Place) -> bool:
    """Whether both lie in one province of today."""
    return one.province_code == other.province_code


def _parts(place: Place) -> tuple[Commune | None, Province | None]:
    return commune(place.commune_code) if place.commune_code else None, province(place.province_code)


def label(place: Place) -> str:
    """ "xã Thạch Thất, Hà Nội", or "Hà Nội" for a whole province."""
    return rules.place_line(*_parts(place))


def full_line(place: Place, village: str = "", old_place: str = "") -> str:
    """ "Làng Hạ Thái (xã Duyên Thái cũ), xã Hồng Vân, Hà Nội"."""
    return rules.full_line(*_parts(place), village, old_place)


def slug(place: Place) -> str:
    """ "xa-thach-that-09955", "ha-noi-01"."""
    part, whole = _parts(place)
    if part:
        return f"{slugify(part.name)}-{part.code}"
    return f"{slugify(rules.bare(whole.name))}-{whole.code}" if whole else ""


def resolve_slug(text: str) -> Place | None:
    """The place of an address; only the code at its end counts, so a page may redirect to `slug(place)`."""
    code = text.rpartition("-")[2]
    if found := commune(code):
        return Place(found.province_code, found.code)
    return Place(code) if code in gazetteer().provinces else None


def value(place: Place) -> str:
    """The place as a form carries it: "01-09955", for a province "01"."""
    return Choice(place.province_code, place.commune_code, "").value


def from_value(text: str) -> Place | None:
    """The place of a form's value; None for anything that is not a place of today."""
    province_code, _, commune_code = text.strip().partition("-")
    place = Place(province_code, commune_code or None)
    return place if known(place) else None


def choice(place: Place) -> Choice:
    """The place as something to tap."""
    return Choice(place.province_code, place.commune_code, label(place))


def find(text: str, limit: int = 12) -> list[Candidate]:
    """What a typed name may mean: old or new, with or without diacritics, type word and the district or province behind it.

    Best first. An old commune that was split is one candidate with several choices. A name that was gone before
    2025 is not known: the list is empty and the text is worth keeping as it is.
    """
    hits = gazetteer().find(text)
    if not hits and "," in text and not rules.names_commune(text):
        return find(text.partition(",")[2], limit)  # "Thôn 3, xã Thạch Thất, Hà Nội": the village is nobody's unit
    candidates: dict[tuple[Choice, ...], Candidate] = {}
    for rank, unit in hits:
        candidate = _candidate(unit, sure=rank == WORD_FOR_WORD)
        candidates.setdefault(candidate.choices, candidate)
        if len(candidates) == limit:
            break
    return _as_written_here(text, list(candidates.values()))


def _as_written_here(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """ "xã Phú Cát, Hà Nội", spelt as this market writes it, is today's commune, though an old one had the same name."""
    own = [c for c in candidates if c.sure and c.kind is Kind.COMMUNE and c.choices[0].label == text]
    return [replace(c, sure=c in own) for c in candidates] if own else candidates


def _candidate(unit: Unit, *, sure: bool) -> Candidate:
    title, detail = rules.old_title(unit, gazetteer().today)
    if unit.kind in _PROVINCE_KINDS:
        choices: Iterable[Choice] = [choice(Place(unit.now))]
    else:
        found = [commune for code in unit.now.split() if (commune := gazetteer().commune(code))]
        choices = [choice(Place(c.province_code, c.code)) for c in found]
    whole = (unit.name, unit.district) if unit.kind is Kind.OLD_COMMUNE else ()
    old_name = ", ".join(rules.lower_first(name) for name in whole if name)
    return Candidate(unit.kind, title, detail, tuple(choices), sure, old_name)


def old_names(place: Place) -> list[str]:
    """What a place was made from: old communes ("xã Đại Đồng") of a commune, old provinces of a province."""
    return [rules.lower_first(unit.name) for unit in _origin(place)]


def old_districts(place: Place) -> list[str]:
    """The old districts a commune of today lies in: "huyện Thạch Thất"."""
    return list(dict.fromkeys(rules.lower_first(unit.district) for unit in _origin(place) if unit.district))


def _origin(place: Place) -> list[Unit]:
    if place.commune_code:
        return gazetteer().came_from.get(place.commune_code, [])
    return [u for u in gazetteer().old_units if u.kind is Kind.OLD_PROVINCE and u.now == place.province_code]


def search_words(place: Place, old_place: str = "") -> str:
    """All names under which somebody may look for this place, then and now.

    A known old commune brings its own district and province along; without one, everything the place was made from.
    """
    part, whole = _parts(place)
    origin = _origin(place)
    wanted = " ".join(fold(rules.bare(old_place.partition(",")[0])).split())
    named = [unit for unit in origin if fold(rules.bare(unit.name)) == wanted] if wanted else []
    if not named and old_place and not part:
        origin = []  # a province made of three: what the text says is truer than all their names
    names = [part.name if part else "", whole.name if whole else "", old_place]
    for unit in named or origin:
        names += [unit.name, unit.district, unit.province]
    return ", ".join(dict.fromkeys(name for name in names if name))


def village(village_id: int) -> CraftVillage | None:
    """The craft village of this id."""
    return db.session.get(CraftVillage, village_id)


def village_by_slug(text: str) -> CraftVillage | None:
    """By the key at the end of its address; a page redirects when `slug` differs."""
    return db.session.scalar(select(CraftVillage).where(CraftVillage.key == text.rpartition("-")[2]))


def villages_of(province_code: str) -> Sequence[CraftVillage]:
    """The craft villages of a province by name."""
    return db.session.scalars(
        select(CraftVillage).where(CraftVillage.province_code == province_code).order_by(CraftVillage.folded)
    ).all()


def all_villages() -> Sequence[CraftVillage]:
    """Every craft village by name."""
    return db.session.scalars(select(CraftVillage).order_by(CraftVillage.folded, CraftVillage.id)).all()


def file_keys() -> set[str]:
    """Files of the villages' pictures."""
    return {picture for picture in db.session.scalars(select(CraftVillage.picture)) if picture}

"""How places are written for people: village, old commune, commune and province of today."""

import re

from marketplace.kit.i18n import _
from marketplace.kit.text import fold, nfc
from marketplace.places.rules.units import Commune, Kind, Province, Unit, bare

# A village often carries its own word already, and "Làng Thôn 6" or "Làng Làng So" would be wrong.
_SETTLEMENT = re.compile(
    r"(làng|thôn|xóm|bản|ấp|buôn|bon|plei|plây|làng nghề|khu|khóm|phum|sóc|tổ|phố|cụm|hợp tác xã|đảo|cồn)\b",
    re.IGNORECASE,
)
_OLD = re.compile(r"\s*\(?\bcũ\b\)?\s*$", re.IGNORECASE)


def lower_first(name: str) -> str:
    """A unit's name inside a line: "Xã Thạch Thất" -> "xã Thạch Thất"."""
    return name[:1].lower() + name[1:]


def upper_first(line: str) -> str:
    """A line as it begins a sentence."""
    return line[:1].upper() + line[1:]


def place_line(commune: Commune | None, province: Province | None) -> str:
    """ "xã Thạch Thất, Hà Nội", or the province alone."""
    parts = [lower_first(commune.name)] if commune else []
    return ", ".join([*parts, province.short] if province else parts)


def village_title(village: str) -> str:
    """ "Hạ Thái" -> "Làng Hạ Thái"; a name that says what it is ("Thôn 6", "Làng So", "Bản Lác") stays."""
    name = nfc(village)
    if not name or _SETTLEMENT.match(name):
        return upper_first(name)
    return _("Làng %(name)s", name=name)


def old_note(old_place: str, today: str) -> str:
    """ "Xã Duyên Thái" -> "xã Duyên Thái cũ"; nothing when the name of today's commune is the same."""
    name = _OLD.sub("", nfc(old_place)).strip(" ,")
    if not name or fold(bare(name.partition(",")[0])) == fold(bare(today)):
        return ""
    return _("%(name)s cũ", name=lower_first(name) if name != bare(name) else name)


def full_line(commune: Commune | None, province: Province | None, village: str = "", old_place: str = "") -> str:
    """ "Làng Hạ Thái (xã Duyên Thái cũ), xã Hồng Vân, Hà Nội"; without a village the old name follows the new one."""
    note = old_note(old_place, commune.name if commune else "")
    behind = f" ({note})" if note else ""
    town = lower_first(commune.name) if commune else ""
    rest = [province.short] if province else []
    head = village_title(village)
    if not head:
        first = [f"{town}{behind}"] if town else [note] if note else []
        return upper_first(", ".join([*first, *rest]))
    return ", ".join([f"{head}{behind}", *([town] if town else []), *rest])


def old_title(unit: Unit, today: dict[str, str]) -> tuple[str, str]:
    """Title and detail of a candidate: ("Xã Duyên Thái cũ", "huyện Thường Tín, Hà Nội"). `today`: short names of today's provinces."""
    gone = unit.kind not in (Kind.COMMUNE, Kind.PROVINCE)
    province = today.get(unit.province) or _("%(name)s cũ", name=lower_first(unit.province))
    above = [lower_first(unit.district)] if unit.district else []
    if unit.kind not in (Kind.PROVINCE, Kind.OLD_PROVINCE):
        above.append(province)
    title = _("%(name)s cũ", name=unit.name) if gone else unit.name
    return title, ", ".join(above)

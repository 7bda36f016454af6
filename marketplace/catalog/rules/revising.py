"""What a revision changes: which answers, said in words, and word by word. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

from marketplace.catalog.rules.goods import show_measure
from marketplace.catalog.rules.missing import FIELDS, field_name, papers_missing
from marketplace.catalog.rules.questions import REACH_LABELS
from marketplace.catalog.rules.states import KLASS_LABELS
from marketplace.kit.i18n import Text, lazy
from marketplace.kit.money import Dong, show_dong
from marketplace.law.rules import SETS, DocumentKind

SHORT = 80
"""Letters of an answer that are still quoted whole."""

MOST_QUOTED = 3

COMPARED = (
    "name", "set_no", "klass", "description", "ingredients", "material", "dimensions", "strength", "origin", "shelf_life",
    "storage", "usage", "warnings", "declaration_no", "days_to_make", "reach", "collect_ok",
)  # fmt: skip
"""Columns that wait for approval, in the order they are read."""

_ASKED_AS = {"set_no": "set", "klass": "class"}


class PieceKind(StrEnum):
    """Words that stayed, went or came."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    """Some words in a row with one fate."""

    kind: PieceKind
    text: str


def _tokens(text: str) -> list[str]:
    return re.findall(r"\S+|\s+", text)


def pieces(before: str, after: str) -> list[Piece]:
    """Both texts as one, word by word: what stayed, what went, what came. Joined without GONE they are `after`."""
    old, new = _tokens(before), _tokens(after)
    found: list[Piece] = []
    for _verb, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[a:b] == new[c:d]:
            found.append(Piece(PieceKind.SAME, "".join(old[a:b])))
            continue
        found += [
            Piece(kind, "".join(said)) for kind, said in ((PieceKind.GONE, old[a:b]), (PieceKind.NEW, new[c:d])) if said
        ]
    return _without_islands(found)


def _without_islands(found: list[Piece]) -> list[Piece]:
    """A lone space between two changes belongs to both of them: "cũ kỹ" instead of "cũ", a space, "kỹ"."""
    kept: list[Piece] = []
    gone, new = "", ""
    for at, piece in enumerate(found):
        lone = piece.kind is PieceKind.SAME and not piece.text.strip() and 0 < at < len(found) - 1 and (gone or new)
        if piece.kind is PieceKind.GONE:
            gone += piece.text
        elif piece.kind is PieceKind.NEW:
            new += piece.text
        elif lone:
            gone, new = gone + piece.text, new + piece.text
        else:
            kept += [*_changed(gone, new), piece]
            gone, new = "", ""
    return [*kept, *_changed(gone, new)]


def _changed(gone: str, new: str) -> list[Piece]:
    return [Piece(kind, text) for kind, text in ((PieceKind.GONE, gone), (PieceKind.NEW, new)) if text]


@dataclass(frozen=True)
class Pack:
    """One variant as a revision may change it: price and stock are not among it, except of a new one."""

    label: str
    unit: str
    net_weight_g: int | None
    net_volume_ml: int | None
    shipping_weight_g: int
    price: int = 0

    def shown(self, *, priced: bool = False) -> str:
        """In words; with its price where the variant itself is new."""
        measure = show_measure(self.net_weight_g, self.net_volume_ml)
        parcel = f"{SHIPPED} {show_measure(self.shipping_weight_g, None)}" if self.shipping_weight_g else ""
        price = show_dong(Dong(self.price)) if priced and self.price else ""
        return ", ".join(part for part in (f"{self.label} ({self.unit})", measure, parcel, price) if part)


SHIPPED = lazy("gói gửi nặng")


@dataclass(frozen=True)
class Version:
    """A product as its text stands: `values` by column, variants by the id they have (or will keep) in the product."""

    set_no: int | None
    values: Mapping[str, object]
    packs: Mapping[int, Pack] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """One answer before and after, in words, under the name officials and makers call it. `field` leads to its page."""

    field: str
    name: Text
    before: str
    after: str

    @property
    def pieces(self) -> list[Piece]:
        """Word by word."""
        return pieces(self.before, self.after)


def shown_value(column: str, value: object) -> str:
    """A stored answer as people read it."""
    if value is None or value == "":
        return ""
    match column:
        case "set_no":
            return str(SETS[int(str(value))].short)
        case "klass":
            return str(KLASS_LABELS[value])  # type: ignore[index] # the column holds a Klass
        case "reach":
            return str(REACH_LABELS[value])  # type: ignore[index] # the column holds a Reach
        case "collect_ok":
            return str(lazy("Được") if value else lazy("Không"))
        case "days_to_make":
            return str(lazy("%(days)s ngày", days=value))
    return str(value)


def changes_between(before: Version, after: Version) -> list[Change]:
    """Every answer that differs, in the order it is read; then the variants that came, went or weigh otherwise."""
    found = []
    for column in COMPARED:
        old, new = before.values.get(column), after.values.get(column)
        if old != new:
            asked = _ASKED_AS.get(column, column)
            name = FIELDS[asked] if column in _ASKED_AS else field_name(after.set_no, asked)
            found.append(Change(asked, name, shown_value(column, old), shown_value(column, new)))
    return found + _packs_changed(before.packs, after.packs)


def _packs_changed(before: Mapping[int, Pack], after: Mapping[int, Pack]) -> list[Change]:
    found = []
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old and new and old.shown() != new.shown():
            found.append(Change("net", lazy("Loại hàng"), old.shown(), new.shown()))
        elif old and not new:
            found.append(Change("price", lazy("Bỏ một loại"), old.shown(), ""))
        elif new and not old:
            found.append(Change("price", lazy("Thêm một loại"), "", new.shown(priced=True)))
    return found


def in_words(change: Change) -> Text:
    """One sentence: short answers quoted whole, of long ones what went and what came."""
    if not change.before:
        return lazy("%(name)s: thêm “%(new)s”", name=change.name, new=_cut(change.after))
    if not change.after:
        return lazy("%(name)s: bỏ “%(old)s”", name=change.name, old=_cut(change.before))
    if max(len(change.before), len(change.after)) <= SHORT:
        return lazy("%(name)s: “%(old)s” → “%(new)s”", name=change.name, old=change.before, new=change.after)
    gone = _quoted(change.pieces, PieceKind.GONE)
    new = _quoted(change.pieces, PieceKind.NEW)
    if not gone:
        return lazy("%(name)s: thêm %(new)s", name=change.name, new=new)
    if not new:
        return lazy("%(name)s: bỏ %(old)s", name=change.name, old=gone)
    return lazy("%(name)s: bỏ %(old)s; thêm %(new)s", name=change.name, old=gone, new=new)


def _cut(text: str) -> str:
    return text if len(text) <= SHORT else text[:SHORT].rsplit(" ", 1)[0] + "…"


def _quoted(said: Iterable[Piece], kind: PieceKind) -> str:
    texts = [_cut(" ".join(piece.text.split())) for piece in said if piece.kind is kind and piece.text.strip()]
    more = ", …" if len(texts) > MOST_QUOTED else ""
    return ", ".join(f"“{text}”" for text in texts[:MOST_QUOTED]) + more


def newly_needed(before: int | None, after: int | None, sent: Iterable[DocumentKind]) -> list[DocumentKind]:
    """Papers a revision still lacks: those of its set when it moves to another one. In its old set it was approved already."""
    return [] if before == after else papers_missing(after, sent)

"""The place picker: one question of a form that takes an old or a new name, and a page that tells what became of one.

Works without JavaScript: what cannot be decided comes back as big buttons, and nothing typed is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import wtforms
from flask import Blueprint, Response, jsonify, request
from wtforms.utils import unset_value

from marketplace.kit.actor import Place
from marketplace.kit.i18n import Text, _
from marketplace.kit.text import nfc
from marketplace.places import queries as places
from marketplace.places.rules import Candidate, Choice, sole
from marketplace.web.frame.forms import Form
from marketplace.web.frame.pages import page

bp = Blueprint("places", __name__)

LONGEST = 200
MOST_TILES = 24


@dataclass(frozen=True, slots=True)
class Tile:
    """One place to tap, and which name led to it."""

    choice: Choice
    note: str


def spelt_out(candidate: Candidate) -> str:
    """ "Xã Duyên Thái cũ, huyện Thường Tín, Hà Nội"."""
    return ", ".join(part for part in (candidate.title, candidate.detail) if part)


def heading(candidates: list[Candidate]) -> str:
    """The words above the tiles. One split name is said here once instead of on every tile."""
    if len(candidates) == 1 and len(candidates[0].choices) > 1:
        return _("%(name)s, nay là:", name=spelt_out(candidates[0]))
    return _("Chọn một nơi")


def tiles(candidates: list[Candidate]) -> list[Tile]:
    """Each place once, under the first name that leads to it."""
    found: dict[str, Tile] = {}
    for candidate in candidates:
        name = spelt_out(candidate)
        for choice in candidate.choices:
            itself = name.lower() == choice.label.lower()
            found.setdefault(choice.value, Tile(choice, "" if itself else name))
    return list(found.values())[:MOST_TILES]


class PlaceField(wtforms.Field):
    """A place of today as `data` (a `Place`), from a tapped button or from a typed name.

    It sends four values: `place` (the code), `place-text` (what was typed), `place-for` (the text that the buttons
    were offered for) and, from the button "Tìm", `place-find`. A name typed anew wins over a button tapped before.
    A typed name that can mean only one place is that place; otherwise the field refuses and `tiles` holds the choices.
    `old_name` is "xã Duyên Thái, huyện Thường Tín" when the place was reached through that old commune.
    """

    widget = wtforms.widgets.TextInput()
    data: Place | None
    candidates: list[Candidate]

    def __init__(
        self, label: Text | None = None, *, required: bool = True, allow_province: bool = False, **rest: Any
    ) -> None:
        super().__init__(label, **rest)
        self.required, self.allow_province = required, allow_province
        self.text, self.old_name, self.asked = "", "", False
        self.candidates = []

    @property
    def tiles(self) -> list[Tile]:
        """The places to tap."""
        return tiles(self.candidates)

    @property
    def heading(self) -> str:
        """The words above them."""
        return heading(self.candidates)

    @property
    def said_once(self) -> bool:
        """Whether the heading already says which name all tiles come from."""
        return len(self.candidates) == 1 and len(self.tiles) > 1

    @property
    def chosen(self) -> Choice | None:
        """The place decided on, as the template shows it."""
        return places.choice(self.data) if self.data else None

    def _value(self) -> str:
        return self.text

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read the place stored, then what was sent."""
        super().process(None, data, extra_filters)
        self.data = self.data if isinstance(self.data, Place) and places.known(self.data) else None
        self.text = places.label(self.data) if self.data else ""
        if formdata is not None and (self.name in formdata or f"{self.name}-text" in formdata):
            self._read(formdata)

    def _read(self, sent: Mapping[str, str]) -> None:
        code, offered_for = sent.get(self.name, ""), nfc(sent.get(f"{self.name}-for", ""))
        tapped = places.from_value(code)
        self.text = nfc(sent.get(f"{self.name}-text", "") or ("" if tapped else code))[:LONGEST]
        same_text = (
            not self.text or self.text == offered_for or (tapped is not None and self.text == places.label(tapped))
        )
        self.asked = f"{self.name}-find" in sent and not (tapped and same_text)
        self.candidates = [c for c in places.find(self.text) if self._may_be(c.choices[0].place)] if self.text else []
        if tapped and same_text and self._may_be(tapped):
            self.data = tapped
        else:
            only = sole(self.candidates)
            self.data = only.place if only else None
        self.text = self.text or (places.label(self.data) if self.data else "")
        self.old_name = next((c.old_name for c in self.candidates if self.chosen in c.choices), "")

    def _may_be(self, place: Place) -> bool:
        return self.allow_province or place.commune_code is not None

    def pre_validate(self, form: wtforms.form.BaseForm) -> None:  # noqa: ARG002 - the interface
        """Refuse with a sentence unless the place is decided, or nothing was typed where nothing is needed."""
        if self.data is None and (self.text or self.required):
            raise wtforms.ValidationError(self._question())
        if self.asked and self.chosen:
            raise wtforms.ValidationError(
                _("Đã tìm thấy: %(place)s. Đúng rồi thì xin bấm tiếp.", place=self.chosen.label)
            )

    def _question(self) -> str:
        """What to do next, said to somebody whose place is not decided yet."""
        choices = self.tiles
        if not self.text:
            return _("Xin gõ tên xã, phường. Ví dụ: xã Thạch Thất, Hà Nội")
        if len(choices) == 1:
            return _("Có phải nơi dưới đây không? Nếu không, xin gõ lại tên.")
        if choices and len(self.candidates) == 1:
            first = self.candidates[0].title
            return _("%(name)s nay thuộc %(n)s nơi. Xin chọn một nơi ở dưới.", name=first, n=len(choices))
        if choices:
            more = "" if "," in self.text else " " + _("Có thể gõ thêm tên tỉnh cho dễ tìm.")
            return _("Có %(n)s nơi tên như vậy, nay hoặc trước đây. Xin chọn một ở dưới.", n=len(choices)) + more
        if any(places.find(self.text)):
            return _("Đây là tên tỉnh. Xin gõ tên xã, phường. Ví dụ: xã Thạch Thất, Hà Nội")
        return _("Chưa tìm thấy nơi này. Xin gõ tên xã, phường, hoặc tên huyện cũ. Ví dụ: xã Thạch Thất, Hà Nội")


class AsksPlace(Form):
    """A form with a `PlaceField`: the button "Tìm" looks the place up and says nothing of the other questions yet."""

    def validate(self, extra_validators: Any = None) -> bool:
        """As usual, but while a place is being looked up the other fields keep quiet."""
        good: bool = super().validate(extra_validators)
        if any(isinstance(field, PlaceField) and field.asked for field in self):
            for field in self:
                if not isinstance(field, PlaceField):
                    field.errors = []
        return good


@bp.get("/chon-noi")
def find() -> Response:
    """What became of a commune, district or province; to a script that helps with typing, the same as JSON.

    With `xa=1` whole provinces are left out, as in a question for a commune.
    """
    text = nfc(request.args.get("q", ""))[:LONGEST]
    found = [c for c in places.find(text) if c.choices[0].commune_code or "xa" not in request.args]
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        answer = jsonify(items=[{"text": tile.choice.label, "note": tile.note} for tile in tiles(found)])
    else:
        answer = page("frame/places/find.html", text=text, found=found, slug=places.slug, spelt_out=spelt_out)
    answer.vary.add("Accept")
    return answer

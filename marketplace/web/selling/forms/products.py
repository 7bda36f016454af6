"""One class per page of questions about a product. Reading the answers is the catalogue's business."""

from typing import Any

import wtforms

from marketplace.catalog.rules import KLASS_LABELS, REACH_LABELS, UNITS, Klass, Question, reaches_for
from marketplace.kit.i18n import _, lazy, said
from marketplace.kit.text import whole
from marketplace.law.rules import GROUPS, SETS
from marketplace.web import frame
from marketplace.web.selling.forms.tiles import tiles


class PhotoForm(frame.Form):
    """A photo taken now, or one taken before; `ma` is the key the new draft will have."""

    ma = wtforms.HiddenField()
    chup = wtforms.FileField(lazy("Bấm vào đây để chụp"))
    anh = wtforms.FileField(lazy("Chọn ảnh có sẵn trong máy"))

    def content(self) -> bytes:
        """The bytes of whichever was chosen."""
        for field in (self.chup, self.anh):
            if field.data:
                return bytes(field.data.read())
        return b""


class NameForm(frame.Form):
    """What the product is called."""

    name = wtforms.StringField(lazy("Sản phẩm tên là gì?"))


class SetForm(frame.Form):
    """One of the 26 sets, proposed ones first."""

    set = wtforms.RadioField(lazy("Hàng này thuộc nhóm nào?"), validate_choice=False)

    def offer(self, proposed: list[int], chosen: int | None, *, fill: bool) -> None:
        """Show the proposed sets, and the one chosen before."""
        shown = [*proposed, *([chosen] if chosen and chosen not in proposed else [])]
        self.set.choices = [(str(no), said(SETS[no].short)) for no in shown]
        if fill and (chosen or proposed):
            self.set.process_data(str(chosen or proposed[0]))

    @property
    def number(self) -> int | None:
        """The set chosen."""
        return whole(str(self.set.data or ""))


def grouped_sets(shown: list[int]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The sets not shown yet under the names of their groups: (group, [(value, words, examples)])."""
    rest = [one for one in SETS.values() if one.no not in shown]
    return [
        (said(group.name), [(str(one.no), said(one.short), said(one.example)) for one in rest if one.group == group.no])
        for group in GROUPS.values()
        if any(one.group == group.no for one in rest)
    ]


class PriceForm(frame.Form):
    """Price in dong and what one of it is called."""

    price = wtforms.StringField(lazy("Bán giá bao nhiêu?"))
    unit = wtforms.SelectField(lazy("Bán theo"), validate_choice=False)
    other_unit = wtforms.StringField(lazy("Bán theo từ nào?"))

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.unit.choices = [(unit, _("một %(unit)s", unit=said(unit))) for unit in UNITS]
        if self.unit.data and self.unit.data not in UNITS:
            self.other_unit.data, self.unit.data = self.other_unit.data or self.unit.data, UNITS[0]

    @property
    def unit_text(self) -> str:
        """The word typed, else the one picked."""
        return (self.other_unit.data or "").strip() or str(self.unit.data or "")


class ClassForm(frame.Form):
    """What the product honestly is; stars come from a certificate alone."""

    klass = wtforms.RadioField(
        lazy("Hàng này là gì?"), choices=tiles((klass.value, KLASS_LABELS[klass]) for klass in Klass)
    )


class StockForm(frame.Form):
    """How many more there are; `ma` makes the same page count once."""

    ma = wtforms.HiddenField()
    add = wtforms.StringField(lazy("Có bao nhiêu để bán?"))


class CountForm(frame.Form):
    """What the shelf holds, and what the page said it held."""

    seen = wtforms.HiddenField()
    counted = wtforms.StringField(lazy("Đếm được bao nhiêu?"))


class LinePriceForm(frame.Form):
    """A new price for one variant."""

    price = wtforms.StringField(lazy("Giá mới"))


class VariantForm(frame.Form):
    """Another way the product is packed."""

    unit = wtforms.StringField(lazy("Bán theo"))
    net = wtforms.StringField(lazy("Có bao nhiêu?"))
    price = wtforms.StringField(lazy("Giá"))
    label = wtforms.StringField(lazy("Tên gọi riêng (nếu có)"))
    stock = wtforms.StringField(lazy("Có bao nhiêu để bán?"))


def question_form(asked: Question, set_no: int, title: str) -> type[frame.Form]:
    """The form of one question: one field called `answer`, of the kind the question has."""
    return type("QuestionForm", (frame.Form,), {"answer": _answer_field(asked, set_no, title)})


def _answer_field(asked: Question, set_no: int, title: str) -> wtforms.Field:
    match asked.kind.value:
        case "text":
            return wtforms.TextAreaField(title)
        case "choice":
            choices = tiles((reach.value, REACH_LABELS[reach]) for reach in reaches_for(set_no))
            return wtforms.RadioField(title, choices=choices, validate_choice=False)
        case "yes_no":
            choices = tiles([("co", lazy("Được, đến lấy tận nơi")), ("khong", lazy("Không, chỉ gửi hàng đi"))])
            return wtforms.RadioField(title, choices=choices, validate_choice=False)
    return wtforms.StringField(title)

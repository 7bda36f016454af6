"""Forms: one class per page of questions. What was typed stays, whatever was wrong with it."""

from collections.abc import Mapping
from typing import Any, Self

import wtforms
from flask import request
from werkzeug.datastructures import CombinedMultiDict, FileStorage, MultiDict
from wtforms.meta import DefaultMeta

from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import _, lazy
from marketplace.kit.money import MOST, BadMoney, Dong, parse_dong, show_dong

MESSAGES = {
    "This field is required.": lazy("Phần này cần điền."),
    "Not a valid choice.": lazy("Xin chọn một trong các ô ở dưới."),
    "Not a valid choice": lazy("Xin chọn một trong các ô ở dưới."),
    "Invalid Choice: could not coerce.": lazy("Xin chọn một trong các ô ở dưới."),
    "Not a valid integer value.": lazy("Xin điền một số, ví dụ: 5"),
    "Not a valid date value.": lazy("Chưa đọc được ngày. Ví dụ: 15/6/2025"),
    "Invalid email address.": lazy("Chưa đọc được thư điện tử. Ví dụ: lan@gmail.com"),
}


class _Vietnamese:
    """The library's own sentences in the reader's language."""

    def gettext(self, message: str) -> str:
        return str(MESSAGES.get(message, message))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular if n == 1 else plural)


class Form(wtforms.Form):
    """Filled from the request that is being answered, or from what is stored when nothing was sent."""

    class Meta(DefaultMeta):
        """No token: the edge refuses what other sites send."""

        def get_translations(self, form: wtforms.form.BaseForm) -> Any:  # noqa: ARG002 - the interface
            return _Vietnamese()

    @classmethod
    def of_request(cls, stored: Any = None, **values: Any) -> Self:
        """The form with what was posted, else with `stored` (an object) and `values`."""
        both: list[MultiDict[str, Any]] = [request.form, request.files]
        sent: Any = CombinedMultiDict(both) if request.method == "POST" else None
        return cls(sent, obj=stored, **values)

    def process(self, *args: Any, **kwargs: Any) -> None:
        """As usual; but words sent where a file belongs are no file."""
        super().process(*args, **kwargs)
        for field in self:
            if isinstance(field, wtforms.FileField) and not isinstance(field.data, FileStorage):
                field.data = None

    def accepts(self) -> bool:
        """Posted, and everything in it can be used."""
        return request.method == "POST" and self.validate()

    def refuse(self, refusal: BadInput, default: str) -> None:
        """Show a refusal of an action at the field it belongs to, or at `default`."""
        name = refusal.field if refusal.field in self._fields else default
        field = self._fields[name]
        field.errors = [*field.errors, str(refusal.message)]


class DongField(wtforms.StringField):
    """A sum as people type it; `dong` holds whole dong once it is read."""

    dong: Dong | None = None
    least = 1_000

    def pre_validate(self, form: wtforms.form.BaseForm) -> None:  # noqa: ARG002 - the interface
        """Refuse what would have to be guessed at."""
        try:
            self.dong = parse_dong(self.data or "")
        except BadMoney:
            raise wtforms.ValidationError(_("Chưa đọc được số tiền. Ví dụ: 120.000")) from None
        if not self.least <= self.dong <= MOST:
            raise wtforms.ValidationError(
                _("Số tiền từ %(least)s đến %(most)s.", least=show_dong(self.least), most=show_dong(MOST))
            )


def query(values: Mapping[str, Any]) -> MultiDict[str, Any]:
    """A form's data from plain values (tests, and pages that fill a form from an address)."""
    return MultiDict(values)

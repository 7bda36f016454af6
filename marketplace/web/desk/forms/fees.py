"""The fee table, and a parcel to try it with."""

import hashlib

from wtforms import Field, StringField

from marketplace.catalog.rules import read_weight
from marketplace.delivery.rules import FeeRow, FeeTable
from marketplace.kit.i18n import lazy
from marketplace.kit.money import Dong
from marketplace.web.desk.forms.days import DayField
from marketplace.web.frame import DongField, Form


class FeeField(DongField):
    """A fee may be nothing."""

    least = 0


class FeesForm(Form):
    """Six sums: for the first kilogram and for each further one, near, in the province, elsewhere."""

    same_commune_first = FeeField(lazy("1 kg đầu"))
    same_commune_each = FeeField(lazy("Mỗi kg tiếp"))
    same_province_first = FeeField(lazy("1 kg đầu"))
    same_province_each = FeeField(lazy("Mỗi kg tiếp"))
    elsewhere_first = FeeField(lazy("1 kg đầu"))
    elsewhere_each = FeeField(lazy("Mỗi kg tiếp"))
    holds_from = DayField(lazy("Áp dụng từ ngày"))
    sure = StringField()
    weight = StringField(lazy("Tính thử cho gói nặng"), default="1,5 kg")

    def table(self) -> FeeTable:
        """The table as typed, once it was validated."""
        return FeeTable(
            same_commune=self._row("same_commune"),
            same_province=self._row("same_province"),
            elsewhere=self._row("elsewhere"),
        )

    @property
    def said(self) -> str:
        """What is about to be published; the review sends it back, so that nothing else is confirmed by it."""
        sums = [str(self._row(name)) for name in ("same_commune", "same_province", "elsewhere")]
        return hashlib.sha256(f"{sums} {self.holds_from.day}".encode()).hexdigest()[:16]

    def _row(self, name: str) -> FeeRow:
        first, each = self[f"{name}_first"], self[f"{name}_each"]
        return FeeRow(_dong(first), _dong(each))

    def grams(self) -> int:
        """The weight to try. Refuses what is no weight (BadInput)."""
        return read_weight(str(self.weight.data or ""))


def _dong(field: Field) -> Dong:
    return (field.dong if isinstance(field, FeeField) else None) or Dong(0)

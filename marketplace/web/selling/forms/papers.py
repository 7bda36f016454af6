"""Papers and certificates of a product."""

from typing import Any

import wtforms

from marketplace.certificates.rules import STARS
from marketplace.kit.i18n import lazy
from marketplace.web import frame
from marketplace.web.selling.forms.tiles import tiles

DAYS_AS_WRITTEN = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%Y-%m-%d"]


class DayField(wtforms.DateField):
    """A day as people write it: 15/6/2025."""

    def __init__(self, label: Any, **rest: Any) -> None:
        rest.setdefault("widget", wtforms.widgets.TextInput())
        super().__init__(label, format=DAYS_AS_WRITTEN, **rest)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Nothing typed is no day, not a mistake."""
        if valuelist and valuelist[0].strip():
            super().process_formdata([valuelist[0].strip()])


class PaperForm(frame.Form):
    """One paper, photographed or as a PDF."""

    paper = wtforms.FileField(lazy("Chụp hoặc chọn tờ giấy"))

    def content(self) -> bytes:
        """The bytes chosen."""
        return bytes(self.paper.data.read()) if self.paper.data else b""

    @property
    def filename(self) -> str:
        """What the sender's device called it."""
        return str(getattr(self.paper.data, "filename", "") or "")


class ClaimForm(frame.Form):
    """A recognition as it stands on the decision. `giu` keeps evidence that was sent before something else was wrong."""

    stars = wtforms.RadioField(
        lazy("Được mấy sao?"),
        choices=tiles((str(n), lazy("%(n)s sao", n=n)) for n in STARS),
        validate_choice=False,
    )
    decision_no = wtforms.StringField(lazy("Số quyết định"))
    decision_date = DayField(lazy("Ngày ký quyết định"))
    issuer = wtforms.StringField(lazy("Nơi ký quyết định"))
    expires_on = DayField(lazy("Hết hạn ngày nào?"))
    evidence = wtforms.FileField(lazy("Ảnh chụp quyết định"))
    giu = wtforms.HiddenField()

    def content(self) -> bytes:
        """The bytes of the evidence."""
        return bytes(self.evidence.data.read()) if self.evidence.data else b""

"""The second factor: setting it, showing it, new codes on paper."""

from wtforms import HiddenField, StringField

from marketplace.kit.i18n import lazy
from marketplace.web.frame import Form


class FactorForm(Form):
    """Six digits from the telephone, or a code from paper."""

    code = StringField(lazy("Mã 6 số trong ứng dụng"))
    recovery = StringField(lazy("Mã dự phòng trên giấy"))

    @property
    def typed(self) -> str:
        """Whichever was filled in; the paper only where the other stayed empty."""
        return str(self.code.data or self.recovery.data or "")[:40]

    @property
    def wrong_box(self) -> str:
        """Which box to say it at."""
        return "code" if self.code.data or not self.recovery.data else "recovery"


class SetFactorForm(Form):
    """A code of the new key, which travels with the page encrypted; where a factor is set, a code of that one too."""

    key = HiddenField()
    old = StringField(lazy("Mã đang dùng, hoặc mã dự phòng"))
    code = StringField(lazy("Mã 6 số vừa hiện trong ứng dụng"))

"""What a producer is asked about cash."""

import wtforms
from wtforms.validators import InputRequired, Length

from marketplace.kit.i18n import _, lazy
from marketplace.web import frame


class CashForm(frame.Form):
    """How much cash in all, and in whose hands it is."""

    whose = wtforms.RadioField(lazy("Tiền đang ở đâu?"), [InputRequired(lazy("Chọn một ô."))])
    total = frame.DongField(lazy("Tất cả bao nhiêu tiền?"))

    @classmethod
    def asked(cls, *, ship: bool) -> "CashForm":
        """The form of this request; cash at the stall is in nobody's hands but hers."""
        form = cls.of_request()
        carrier = [("carrier", _("Bên giao đã thu của khách, chưa chuyển cho tôi"))] if ship else []
        form.whose.choices = [*carrier, ("hand", _("Tôi đã nhận được"))]
        if not ship and form.whose.data is None:
            form.whose.data = "hand"
        return form


class RefusedForm(frame.Form):
    """Why nobody took the parcel."""

    reason = wtforms.StringField(
        lazy("Bên giao báo lý do gì?"), [Length(max=300, message=lazy("Viết ngắn lại, nhiều nhất 300 chữ cái."))]
    )


class StallCashForm(frame.Form):
    """Which cash she takes."""

    cod = wtforms.BooleanField(lazy("Nhận tiền mặt do bên giao thu hộ"))
    stall = wtforms.BooleanField(lazy("Nhận tiền mặt tại gian hàng khi khách đến lấy"))

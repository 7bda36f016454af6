"""What a producer is asked about an order."""

import wtforms
from wtforms.validators import InputRequired, Length

from marketplace.kit.i18n import Text, _, lazy, written
from marketplace.web import frame

CARRIERS = (
    lazy("Bưu điện (VNPost, EMS)"),
    lazy("Viettel Post"),
    lazy("Giao Hàng Nhanh"),
    lazy("Giao Hàng Tiết Kiệm"),
    lazy("Xe khách"),
    lazy("Tự đi giao"),
)
OTHER = "khac"

NOBODY_CAME = lazy("Khách không đến lấy")
REASONS = (
    lazy("Hết nguyên liệu"),
    lazy("Hàng vừa hết"),
    lazy("Không kịp làm"),
    lazy("Không giao được đến nơi này"),
)


def _choices(texts: tuple[Text, ...]) -> list[tuple[str, str]]:
    return [*((written(text), str(text)) for text in texts), (OTHER, _("Khác, ghi ở dưới"))]


class HandOverForm(frame.Form):
    """Who has the parcel now."""

    carrier = wtforms.RadioField(lazy("Gửi bằng gì?"), [InputRequired(lazy("Chọn một cách gửi. Ví dụ: Bưu điện"))])
    other = wtforms.StringField(lazy("Tên bên vận chuyển khác"), [Length(max=80, message=lazy("Viết ngắn lại."))])
    tracking = wtforms.StringField(lazy("Mã trên phiếu gửi"), [Length(max=80, message=lazy("Viết ngắn lại."))])

    @classmethod
    def asked(cls) -> "HandOverForm":
        """The form of this request with its choices."""
        form = cls.of_request()
        form.carrier.choices = _choices(CARRIERS)
        return form

    @property
    def said(self) -> str:
        """The carrier's name."""
        return str(self.other.data or "").strip() if self.carrier.data == OTHER else str(self.carrier.data or "")


class CannotMakeForm(frame.Form):
    """Why it cannot be made, and what becomes of the goods."""

    reason = wtforms.RadioField(lazy("Vì sao?"), [InputRequired(lazy("Chọn một lý do để báo cho người mua."))])
    other = wtforms.StringField(lazy("Lý do khác"), [Length(max=300, message=lazy("Viết ngắn lại."))])
    goods = wtforms.RadioField(
        lazy("Hàng của đơn này"),
        [InputRequired(lazy("Chọn một: bán tiếp được hay không."))],
    )

    @classmethod
    def asked(cls, *, fetched: bool = False) -> "CannotMakeForm":
        """The form of this request with its choices; who was to fetch the goods may not have come."""
        form = cls.of_request()
        form.reason.choices = _choices((*((NOBODY_CAME,) if fetched else ()), *REASONS))
        form.goods.choices = [("back", _("Vẫn còn, bán tiếp được")), ("gone", _("Không còn, hoặc đã hỏng"))]
        return form

    @property
    def said(self) -> str:
        """The reason in words."""
        return str(self.other.data or "").strip() if self.reason.data == OTHER else str(self.reason.data or "")


class SumForm(frame.Form):
    """How much has come in all, when it was less or more."""

    total = frame.DongField(lazy("Tất cả đã nhận được bao nhiêu?"))

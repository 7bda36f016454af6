"""Facts that end or prolong a recognition."""

from wtforms import FileField, TextAreaField
from wtforms.validators import InputRequired, Length

from marketplace.kit.i18n import lazy
from marketplace.web.desk.forms.days import DayField
from marketplace.web.frame import Form


class RevokeForm(Form):
    """Since when, and why."""

    on = DayField(lazy("Thu hồi từ ngày"))
    reason = TextAreaField(
        lazy("Lý do thu hồi"),
        validators=[
            InputRequired(lazy("Ghi lý do, ví dụ: Quyết định thu hồi 12/QĐ-UBND, cơ sở ngừng sản xuất.")),
            Length(max=600, message=lazy("Viết ngắn lại, không quá 600 chữ.")),
        ],
    )


class ExtendForm(Form):
    """Until when, with the receipt of the re-evaluation."""

    until = DayField(lazy("Gia hạn đến hết ngày"))
    evidence = FileField(lazy("Ảnh hoặc bản chụp giấy nhận hồ sơ đánh giá lại"))

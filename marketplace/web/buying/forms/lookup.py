"""Finding an order, a fee, or somebody to complain to."""

import wtforms
from wtforms.validators import InputRequired, Length

from marketplace.kit.i18n import lazy
from marketplace.web import frame
from marketplace.web.frame.places import AsksPlace, PlaceField


class LookupForm(frame.Form):
    """The number the order was placed with, and its code."""

    phone = wtforms.StringField(
        lazy("Số điện thoại lúc đặt"), [InputRequired(lazy("Gõ số điện thoại. Ví dụ: 0912 345 678"))]
    )
    code = wtforms.StringField(lazy("Mã đơn"), [InputRequired(lazy("Gõ mã đơn 7 số. Ví dụ: 482 0157"))])


class FeeForm(AsksPlace):
    """Where it would go."""

    place = PlaceField(lazy("Xã, phường nhận hàng"))


class ProblemForm(frame.Form):
    """What went wrong. `order` is a code, asked only when nobody said what it is about."""

    kind = wtforms.RadioField(lazy("Việc gì đã xảy ra?"))
    text = wtforms.TextAreaField(
        lazy("Kể lại việc đã xảy ra"),
        [
            InputRequired(lazy("Kể vài câu. Ví dụ: hộp bị rách, thiếu một gói.")),
            Length(max=2000, message=lazy("Viết ngắn lại, nhiều nhất 2.000 chữ cái.")),
        ],
    )
    contact = wtforms.StringField(
        lazy("Số điện thoại hoặc thư điện tử để trả lời"),
        [Length(max=120, message=lazy("Viết ngắn lại, nhiều nhất 120 chữ cái."))],
    )

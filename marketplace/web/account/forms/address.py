"""An address to keep."""

from wtforms import StringField
from wtforms.validators import InputRequired, Length

from marketplace.kit.i18n import lazy
from marketplace.web.account.forms.signing import named, numbered
from marketplace.web.frame.places import AsksPlace, PlaceField


class SavedAddressForm(AsksPlace):
    """Who receives, and where."""

    name = StringField(lazy("Họ tên người nhận"), [named])
    phone = StringField(lazy("Số điện thoại người nhận"), [numbered])
    place = PlaceField(lazy("Xã, phường nhận hàng"))
    street = StringField(
        lazy("Số nhà, đường, thôn, xóm"),
        [
            InputRequired(lazy("Ghi thêm chỗ ở trong xã. Ví dụ: Số 12 ngõ 8, thôn 3")),
            Length(max=300, message=lazy("Viết ngắn lại, nhiều nhất 300 chữ cái.")),
        ],
    )

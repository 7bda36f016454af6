"""The questions before an order."""

import wtforms
from wtforms.validators import InputRequired, Length

from marketplace.accounts.rules import email_address, person_name, phone_number
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import lazy
from marketplace.web import frame
from marketplace.web.frame.places import AsksPlace, PlaceField


def _reads(check: object) -> object:
    """A validator that lets a rule read the answer and shows its refusal at the field."""

    def validate(form: wtforms.Form, one: wtforms.Field) -> None:  # noqa: ARG001 - the interface
        try:
            check(one.data or "")  # type: ignore[operator]
        except BadInput as refusal:
            raise wtforms.ValidationError(str(refusal.message)) from None

    return validate


class RecipientForm(frame.Form):
    """Who gets the parcel."""

    name = wtforms.StringField(lazy("Họ tên người nhận"), [_reads(person_name)])
    phone = wtforms.StringField(lazy("Số điện thoại người nhận"), [_reads(phone_number)])


class AddressForm(AsksPlace):
    """Where it goes."""

    place = PlaceField(lazy("Xã, phường nhận hàng"))
    street = wtforms.StringField(
        lazy("Số nhà, đường, thôn, xóm"),
        [
            InputRequired(lazy("Ghi thêm chỗ ở trong xã. Ví dụ: Số 12 ngõ 8, thôn 3")),
            Length(max=300, message=lazy("Viết ngắn lại, nhiều nhất 300 chữ cái.")),
        ],
    )
    note = wtforms.StringField(
        lazy("Lời nhắn cho người bán"), [Length(max=500, message=lazy("Viết ngắn lại, nhiều nhất 500 chữ cái."))]
    )


class ReviewForm(frame.Form):
    """The last look. `seen` and `total` carry back what the page showed; `version` which texts were agreed to."""

    email = wtforms.StringField(lazy("Thư điện tử"), [_reads(email_address)])
    adult = wtforms.BooleanField(lazy("Người mua và người nhận đều đủ 18 tuổi"))
    consent = wtforms.BooleanField(lazy("Tôi đồng ý đặt hàng"))
    seen = wtforms.HiddenField()
    total = wtforms.HiddenField()
    version = wtforms.HiddenField()

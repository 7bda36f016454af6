"""Opening an account at the desk, granting an area, and the operator's details."""

from typing import Any

from wtforms import BooleanField, Field, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from marketplace.accounts.rules import (
    BadBadge,
    BadEmail,
    BadName,
    BadPhone,
    BadTaxCode,
    OperatorForm,
    badge_url,
    email_address,
    mobile_number,
    person_name,
    phone_number,
    tax_code,
)
from marketplace.kit.i18n import lazy
from marketplace.web.frame import Form
from marketplace.web.frame.places import AsksPlace, PlaceField


class OpenAccountForm(Form):
    """Who stands at the desk. The consent is heard and said, and never ticked beforehand."""

    phone = StringField(lazy("Số điện thoại di động"))
    name = StringField(lazy("Họ và tên"))
    consent = BooleanField(
        lazy("Người này đã nghe đọc và đồng ý với quy chế, cách dùng thông tin"),
        [InputRequired(lazy("Đọc cho người ấy nghe, rồi đánh dấu vào ô này."))],
    )

    def validate_phone(self, field: Field) -> None:
        """A number that can receive messages."""
        try:
            mobile_number(field.data or "")
        except BadPhone as refusal:
            raise ValidationError(str(refusal.message)) from None

    def validate_name(self, field: Field) -> None:
        """A name of letters."""
        try:
            person_name(field.data or "")
        except BadName as refusal:
            raise ValidationError(str(refusal.message)) from None


class AreaForm(AsksPlace):
    """A commune or a province, and the office in whose name decisions are published."""

    place = PlaceField(lazy("Xã, phường hoặc tỉnh"), allow_province=True)
    office = StringField(
        lazy("Tên cơ quan"),
        [
            InputRequired(lazy("Điền tên cơ quan, ví dụ: UBND xã Thạch Thất")),
            Length(max=120, message=lazy("Tên cơ quan dài nhất 120 chữ.")),
        ],
    )


def _length(most: int) -> Length:
    return Length(max=most, message=lazy("Dài nhất %(n)s chữ.", n=most))


class OperatorDetailsForm(Form):
    """Everything may be empty; what is empty is shown nowhere."""

    name = StringField(lazy("Tên đơn vị vận hành"), [_length(200)])
    tax_code = StringField(lazy("Mã số thuế"), [_length(20)])
    address = StringField(lazy("Địa chỉ"), [_length(300)])
    phone = StringField(lazy("Số điện thoại giúp đỡ"), [_length(20)])
    email = StringField(lazy("Thư điện tử"), [_length(254)])
    representative = StringField(lazy("Người đại diện"), [_length(120)])
    badge_url = StringField(lazy("Địa chỉ trang xác nhận của Bộ Công Thương"), [_length(300)])

    def validate_phone(self, field: Field) -> None:
        """Empty, or a number of any kind."""
        try:
            phone_number(field.data) if field.data else None
        except BadPhone as refusal:
            raise ValidationError(str(refusal.message)) from None

    def validate_email(self, field: Field) -> None:
        """Empty, or an address."""
        try:
            email_address(field.data or "")
        except BadEmail as refusal:
            raise ValidationError(str(refusal.message)) from None

    def validate_tax_code(self, field: Field) -> None:
        """Empty, or a number of the tax office."""
        try:
            tax_code(field.data or "")
        except BadTaxCode as refusal:
            raise ValidationError(str(refusal.message)) from None

    def validate_badge_url(self, field: Field) -> None:
        """Empty, or a page of the state's own register."""
        try:
            badge_url(field.data or "")
        except BadBadge as refusal:
            raise ValidationError(str(refusal.message)) from None

    def details(self) -> OperatorForm:
        """As the action takes it."""
        values: dict[str, Any] = {name: field.data or "" for name, field in self._fields.items()}
        return OperatorForm(**values)

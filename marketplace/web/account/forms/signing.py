"""Signing in and up: number and password, number, code, a new account."""

from typing import Any

from wtforms import BooleanField, Field, PasswordField, StringField, ValidationError
from wtforms.validators import InputRequired

from marketplace.accounts.rules import (
    BadEmail,
    BadName,
    BadPhone,
    email_address,
    mobile_number,
    person_name,
    phone_number,
)
from marketplace.kit.i18n import lazy
from marketplace.web.frame import Form


def _mobile(form: Any, field: Field) -> None:  # noqa: ARG001 - the interface of validators
    try:
        mobile_number(field.data or "")
    except BadPhone as refusal:
        raise ValidationError(str(refusal.message)) from None


def numbered(form: Any, field: Field) -> None:  # noqa: ARG001 - the interface of validators
    """A telephone number."""
    try:
        phone_number(field.data or "")
    except BadPhone as refusal:
        raise ValidationError(str(refusal.message)) from None


def named(form: Any, field: Field) -> None:  # noqa: ARG001 - the interface of validators
    """A name that can be shown."""
    try:
        person_name(field.data or "")
    except BadName as refusal:
        raise ValidationError(str(refusal.message)) from None


def _reachable(form: Any, field: Field) -> None:  # noqa: ARG001 - the interface of validators
    try:
        email_address(field.data or "")
    except BadEmail as refusal:
        raise ValidationError(str(refusal.message)) from None


class SignInForm(Form):
    """Number and password."""

    phone = StringField(lazy("Số điện thoại"), [numbered])
    password = PasswordField(lazy("Mật khẩu"), [InputRequired(lazy("Điền mật khẩu, hoặc bấm Nhận mã."))])


class AskCodeForm(Form):
    """The number a code is wanted for; the password of the same page plays no part."""

    phone = StringField(lazy("Số điện thoại"), [_mobile])
    password = PasswordField(lazy("Mật khẩu"))


class CodeForm(Form):
    """The six digits, and the number when this browser did not ask for them."""

    phone = StringField(lazy("Số điện thoại"), [numbered])
    code = StringField(lazy("Mã 6 số"), [InputRequired(lazy("Điền mã 6 số, ví dụ: 482 109"))])


class SignUpForm(Form):
    """A new account. The consent is never ticked beforehand (Luật 91/2025/QH15)."""

    name = StringField(lazy("Họ và tên"), [named])
    phone = StringField(lazy("Số điện thoại di động"), [_mobile])
    email = StringField(lazy("Thư điện tử (không bắt buộc)"), [_reachable])
    consent = BooleanField(
        lazy("Đồng ý với quy chế và cách dùng thông tin"),
        [InputRequired(lazy("Đọc rồi đánh dấu vào ô này để mở tài khoản."))],
    )


class PasswordForm(Form):
    """A new password, typed twice because it cannot be seen; the old one where the session is not fresh."""

    old = PasswordField(lazy("Mật khẩu đang dùng"))
    password = PasswordField(lazy("Mật khẩu mới"), [InputRequired(lazy("Điền mật khẩu mới, ít nhất 8 chữ hoặc số."))])
    again = PasswordField(lazy("Gõ lại mật khẩu mới"))

    def validate_again(self, field: Field) -> None:
        """Both must be the same."""
        if field.data != self.password.data:
            raise ValidationError(str(lazy("Hai lần gõ chưa giống nhau. Xin gõ lại.")))

"""Choosing the PIN for taps about money."""

from wtforms import Field, PasswordField, ValidationError

from marketplace.kit.i18n import lazy
from marketplace.web.frame import Form


class PinForm(Form):
    """Typed twice because it cannot be seen; the old one where there is one and the telephone was not just proved."""

    old = PasswordField(lazy("Mã PIN đang dùng"))
    pin = PasswordField(lazy("Mã PIN mới, 6 số"))
    again = PasswordField(lazy("Gõ lại mã PIN mới"))

    def validate_again(self, field: Field) -> None:
        """Both must be the same."""
        if field.data != self.pin.data:
            raise ValidationError(str(lazy("Hai lần gõ chưa giống nhau. Xin gõ lại.")))

"""A transfer that no order explains."""

import secrets

from wtforms import HiddenField, StringField

from marketplace.kit.i18n import lazy
from marketplace.web.frame import DongField, Form


class TransferForm(Form):
    """As it is read on the bank statement."""

    memo = StringField(lazy("Nội dung chuyển khoản"))
    amount = DongField(lazy("Số tiền"))
    sender = StringField(lazy("Tên người chuyển"))
    key = HiddenField(default=lambda: secrets.token_hex(16))

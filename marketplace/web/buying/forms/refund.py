"""Where the money goes back to."""

from typing import Any

import wtforms

from marketplace.kit.i18n import _, lazy
from marketplace.producers import queries as producers
from marketplace.producers.rules import PayeeDraft, PayeeKind
from marketplace.web import frame


class RefundAccountForm(frame.Form):
    """The buyer's own account."""

    bank = wtforms.SelectField(lazy("Ngân hàng"), validate_choice=False)
    account_no = wtforms.StringField(lazy("Số tài khoản"))
    holder = wtforms.StringField(lazy("Tên chủ tài khoản"))

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        shown = [(bank.bin, bank.short) for bank in producers.banks() if bank.by_qr]
        self.bank.choices = [("", _("Chọn ngân hàng")), *shown]

    def draft(self) -> PayeeDraft:
        """The account as typed."""
        bank, account, holder = (str(field.data or "") for field in (self.bank, self.account_no, self.holder))
        return PayeeDraft(PayeeKind.PRODUCER, bank, account, holder)

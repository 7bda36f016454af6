"""Another account for a producer, asked for at the desk, and what was heard when she was called back."""

from collections.abc import Iterable
from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length

from marketplace.accounts.rules import show_phone
from marketplace.kit.i18n import _, lazy
from marketplace.producers import queries as producers
from marketplace.producers.queries.changes import Number
from marketplace.producers.rules import PayeeDraft, PayeeKind, heard_labels
from marketplace.web.desk.forms.decision import TOO_LONG
from marketplace.web.frame import Form


class StartForm(Form):
    """The account as the producer told it to the official."""

    bank_bin = SelectField(lazy("Ngân hàng"), validate_choice=False)
    account_no = StringField(lazy("Số tài khoản"))
    holder = StringField(lazy("Tên chủ tài khoản"))

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        shown = [(bank.bin, bank.short) for bank in producers.banks() if bank.by_qr]
        self.bank_bin.choices = [("", _("Chọn ngân hàng")), *shown]

    def draft(self) -> PayeeDraft:
        """The account as typed."""
        bank, account, holder = (str(field.data or "") for field in (self.bank_bin, self.account_no, self.holder))
        return PayeeDraft(PayeeKind.PRODUCER, bank, account, holder)


class CallForm(Form):
    """Which number was called, what was heard, and the verb of the button pressed."""

    verb = StringField()
    called = RadioField(lazy("Đã gọi số nào?"), validate_choice=False)
    heard = SelectMultipleField(lazy("Đã nghe được"), validate_choice=False)
    mismatch_reason = TextAreaField(lazy("Vì sao vẫn nhận tài khoản này"), [Length(max=600, message=TOO_LONG)])
    reason = TextAreaField(lazy("Lý do không duyệt hoặc dừng"), [Length(max=600, message=TOO_LONG)])

    def offer(self, numbers: Iterable[Number], *, joins: bool = False) -> None:
        """Show these numbers, and the points in their order; `joins`: it is a co-operative's account."""
        self.called.choices = [
            (number.phone, _("%(phone)s, %(whose)s", phone=show_phone(number.phone), whose=number.whose))
            for number in numbers
        ]
        self.heard.choices = [(each.value, label) for each, label in heard_labels(joins=joins).items()]

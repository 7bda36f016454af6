"""On which terms cards are taken."""

from typing import Any

from wtforms import BooleanField, SelectField, StringField

from marketplace.kit.i18n import _, lazy
from marketplace.kit.text import whole
from marketplace.payments.rules.card import BadTerms, Terms
from marketplace.producers import queries as producers
from marketplace.web.frame import Form


class CardTermsForm(Form):
    """The operator's account, and within how many days after delivery a producer has her money."""

    bank = SelectField(lazy("Ngân hàng của đơn vị vận hành"), validate_choice=False)
    account_no = StringField(lazy("Số tài khoản"))
    holder = StringField(lazy("Tên chủ tài khoản"))
    days = StringField(lazy("Chuyển tiền cho người bán trong mấy ngày sau khi giao xong"))
    offered = BooleanField(lazy("Cho người mua chọn trả bằng thẻ"))

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.bank.choices = [("", _("Chọn ngân hàng")), *((bank.bin, bank.short) for bank in producers.banks())]

    def terms(self) -> Terms:
        """The terms as typed. Refuses: no number of days (BadTerms)."""
        days = whole(str(self.days.data or "").strip())
        if days is None:
            raise BadTerms(field="days")
        bank, account, holder = (str(field.data or "") for field in (self.bank, self.account_no, self.holder))
        return Terms(bank, account, holder, days, bool(self.offered.data))

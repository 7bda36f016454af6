"""The questions before an order."""

from collections.abc import Mapping
from typing import Any

import wtforms
from wtforms.validators import InputRequired, Length

from marketplace.accounts.rules import email_address, person_name, phone_number
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import lazy
from marketplace.orders.rules import invoice_gaps
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


INVOICE = {
    "company": "invoice_company",
    "tax_code": "invoice_tax_code",
    "address": "invoice_address",
    "email": "invoice_email",
}
"""Parts of an invoice, and the fields that ask for them."""


def prefilled(invoice: Mapping[str, str]) -> dict[str, str]:
    """The invoice as it was typed, by field."""
    return {field: invoice.get(part, "") for part, field in INVOICE.items()}


class RecipientForm(frame.Form):
    """Who gets the parcel, and, where a company buys, whom the invoice is made out to."""

    name = wtforms.StringField(lazy("Họ tên người nhận"), [_reads(person_name)])
    phone = wtforms.StringField(lazy("Số điện thoại người nhận"), [_reads(phone_number)])
    invoice_company = wtforms.StringField(lazy("Tên công ty"))
    invoice_tax_code = wtforms.StringField(lazy("Mã số thuế"))
    invoice_address = wtforms.StringField(lazy("Địa chỉ của công ty"))
    invoice_email = wtforms.StringField(lazy("Thư điện tử nhận hóa đơn"))

    @property
    def invoice(self) -> dict[str, str]:
        """What was typed for the invoice, by part; nothing when all is empty."""
        said = {part: str(self[field].data or "").strip() for part, field in INVOICE.items()}
        return said if any(said.values()) else {}

    @property
    def asks_invoice(self) -> bool:
        """Whether the questions about the invoice stand open."""
        return bool(self.invoice)

    def validate(self, extra_validators: Any = None) -> bool:
        """Every field for itself; then the invoice as a whole: all of it, or nothing."""
        fine = super().validate(extra_validators)
        gaps = invoice_gaps(self.invoice)
        for part, message in gaps.items():
            self[INVOICE[part]].errors = [str(message)]
        return fine and not gaps


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

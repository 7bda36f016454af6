"""The ways to pay as the review offers them."""

from collections.abc import Mapping
from dataclasses import dataclass

from marketplace.kit.i18n import Text, lazy
from marketplace.orders.rules import Way
from marketplace.payments.rules import CASH, Method
from marketplace.payments.rules.cash_words import LABELS, NOTES


@dataclass(frozen=True)
class Pay:
    """One way to pay a stall. `value` is what the form sends."""

    value: str
    label: Text
    note: Text = ""


_AHEAD: Mapping[Method, Pay] = {
    Method.TRANSFER: Pay("transfer", lazy("Chuyển khoản thẳng cho người bán")),
    Method.CARD: Pay(
        "card",
        lazy("Thẻ ngân hàng"),
        lazy("Trả ở trang của Stripe. Chợ chuyển tiền cho người bán sau khi hàng tới."),
    ),
}


def pay(method: Method, way: Way) -> Pay:
    """This way to pay for goods that travel that way, in words."""
    return Pay(method.value, LABELS[way], NOTES[way]) if method in CASH else _AHEAD[method]

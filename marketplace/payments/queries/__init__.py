"""Reads about payments and the order pages."""

from marketplace.payments.queries.cards import offered as card_offered
from marketplace.payments.queries.facts import facts_of, known_of
from marketplace.payments.queries.pages import (
    OPEN,
    MoneyPage,
    MoneyRow,
    Today,
    group_page,
    money_for,
    qr_payload,
    selling_order,
    selling_orders,
    today,
)
from marketplace.payments.queries.quoting import quote, ways_to_pay
from marketplace.payments.queries.returning import DeskRefund, refunds_for_area, unsettled
from marketplace.payments.queries.views import (
    GroupPage,
    LineView,
    OrderView,
    PayeeBlock,
    Person,
    RefundView,
    SellingOrder,
    Step,
)

__all__ = [
    "OPEN",
    "DeskRefund",
    "GroupPage",
    "LineView",
    "MoneyPage",
    "MoneyRow",
    "OrderView",
    "PayeeBlock",
    "Person",
    "RefundView",
    "SellingOrder",
    "Step",
    "Today",
    "card_offered",
    "facts_of",
    "group_page",
    "known_of",
    "money_for",
    "qr_payload",
    "quote",
    "refunds_for_area",
    "selling_order",
    "selling_orders",
    "today",
    "unsettled",
    "ways_to_pay",
]

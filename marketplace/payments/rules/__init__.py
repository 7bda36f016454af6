"""The rules of payments, by subject."""

from marketplace.payments.rules.money import (
    MONEY_LABELS,
    Fact,
    FactKind,
    Method,
    Money,
    MoneyState,
    Share,
    hold_until,
    money,
    owed_back,
    shares,
)
from marketplace.payments.rules.references import new_reference, show_reference, valid_reference
from marketplace.payments.rules.words import (
    TIMELINE,
    Refund,
    Situation,
    at,
    buyer_next,
    group_next,
    refund_words,
    seller_next,
    who_owes,
)

__all__ = [
    "MONEY_LABELS",
    "TIMELINE",
    "Fact",
    "FactKind",
    "Method",
    "Money",
    "MoneyState",
    "Refund",
    "Share",
    "Situation",
    "at",
    "buyer_next",
    "group_next",
    "hold_until",
    "money",
    "new_reference",
    "owed_back",
    "refund_words",
    "seller_next",
    "shares",
    "show_reference",
    "valid_reference",
    "who_owes",
]

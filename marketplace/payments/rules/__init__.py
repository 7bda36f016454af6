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

__all__ = [
    "MONEY_LABELS",
    "Fact",
    "FactKind",
    "Method",
    "Money",
    "MoneyState",
    "Share",
    "hold_until",
    "money",
    "new_reference",
    "owed_back",
    "shares",
    "show_reference",
    "valid_reference",
]

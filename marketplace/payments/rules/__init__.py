"""The rules of payments, by subject."""

from marketplace.payments.rules.card_words import payout_words
from marketplace.payments.rules.cash import CASH, Cash, CashNotOffered, CashState, NoCashNow, cash, cash_method
from marketplace.payments.rules.cash_words import cash_word, on_the_label
from marketplace.payments.rules.money import (
    MONEY_LABELS,
    Fact,
    FactKind,
    Method,
    Money,
    MoneyState,
    Part,
    Share,
    hold_until,
    money,
    money_word,
    owed_back,
    share_state,
    shares,
    still_wanted,
)
from marketplace.payments.rules.references import new_reference, show_reference, valid_reference
from marketplace.payments.rules.refund_words import Refund, buyer_refund, refund_words, seller_refund
from marketplace.payments.rules.words import TIMELINE, Situation, at, buyer_next, group_next, seller_next, who_owes

__all__ = [
    "CASH",
    "MONEY_LABELS",
    "TIMELINE",
    "Cash",
    "CashNotOffered",
    "CashState",
    "Fact",
    "FactKind",
    "Method",
    "Money",
    "MoneyState",
    "NoCashNow",
    "Part",
    "Refund",
    "Share",
    "Situation",
    "at",
    "buyer_next",
    "buyer_refund",
    "cash",
    "cash_method",
    "cash_word",
    "group_next",
    "hold_until",
    "money",
    "money_word",
    "new_reference",
    "on_the_label",
    "owed_back",
    "payout_words",
    "refund_words",
    "seller_next",
    "seller_refund",
    "share_state",
    "shares",
    "show_reference",
    "still_wanted",
    "valid_reference",
    "who_owes",
]

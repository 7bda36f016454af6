"""The door of buyers: cart, checkout, the order's own page."""

from marketplace.web.buying.door import bp
from marketplace.web.buying.views import (
    account,
    card,
    cart,
    checkout,
    fee,
    lookup,
    moves,
    opinion,
    order,
    problem,
    receipt,
    refund,
    restored,
    review,
    talk,
)

__all__ = [
    "account",
    "bp",
    "card",
    "cart",
    "checkout",
    "fee",
    "lookup",
    "moves",
    "opinion",
    "order",
    "problem",
    "receipt",
    "refund",
    "restored",
    "review",
    "talk",
]

"""The door of producers: applications, products, stall, orders, money."""

from marketplace.web.selling.door import acting, bp, producer_id
from marketplace.web.selling.views import (
    account,
    application,
    cash,
    inbox,
    money,
    orders,
    papers,
    photos,
    problems,
    products,
    questions,
    refund,
    revisions,
    stall,
    today,
    wizard,
)

__all__ = [
    "account",
    "acting",
    "application",
    "bp",
    "cash",
    "inbox",
    "money",
    "orders",
    "papers",
    "photos",
    "problems",
    "producer_id",
    "products",
    "questions",
    "refund",
    "revisions",
    "stall",
    "today",
    "wizard",
]

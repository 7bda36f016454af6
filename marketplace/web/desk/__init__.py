"""The desk: queue, decisions, silent orders, the area, and what only an admin changes."""

from marketplace.web.desk.door import bp
from marketplace.web.desk.views import (
    area,
    cards,
    certificate,
    evidence,
    fees,
    held,
    inbox,
    law,
    operator,
    payouts,
    people,
    problem,
    producer,
    product,
    queue,
    slow,
    stuck,
)

__all__ = [
    "area",
    "bp",
    "cards",
    "certificate",
    "evidence",
    "fees",
    "held",
    "inbox",
    "law",
    "operator",
    "payouts",
    "people",
    "problem",
    "producer",
    "product",
    "queue",
    "slow",
    "stuck",
]

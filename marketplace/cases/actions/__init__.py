"""Verbs of a problem: reported, talked about, resolved; told of when it is late."""

from marketplace.cases.actions.late import TIMERS, tell_late
from marketplace.cases.actions.reporting import report_market, report_order, report_product
from marketplace.cases.actions.talking import answer, close, fine, not_fine, reopen

__all__ = [
    "TIMERS",
    "answer",
    "close",
    "fine",
    "not_fine",
    "reopen",
    "report_market",
    "report_order",
    "report_product",
    "tell_late",
]

"""The timers: name, seconds between runs, and the action that runs as the system."""

from collections.abc import Callable

from marketplace.accounts import actions as accounts
from marketplace.cases import actions as cases
from marketplace.kit import changes, outbox, trail
from marketplace.kit.actor import Actor
from marketplace.orders.actions import account as buyers
from marketplace.payments import actions as payments
from marketplace.producers import actions as producers
from marketplace.worker import files, held

TIMERS_WHILE_HELD = frozenset({"seal-trail", "review-outside"})
"""Those that run in a held market: nothing expires and nobody is reminded before its operator has looked."""

TIMERS: list[tuple[str, float, Callable[[Actor], object]]] = [
    ("seal-trail", 20, trail.seal),
    ("forget-changes", 3600, changes.forget_old),
    ("forget-promises", 3600, outbox.forget_old),
    ("sweep-files", 86400, files.order_sweep),
    ("review-outside", 600, held.order_reviews),
    *accounts.TIMERS,
    *payments.TIMERS,
    *cases.TIMERS,
    *producers.TIMERS,
    *buyers.TIMERS,
]

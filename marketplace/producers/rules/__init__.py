"""Kinds, states and checks of a producer and of the account that receives her money: values in, values out."""

from marketplace.producers.rules.application import Application, Missing, missing
from marketplace.producers.rules.kinds import (
    DECIDERS,
    KIND_LABELS,
    PRODUCER_MOVES,
    STATE_LABELS,
    ProducerKind,
    ProducerState,
)
from marketplace.producers.rules.payee import (
    PAYEE_LABELS,
    MismatchNeedsReason,
    PayeeDraft,
    PayeeIsFixed,
    PayeeKind,
    account_number,
    holder_as_banks_write,
    holder_matches,
)
from marketplace.producers.rules.review import (
    REASONS,
    ApplicationFacts,
    Check,
    Mark,
    Reason,
    ReasonNeeded,
    blocking,
    checklist,
    points_of,
)

__all__ = [
    "DECIDERS",
    "KIND_LABELS",
    "PAYEE_LABELS",
    "PRODUCER_MOVES",
    "REASONS",
    "STATE_LABELS",
    "Application",
    "ApplicationFacts",
    "Check",
    "Mark",
    "MismatchNeedsReason",
    "Missing",
    "PayeeDraft",
    "PayeeIsFixed",
    "PayeeKind",
    "ProducerKind",
    "ProducerState",
    "Reason",
    "ReasonNeeded",
    "account_number",
    "blocking",
    "checklist",
    "holder_as_banks_write",
    "holder_matches",
    "missing",
    "points_of",
]

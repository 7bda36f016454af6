"""Verbs of a producer's life, one file per group."""

from marketplace.producers.actions.application import apply, correct, found, join
from marketplace.producers.actions.changing import (
    approve_change,
    ask_change,
    ask_to_join,
    refuse_change,
    stop_change,
    stop_change_by_path,
)
from marketplace.producers.actions.decisions import Subject, approve, pause, record_decision, resume, send_back
from marketplace.producers.actions.drafts import correct_draft, keep_draft, send_draft
from marketplace.producers.actions.effects import TIMERS, take_effect
from marketplace.producers.actions.freezing import freeze, unfreeze
from marketplace.producers.actions.sharing import end_membership, invite
from marketplace.producers.actions.stall import count_delivered, photo_done, set_cash, set_photo, write_stall

__all__ = [
    "TIMERS",
    "Subject",
    "apply",
    "approve",
    "approve_change",
    "ask_change",
    "ask_to_join",
    "correct",
    "correct_draft",
    "count_delivered",
    "end_membership",
    "found",
    "freeze",
    "invite",
    "join",
    "keep_draft",
    "pause",
    "photo_done",
    "record_decision",
    "refuse_change",
    "resume",
    "send_back",
    "send_draft",
    "set_cash",
    "set_photo",
    "stop_change",
    "stop_change_by_path",
    "take_effect",
    "unfreeze",
    "write_stall",
]

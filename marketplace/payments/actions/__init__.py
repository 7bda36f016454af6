"""Verbs about money, and those about orders that a page calls: one place to look for all of them."""

from marketplace.orders.actions import delivered, hand_over, mark_read, ready
from marketplace.payments.actions.moving import accept, cancel_by_buyer, cannot_make
from marketplace.payments.actions.placing import place
from marketplace.payments.actions.refunding import refund_back, refund_disputed, refund_sent, refund_withdrawn
from marketplace.payments.actions.seeing import LessThanBefore, buyer_tap, producer_not_seen, producer_received
from marketplace.payments.actions.timers import (
    TIMERS,
    expire_holds,
    remind_producers,
    tell_buyers,
    tell_coordinators,
    tell_unread,
)

__all__ = [
    "TIMERS",
    "LessThanBefore",
    "accept",
    "buyer_tap",
    "cancel_by_buyer",
    "cannot_make",
    "delivered",
    "expire_holds",
    "hand_over",
    "mark_read",
    "place",
    "producer_not_seen",
    "producer_received",
    "ready",
    "refund_back",
    "refund_disputed",
    "refund_sent",
    "refund_withdrawn",
    "remind_producers",
    "tell_buyers",
    "tell_coordinators",
    "tell_unread",
]

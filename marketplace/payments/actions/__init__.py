"""Verbs about money, and those about orders that a page calls: one place to look for all of them."""

from marketplace.orders.actions import goods_back, hand_over, mark_read, ready
from marketplace.payments.actions.card_calls import OUTBOX as CARD_OUTBOX
from marketplace.payments.actions.card_calls import close_card_pages, look_after_return, open_card_page
from marketplace.payments.actions.card_refunds import (
    ask_forgotten_refunds,
    begin_card_refund,
    card_refund_refused,
    card_refund_seen,
    retry_card_refund,
)
from marketplace.payments.actions.cards import (
    ask_card_page,
    card_page_opened,
    card_page_refused,
    card_seen,
    gateway_told,
    settle_doubt,
)
from marketplace.payments.actions.cash import (
    cash_collected,
    cash_in_hand,
    cash_in_hand_of,
    cash_refused,
    cash_waived,
    delivered,
)
from marketplace.payments.actions.disputes import card_dispute_seen
from marketplace.payments.actions.lines import refund_lines
from marketplace.payments.actions.moving import accept, cancel_by_buyer, cannot_make
from marketplace.payments.actions.old_money import old_money_said, old_money_seen, settle_old_money
from marketplace.payments.actions.payees import OUTBOX as PAYEE_OUTBOX
from marketplace.payments.actions.payees import tell_open_orders
from marketplace.payments.actions.payouts import pay_out, take_back_payout
from marketplace.payments.actions.placing import place
from marketplace.payments.actions.refund_accounts import name_refund_account, prove_refund_account
from marketplace.payments.actions.refunding import refund_back, refund_disputed, refund_sent, refund_withdrawn
from marketplace.payments.actions.review import REVIEWS, report_transfer, tap_on_lost_order
from marketplace.payments.actions.seeing import LessThanBefore, buyer_tap, producer_not_seen, producer_received
from marketplace.payments.actions.terms import set_card_terms
from marketplace.payments.actions.timers import (
    TIMERS,
    expire_holds,
    remind_producers,
    tell_buyers,
    tell_coordinators,
    tell_unread,
)

OUTBOX = {**CARD_OUTBOX, **PAYEE_OUTBOX}

__all__ = [
    "OUTBOX",
    "REVIEWS",
    "TIMERS",
    "LessThanBefore",
    "accept",
    "ask_card_page",
    "ask_forgotten_refunds",
    "begin_card_refund",
    "buyer_tap",
    "cancel_by_buyer",
    "cannot_make",
    "card_dispute_seen",
    "card_page_opened",
    "card_page_refused",
    "card_refund_refused",
    "card_refund_seen",
    "card_seen",
    "cash_collected",
    "cash_in_hand",
    "cash_in_hand_of",
    "cash_refused",
    "cash_waived",
    "close_card_pages",
    "delivered",
    "expire_holds",
    "gateway_told",
    "goods_back",
    "hand_over",
    "look_after_return",
    "mark_read",
    "name_refund_account",
    "old_money_said",
    "old_money_seen",
    "open_card_page",
    "pay_out",
    "place",
    "producer_not_seen",
    "producer_received",
    "prove_refund_account",
    "ready",
    "refund_back",
    "refund_disputed",
    "refund_lines",
    "refund_sent",
    "refund_withdrawn",
    "remind_producers",
    "report_transfer",
    "retry_card_refund",
    "set_card_terms",
    "settle_doubt",
    "settle_old_money",
    "take_back_payout",
    "tap_on_lost_order",
    "tell_buyers",
    "tell_coordinators",
    "tell_open_orders",
    "tell_unread",
]

"""Every word that orders and payments promise to pass on is passed on."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine
from sqlalchemy import select

from marketplace.kit import db
from marketplace.kit.money import Dong
from marketplace.kit.outbox import Promise
from marketplace.payments import actions
from marketplace.worker.topics import TOPICS
from tests.market import MarketUnderTest
from tests.orders import shop
from tests.orders.shop import CHE_LAM, CLOCK, KEO_LAC, MO, does

ROOMS = Path(__file__).resolve().parents[2] / "marketplace"
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def spoken() -> set[str]:
    """Topics named in the source of the two rooms."""
    sources = [path.read_text("utf-8") for room in ("orders", "payments") for path in (ROOMS / room).rglob("*.py")]
    return set(re.findall(r'"((?:order|refund)\.[a-z_]+)"', "\n".join(sources))) - {"order.id"}  # a foreign key


def test_every_topic_has_somebody_who_keeps_it() -> None:
    assert len(spoken()) == 30
    assert spoken() <= set(TOPICS)


def test_all_promises_of_two_eventful_orders_are_kept(market: MarketUnderTest) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        lucky, unlucky = shop.order(market, {CHE_LAM: 1}), shop.order(market, {KEO_LAC: 3})
        for hours in range(0, 60, 6):
            clock.move_to(NOON + timedelta(hours=hours), tick=False)
            if hours == 6:
                does(market, actions.buyer_tap, lucky.buyer, lucky.request)
            for _name, _seconds, verb in actions.TIMERS:
                does(market, verb, CLOCK)
        shop.order(market, {KEO_LAC: 1})
        does(market, actions.buyer_tap, unlucky.buyer, unlucky.request)
        finish(market, lucky)
        settle(market, unlucky)
        market.work()
    with market.unit():
        left = db.session.execute(select(Promise.topic, Promise.last_error).where(Promise.state != "done")).all()
        kept = set(db.session.scalars(select(Promise.topic)))
    assert left == []
    # told of in test_cards and test_disputes
    by_card = {
        "order.card_paid",
        "refund.card",
        "refund.card_done",
        "refund.card_failed",
        "order.disputed",
        "order.dispute_ended",
    }
    by_cash = {"order.refused", "order.cash_differs"}  # and in test_cash
    by_freezing = {"order.account_frozen", "order.account_safe"}  # and in test_frozen_payees
    by_coops = {"order.asked_anew", "order.paid_for", "order.old_money", "order.old_answer"}  # and in test_cooperative
    assert spoken() - kept == {"order.cancelled"} | by_card | by_cash | by_freezing | by_coops


def finish(market: MarketUnderTest, lucky: shop.Bought) -> None:
    """The rest of a good order's way."""
    does(market, actions.producer_not_seen, MO, lucky.request)
    does(market, actions.buyer_tap, lucky.buyer, lucky.request)
    does(market, actions.producer_received, MO, lucky.request, total_received=Dong(120_000))
    does(market, actions.accept, MO, lucky.order)
    does(market, actions.ready, MO, lucky.order)
    does(market, actions.hand_over, MO, lucky.order, carrier="Bưu điện")
    does(market, actions.delivered, lucky.buyer, lucky.order)


def settle(market: MarketUnderTest, unlucky: shop.Bought) -> None:
    """Late money for goods that are gone comes back."""
    [refund] = shop.page(market, unlucky.token).orders[0].refunds
    does(market, actions.refund_disputed, MO, refund.refund_id)
    does(market, actions.refund_sent, MO, refund.refund_id)
    does(market, actions.refund_back, unlucky.buyer, refund.refund_id)

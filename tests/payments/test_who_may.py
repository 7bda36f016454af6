"""Who may write down what the gateway showed, and who may settle money: nobody else, whatever there is."""

from collections.abc import Callable
from typing import Any

import pytest

from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotAllowed, NotYours
from marketplace.payments import actions
from marketplace.payments.rules.card import News, Seen
from marketplace.payments.rules.refund import CardRefundState, SeenRefund
from marketplace.producers.rules import PayeeDraft, PayeeKind
from tests import stage
from tests.market import MarketUnderTest
from tests.orders.shop import CLOCK, MO

SEEN = Seen("cs_1", "complete", True, 1, "vnd", "x", False, "pi_1", "")
REFUND = SeenRefund("re_1", "rf-1", "pi_1", 1, CardRefundState.SUCCEEDED)
STRIPE, LAN = Actor.gateway("stripe"), Actor.buyer(1)

BY_GATEWAY: dict[str, Callable[[Actor], Any]] = {
    "opened": lambda who: actions.card_page_opened(who, 1, SEEN),
    "refused": lambda who: actions.card_page_refused(who, 1),
    "seen": lambda who: actions.card_seen(who, SEEN),
    "told": lambda who: actions.gateway_told(who, News("evt_1", "refund.created", "re_1", False, "{}")),
    "refund seen": lambda who: actions.card_refund_seen(who, REFUND),
    "refund refused": lambda who: actions.card_refund_refused(who, "rf-1", "no"),
}
BY_ADMIN: dict[str, Callable[[Actor], Any]] = {
    "take back payout": lambda who: actions.take_back_payout(who, 1),
    "settle doubt": lambda who: actions.settle_doubt(who, 1, note="Đã xem"),
    "retry refund": lambda who: actions.retry_card_refund(who, 1),
}
ACCOUNT = PayeeDraft(PayeeKind.PRODUCER, "970436", "0451000555666", "Trần Thị Lan")
BY_BUYER: dict[str, Callable[[Actor], Any]] = {
    "name account": lambda who: actions.name_refund_account(who, 1, ACCOUNT),
    "prove account": lambda who: actions.prove_refund_account(who, 1, "123456"),
}


@pytest.fixture
def staged(market: MarketUnderTest) -> MarketUnderTest:
    """A card order, a stray payment, a payout, money to send back."""
    with market.app.app_context():
        stage.money_to_send_back()
        stage.card_order()
        stage.card_money_to_pay_out()
    return market


@pytest.mark.parametrize("name", BY_GATEWAY)
def test_only_the_gateway_is_written_down(staged: MarketUnderTest, name: str) -> None:
    for who in (LAN, MO, CLOCK, Actor.stranger()):
        with pytest.raises(NotAllowed), staged.unit():
            BY_GATEWAY[name](who)


@pytest.mark.parametrize("name", BY_ADMIN)
def test_only_an_admin_settles(staged: MarketUnderTest, name: str) -> None:
    for who in (LAN, MO, CLOCK, STRIPE):
        with pytest.raises(NotAllowed), staged.unit():
            BY_ADMIN[name](who)


@pytest.mark.parametrize("name", BY_BUYER)
def test_only_the_buyer_says_where_to(staged: MarketUnderTest, name: str) -> None:
    for who in (Actor.buyer(2), MO, CLOCK):
        with pytest.raises(NotYours), staged.unit():
            BY_BUYER[name](who)


def test_only_the_worker_begins_a_refund(staged: MarketUnderTest) -> None:
    for who in (LAN, MO, STRIPE):
        with pytest.raises(NotAllowed), staged.unit():
            actions.begin_card_refund(who, 1)

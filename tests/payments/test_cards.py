"""Cards: asked for once, believed only when looked up, counted once, closed before an order is."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import func, select

from marketplace.kit import clock, db
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotAllowed, NotYours
from marketplace.kit.outbox import Promise
from marketplace.orders.rules import NothingClaimed, OrderState
from marketplace.payments import actions, queries, stripe_gateway
from marketplace.payments.models import CardPage, GatewayNews, MoneyDoubt, MoneyFact, PaymentRequest
from marketplace.payments.queries import cards
from marketplace.payments.rules import MoneyState, new_reference
from marketplace.payments.rules.card import (
    Asked,
    CardNotOffered,
    CardSumRefused,
    CardUnreachable,
    Doubt,
    NothingToPay,
    PageStillOpen,
    Seen,
    doubt,
    to_stripe,
)
from marketplace.practice import ledger
from marketplace.practice.courier import signature
from tests.market import MarketUnderTest
from tests.orders import shop
from tests.orders.shop import CHE_LAM, CLOCK, MIEN, MO, does
from tests.payments.card_shop import TERMS, CardMarket, taking_cards

STRIPE = Actor.gateway("stripe")
REFERENCE, OTHER = new_reference(lambda _most: 1), new_reference(lambda _most: 2)


@pytest.fixture
def card(market: MarketUnderTest, tmp_path: Path) -> Iterator[CardMarket]:
    with taking_cards(market, tmp_path) as one:
        yield one


def number(market: MarketUnderTest, model: type[db.Base], *conditions: object) -> int:
    with market.unit():
        return int(db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0)  # type: ignore[arg-type]


def state(market: MarketUnderTest, bought: shop.Bought) -> MoneyState:
    return shop.page(market, bought.token).payees[0].state


def seen(**changes: object) -> Seen:
    whole = Seen("cs_1", "complete", True, 200_000, "vnd", REFERENCE, False, "pi_1", "")
    return replace(whole, **changes)  # type: ignore[arg-type]


ASKED = Asked(200_000, REFERENCE, False)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, None),
        ({"amount": 20_000_000}, Doubt.AMOUNT),
        ({"amount": 199_999}, Doubt.AMOUNT),
        ({"currency": "usd"}, Doubt.CURRENCY),
        ({"reference": OTHER}, Doubt.REFERENCE),
        ({"livemode": True}, Doubt.LIVEMODE),
    ],
)
def test_a_payment_is_compared_with_what_was_asked(changes: dict[str, object], why: Doubt | None) -> None:
    assert doubt(ASKED, seen(**changes)) is why


def test_a_dong_is_never_a_hundred() -> None:
    assert to_stripe(120_000) == 120_000  # type: ignore[arg-type]


def test_two_stalls_are_one_card_request_and_a_third_way_stays_a_transfer(card: CardMarket) -> None:
    both = card.order({CHE_LAM: 1, MIEN: 1}, 1, 2)
    page = shop.page(card.market, both.token)
    [block] = page.payees
    assert (block.card, block.due, block.payload, len(block.order_ids)) == (True, page.total, "", 2)
    mixed = shop.page(card.market, card.order({CHE_LAM: 1, MIEN: 1}, 2).token)
    assert sorted(block.card for block in mixed.payees) == [False, True]
    assert "một phần bằng thẻ" in str(mixed.next)
    assert sum(block.due for block in mixed.payees) == mixed.total


def test_without_keys_terms_or_offer_no_card_is_taken(card: CardMarket) -> None:
    with card.market.unit():
        assert queries.card_offered()
    does(card.market, actions.set_card_terms, Actor.operator(), replace(TERMS, offered=False))
    with pytest.raises(CardNotOffered):
        card.order({CHE_LAM: 1})
    with card.market.unit():
        assert queries.card_offered() is None


def test_a_sum_beyond_one_charge_is_refused(card: CardMarket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marketplace.payments.actions.placing.CARD_MOST", 100_000)
    with pytest.raises(CardSumRefused):
        card.order({CHE_LAM: 1})


def test_who_pays_and_comes_back_is_known_at_once_and_the_message_adds_nothing(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 2})
    assert state(card.market, bought) is MoneyState.PAID
    assert set(card.hears(copies=3, order="shuffled")) == {200}
    assert number(card.market, MoneyFact) == 1
    assert number(card.market, Promise, Promise.topic == "order.card_paid") == 1
    does(card.market, actions.accept, MO, bought.order)


def test_who_never_comes_back_is_known_by_the_message(card: CardMarket) -> None:
    bought = card.order({CHE_LAM: 2})
    card.pay(bought)
    assert state(card.market, bought) is MoneyState.WAITING
    card.hears()
    assert state(card.market, bought) is MoneyState.PAID
    [order] = shop.page(card.market, bought.token).orders
    assert "Đã trả bằng thẻ" in str(order.next)
    assert [str(step.text) for step in order.steps] == ["Đã đặt hàng", "Người mua đã trả bằng thẻ"]


def test_when_every_message_is_lost_the_worker_looks_by_itself(card: CardMarket) -> None:
    bought = card.order({CHE_LAM: 2})
    card.pay(bought)
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        does(card.market, actions.TIMERS[5][2], CLOCK)
        card.market.work()
    assert state(card.market, bought) is MoneyState.PAID


def test_a_declined_card_changes_nothing_and_the_same_page_is_paid_later(card: CardMarket) -> None:
    bought = card.order({CHE_LAM: 2})
    address = card.page(bought)
    assert card.stand.visit(address, card=ledger.DECLINED)[0] == 402
    card.comes_back(bought)
    assert state(card.market, bought) is MoneyState.WAITING
    assert card.page(bought) == address
    card.pay(bought, ledger.PAYS)
    card.hears()
    assert state(card.market, bought) is MoneyState.PAID


def test_a_page_is_asked_for_once_however_often_it_is_pressed(card: CardMarket) -> None:
    bought = card.order({CHE_LAM: 1})
    with card.market.unit():
        first, second = (actions.ask_card_page(bought.buyer, bought.request) for _ in range(2))
    assert first == second
    with card.market.unit():
        found = cards.page(first)
        assert found is not None
        address, again = (stripe_gateway.open_page(found, "http://127.0.0.1:5000").url for _ in range(2))
    assert address == again  # two processes that both crashed before writing it down
    assert card.page(bought) == address


def test_the_key_is_stored_before_the_gateway_hears_of_it(card: CardMarket) -> None:
    bought = card.order({CHE_LAM: 1})
    with card.market.unit():
        row_id = actions.ask_card_page(bought.buyer, bought.request)
    assert number(card.market, CardPage, CardPage.key.like("pr-%")) == 1
    assert card.stand.app.calls == []

    def call_while_writing() -> None:
        with card.market.unit():
            actions.set_card_terms(Actor.operator(), replace(TERMS, days=4))
            actions.open_card_page(row_id)

    with pytest.raises(RuntimeError, match="no outside call"):
        call_while_writing()


def test_an_unreachable_gateway_is_said_and_nothing_is_lost(card: CardMarket) -> None:
    bought = card.order({CHE_LAM: 1})
    with card.market.unit():
        row_id = actions.ask_card_page(bought.buyer, bought.request)
    there = card.market.app.config["SETTINGS"]
    card.market.app.config["SETTINGS"] = replace(there, stripe_api="http://127.0.0.1:9")
    with pytest.raises(CardUnreachable), card.market.unit():
        actions.open_card_page(row_id)
    with pytest.raises(CardUnreachable):
        card.cancel(bought)
    assert shop.row(card.market, bought.order).state is OrderState.PLACED
    card.market.app.config["SETTINGS"] = there
    card.cancel(bought)
    assert shop.row(card.market, bought.order).state is OrderState.CANCELLED


def test_an_order_is_not_cancelled_under_an_open_page(card: CardMarket) -> None:
    bought = card.order({CHE_LAM: 1})
    address = card.page(bought)
    with pytest.raises(PageStillOpen):
        does(card.market, actions.cancel_by_buyer, bought.buyer, bought.order)
    card.cancel(bought)
    assert card.stand.visit(address, card=ledger.PAYS)[0] == 410
    assert card.pages() == ["expired"]
    assert shop.page(card.market, bought.token).orders[0].refunds == []
    with pytest.raises(NothingToPay):
        does(card.market, actions.ask_card_page, bought.buyer, bought.request)


def test_paying_in_the_moment_of_cancelling_is_noticed_and_goes_back(card: CardMarket) -> None:
    bought = card.order({CHE_LAM: 1})
    card.pay(bought)
    card.cancel(bought)
    card.market.work()
    [order] = shop.page(card.market, bought.token).orders
    [refund] = order.refunds
    assert (order.state, refund.amount, refund.done) == (OrderState.CANCELLED, order.total, True)


def test_the_hold_ends_only_after_the_page_is_closed(card: CardMarket) -> None:
    bought = card.order({CHE_LAM: 1})
    address = card.page(bought)
    later = clock.now() + timedelta(hours=25)
    with time_machine.travel(later, tick=False):
        assert does(card.market, actions.expire_holds, CLOCK) == 0
        assert shop.row(card.market, bought.order).state is OrderState.PLACED
        card.market.work()
        assert does(card.market, actions.expire_holds, CLOCK) == 1
    assert card.stand.visit(address, card=ledger.PAYS)[0] == 410
    assert shop.stock(card.market, CHE_LAM) == (24, 0)


def test_a_payment_at_the_last_moment_keeps_the_goods(card: CardMarket) -> None:
    bought = card.order({CHE_LAM: 1})
    card.pay(bought)
    with time_machine.travel(clock.now() + timedelta(hours=25), tick=False):
        does(card.market, actions.expire_holds, CLOCK)
        card.market.work()
        does(card.market, actions.expire_holds, CLOCK)
    assert shop.row(card.market, bought.order).state is OrderState.PLACED
    assert state(card.market, bought) is MoneyState.PAID


def test_cancelling_one_of_two_asks_for_the_rest_by_a_new_request(card: CardMarket) -> None:
    both = card.order({CHE_LAM: 1, MIEN: 1}, 1, 2)
    old_address = card.page(both)
    card.cancel(both, both.order_ids[0])
    page = shop.page(card.market, both.token)
    [block] = page.payees
    assert block.request_id != both.request
    assert block.due == page.orders[1].total
    assert card.stand.visit(old_address, card=ledger.PAYS)[0] == 410
    fresh = shop.find(card.market, both.token)
    assert card.stand.visit(card.page(fresh, block.request_id), card=ledger.PAYS)[0] == 303
    card.hears()
    mo, tin = shop.page(card.market, both.token).orders
    assert (mo.state, mo.refunds, tin.received, tin.missing) == (OrderState.CANCELLED, [], tin.total, 0)


def test_money_for_a_closed_request_waits_for_a_person(card: CardMarket) -> None:
    both = card.order({CHE_LAM: 1, MIEN: 1}, 1, 2)
    card.page(both)
    card.cancel(both, both.order_ids[0])
    with card.market.unit():
        page = cards.page(1)
        assert page is not None
        late = Seen(page.page, "complete", True, int(page.amount), "vnd", page.reference, False, "pi_late", "")
        actions.card_seen(STRIPE, late)
        [row] = cards.doubts()
        assert (row.why, row.amount) == (Doubt.CLOSED, page.amount)
    assert number(card.market, MoneyFact) == 0


@pytest.mark.parametrize("changes", [{"amount": 1_000}, {"currency": "usd"}, {"reference": OTHER}, {"livemode": True}])
def test_what_was_not_asked_for_is_not_counted(card: CardMarket, changes: dict[str, object]) -> None:
    bought = card.order({CHE_LAM: 1})
    card.page(bought)
    with card.market.unit():
        page = cards.page(1)
    assert page is not None
    right = Seen(page.page, "complete", True, int(page.amount), "vnd", page.reference, False, "pi_1", "")
    for _twice in range(2):
        does(card.market, actions.card_seen, STRIPE, replace(right, **changes))  # type: ignore[arg-type]
    assert state(card.market, bought) is MoneyState.WAITING
    assert number(card.market, MoneyDoubt) == 1
    with card.market.unit():
        [row_id] = [row.id for row in cards.doubts()]
    does(card.market, actions.settle_doubt, Actor.operator(), row_id, note="Đã hoàn ở Stripe")
    with card.market.unit():
        assert list(cards.doubts()) == []


def test_a_strangers_page_is_ignored_and_one_with_our_form_of_reference_is_looked_at(card: CardMarket) -> None:
    does(card.market, actions.card_seen, STRIPE, seen(reference="shop-17"))
    assert number(card.market, MoneyDoubt) == 0
    does(card.market, actions.card_seen, STRIPE, seen())
    assert number(card.market, MoneyDoubt, MoneyDoubt.why == Doubt.UNKNOWN) == 1


def test_only_the_gateway_is_believed(card: CardMarket) -> None:
    bought = card.order({CHE_LAM: 1})
    for who in (bought.buyer, MO, CLOCK, Actor.stranger()):
        with pytest.raises(NotAllowed):
            does(card.market, actions.card_seen, who, seen())
    other = card.order({MIEN: 1}, 2)
    with pytest.raises(NotYours):
        does(card.market, actions.ask_card_page, other.buyer, bought.request)
    with pytest.raises(NotYours):
        does(card.market, actions.producer_received, MO, bought.request)
    with pytest.raises(NothingClaimed):
        does(card.market, actions.buyer_tap, bought.buyer, bought.request)


def test_an_unsigned_or_old_message_is_refused_and_a_known_one_confirmed(card: CardMarket) -> None:
    card.paid({CHE_LAM: 1})
    client = card.market.client()
    assert client.post("/hooks/stripe", data=b"{}").status_code == 400
    event = {"id": "evt_1", "object": "event", "type": "checkout.session.completed", "livemode": False}
    body = json.dumps({**event, "data": {"object": {"id": "cs_1", "object": "checkout.session"}}}).encode()

    for signed in (signature(body, "whsec_other"), signature(body, "whsec_practice", at=1_700_000_000)):
        assert client.post("/hooks/stripe", data=body, headers={"Stripe-Signature": signed}).status_code == 400
    good = {"Stripe-Signature": signature(body, "whsec_practice")}
    for _ in range(2):
        assert client.post("/hooks/stripe", data=body, headers=good).status_code == 200
    assert number(card.market, GatewayNews) == 1
    assert card.market.work() > 0  # a page that Stripe does not know is nothing to us


def test_late_money_for_an_expired_order_holds_goods_again(card: CardMarket) -> None:
    bought = card.order({CHE_LAM: 1})
    card.page(bought)
    with card.market.unit():
        page = cards.page(1)
    assert page is not None
    noon = datetime(2026, 11, 30, 5, 0, tzinfo=UTC)
    with time_machine.travel(noon, tick=False):
        does(card.market, actions.expire_holds, CLOCK)
        card.market.work()
        does(card.market, actions.expire_holds, CLOCK)
        assert shop.row(card.market, bought.order).state is OrderState.EXPIRED
        late = Seen(page.page, "complete", True, int(page.amount), "vnd", page.reference, False, "pi_1", "")
        does(card.market, actions.card_seen, STRIPE, late)
    assert shop.row(card.market, bought.order).state is OrderState.PLACED
    assert shop.stock(card.market, CHE_LAM) == (24, 1)


def test_two_pages_both_paid_send_the_second_sum_back(card: CardMarket) -> None:
    bought = card.order({CHE_LAM: 1})
    card.pay(bought)
    with time_machine.travel(clock.now() + timedelta(hours=2), tick=False):  # nobody has heard of the first
        card.pay(bought)
    card.hears()
    [order] = shop.page(card.market, bought.token).orders
    [refund] = order.refunds
    assert (order.received, refund.amount, refund.done) == (2 * order.total, order.total, True)


def test_the_requests_account_is_the_operators_and_stays(card: CardMarket) -> None:
    bought = card.order({CHE_LAM: 1})
    does(card.market, actions.set_card_terms, Actor.operator(), replace(TERMS, account_no="99887766"))
    with card.market.unit():
        request = db.session.get_one(PaymentRequest, bought.request)
        assert request.account_no == TERMS.account_no

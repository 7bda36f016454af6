"""Many at once: nobody is sold what another has, nothing happens twice."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from marketplace.catalog.models import Variant
from marketplace.kit import clock, db
from marketplace.kit.actor import Actor
from marketplace.kit.outbox import Promise
from marketplace.orders import actions as order_actions
from marketplace.orders.models import Order, OrderGroup
from marketplace.orders.rules import OrderState, StockState
from marketplace.payments import actions
from marketplace.payments.models import MoneyFact
from tests.market import MarketUnderTest
from tests.orders import shop
from tests.orders.shop import CHE_LAM, CLOCK, MIEN, MO, STRANGER, does
from tests.races.crowd import all_at_once

pytestmark = pytest.mark.xdist_group("races")


@db.action
def _stock(actor: Actor, variant_id: int, on_hand: int) -> None:
    db.session.connection().execute(update(Variant).where(Variant.id == variant_id).values(on_hand=on_hand))


@db.action
def _overdue(actor: Actor) -> None:
    db.session.connection().execute(update(Order).values(hold_until=clock.now() - timedelta(minutes=1)))


def number(market: MarketUnderTest, model: type[db.Base], *conditions: object) -> int:
    with market.unit():
        return int(db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0)  # type: ignore[arg-type]


def ready_to_place(
    market: MarketUnderTest, buyers: int, wants: dict[int, int]
) -> list[tuple[object, tuple[object, ...]]]:
    first = shop.checkout(market, shop.fill(market, wants))
    carts = [first.cart_token, *(shop.fill(market, wants) for _ in range(buyers - 1))]
    return [(actions.place, (STRANGER, shop.replace(first, cart_token=token))) for token in carts]


def test_a_hundred_units_are_sold_to_a_hundred_of_two_hundred_buyers(market: MarketUnderTest) -> None:
    does(market, _stock, STRANGER, CHE_LAM, 100)
    answers = all_at_once(market, ready_to_place(market, 200, {CHE_LAM: 1}))  # type: ignore[arg-type]
    sold = [answer for answer in answers if answer != "OutOfStock"]
    assert Counter(answer[:5] for answer in answers)["ERROR"] == 0, answers
    assert (len(sold), len(set(sold)), len(answers) - len(sold)) == (100, 100, 100)
    assert shop.stock(market, CHE_LAM) == (100, 100)
    assert number(market, Order) == number(market, Promise, Promise.topic == "order.placed") == 100


def test_carts_with_two_things_never_wait_for_each_other_in_a_circle(market: MarketUnderTest) -> None:
    does(market, _stock, STRANGER, CHE_LAM, 30)
    does(market, _stock, STRANGER, MIEN, 30)
    one = ready_to_place(market, 20, {CHE_LAM: 1, MIEN: 1})
    other = ready_to_place(market, 20, {MIEN: 1, CHE_LAM: 1})
    mixed = [task for pair in zip(one, other, strict=True) for task in pair]
    answers = all_at_once(market, mixed)  # type: ignore[arg-type]
    assert sum(answer == "OutOfStock" for answer in answers) == 10, answers
    assert shop.stock(market, CHE_LAM) == shop.stock(market, MIEN) == (30, 30)


def test_eight_tabs_with_one_cart_make_one_order(market: MarketUnderTest) -> None:
    [task] = ready_to_place(market, 1, {CHE_LAM: 2, MIEN: 1})
    answers = all_at_once(market, [task] * 40)  # type: ignore[list-item]
    assert len(set(answers)) == 1, answers
    assert number(market, OrderGroup) == 1
    assert number(market, Order) == 2
    assert shop.stock(market, CHE_LAM) == (24, 2)


def test_accepting_against_expiring_has_one_winner_each(market: MarketUnderTest) -> None:
    bought = [shop.order(market, {CHE_LAM: 1}).order for _ in range(16)]
    does(market, _overdue, STRANGER)
    tasks = [
        (order_actions.accept, (MO, order_id)) if n % 2 else (order_actions.expire, (CLOCK, order_id))
        for order_id in bought
        for n in range(8)
    ]
    answers = all_at_once(market, tasks)
    assert not [answer for answer in answers if str(answer).startswith("ERROR")]
    taken = number(market, Order, Order.stock_state == StockState.TAKEN, Order.state == OrderState.ACCEPTED)
    freed = number(market, Order, Order.stock_state == StockState.RELEASED, Order.state == OrderState.EXPIRED)
    assert taken + freed == 16
    assert answers.count(True) == freed
    assert shop.stock(market, CHE_LAM) == (24 - taken, 0)


def test_a_tap_against_the_end_of_the_hold_always_keeps_the_goods(market: MarketUnderTest) -> None:
    bought = [shop.order(market, {CHE_LAM: 1}) for _ in range(16)]
    does(market, _overdue, STRANGER)
    tasks = [(actions.buyer_tap, (one.buyer, one.request)) for one in bought] + [(actions.expire_holds, (CLOCK,))] * 16
    tasks = [task for pair in zip(tasks[16:], tasks[:16], strict=True) for task in pair]
    answers = all_at_once(market, tasks)
    assert not [answer for answer in answers if str(answer).startswith("ERROR")]
    assert number(market, Order, Order.state == OrderState.PLACED, Order.hold_until.is_(None)) == 16
    assert shop.stock(market, CHE_LAM) == (24, 16)


@pytest.mark.parametrize("verb", [actions.producer_received, actions.buyer_tap], ids=lambda verb: verb.__name__)
def test_the_same_news_from_eight_sides_is_one_fact(market: MarketUnderTest, verb: object) -> None:
    bought = shop.order(market, {CHE_LAM: 1})
    actor = MO if verb is actions.producer_received else bought.buyer
    all_at_once(market, [(verb, (actor, bought.request))] * 40)  # type: ignore[list-item]
    assert number(market, MoneyFact) == 1


def test_a_refund_is_sent_once(market: MarketUnderTest) -> None:
    bought = shop.order(market, {CHE_LAM: 1})
    does(market, actions.producer_received, MO, bought.request)
    all_at_once(market, [(actions.cancel_by_buyer, (bought.buyer, bought.order))] * 16)
    [refund] = shop.page(market, bought.token).orders[0].refunds
    all_at_once(market, [(actions.refund_sent, (MO, refund.refund_id))] * 16)
    assert number(market, MoneyFact) == 2
    assert number(market, Promise, Promise.topic == "refund.sent") == 1
    assert shop.stock(market, CHE_LAM) == (24, 0)

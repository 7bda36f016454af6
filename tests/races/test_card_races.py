"""Cards under a crowd, on SQLite and on PostgreSQL: every message counts once, no dong is given back or passed on twice."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from marketplace.app import create_app
from marketplace.catalog.models import Variant
from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.kit.money import Dong
from marketplace.kit.outbox import Promise
from marketplace.orders.models import OrderLine
from marketplace.payments import actions, stripe_gateway
from marketplace.payments.models import CardRefund, GatewayNews, MoneyFact, Payout, RefundDue
from marketplace.payments.queries import payouts
from marketplace.payments.rules import FactKind
from marketplace.practice.courier import signature
from tests import cast
from tests.conftest import settings_for
from tests.market import MarketUnderTest
from tests.orders import shop
from tests.orders.shop import CHE_LAM, MO, does
from tests.payments.card_shop import BINH, TERMS, CardMarket, taking_cards
from tests.payments.test_payouts import delivers
from tests.practice.stand import SECRET, visit
from tests.races.crowd import all_at_once

pytestmark = pytest.mark.xdist_group("races")

STRIPE = Actor.gateway("stripe")
PAYMENTS, COPIES = 60, 8


class Midway(Exception):
    """The process dies after writing and before the commit."""


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def card(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CardMarket]:
    folder = tmp_path_factory.mktemp(f"cards-on-{request.param}")
    if request.param == "sqlite":
        yield from _opened(folder, {})
        return
    yield from _opened(folder, {"DATABASE_URL": request.getfixturevalue("cluster").make("cards")})


def _opened(folder: Path, changes: dict[str, str]) -> Iterator[CardMarket]:
    app = create_app(settings_for(folder, **changes))
    market = MarketUnderTest(app, folder)
    with app.app_context():
        cast.build(app)
        if changes:
            cast.number_on_from_the_cast()
    with market.unit():
        _stock(Actor.operator(), CHE_LAM, 200)
    with taking_cards(market, folder) as one:
        yield one
    market.close()


@db.action
def _stock(actor: Actor, variant_id: int, on_hand: int) -> None:
    db.session.connection().execute(update(Variant).where(Variant.id == variant_id).values(on_hand=on_hand))


def number(card: CardMarket, model: type[db.Base], *conditions: object) -> int:
    with card.market.unit():
        return int(db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0)  # type: ignore[arg-type]


def _hears(body: bytes, signed: str, fails: bool) -> bool:
    news = actions.gateway_told(STRIPE, stripe_gateway.read_news(body, signed))
    if fails:
        raise Midway
    return news


def _looks(page: str, fails: bool) -> bool:
    news = actions.card_seen(STRIPE, stripe_gateway.look(page))
    if fails:
        raise Midway
    return news


def _shuffled(ones: list[tuple[str, ...] | tuple[bytes, str]], verb: object) -> list[tuple[object, tuple[object, ...]]]:
    dice = random.Random(20261124)
    tasks = [(verb, (*one, dice.random() < 0.1)) for one in ones for _copy in range(COPIES)]
    dice.shuffle(tasks)
    return tasks


def test_sixty_payments_told_eight_times_shuffled_some_failing_midway_are_sixty_facts(card: CardMarket) -> None:
    pages = []
    for _payment in range(PAYMENTS):
        bought = card.order({CHE_LAM: 1})
        address = card.page(bought)
        assert card.stand.visit(address, card="4242424242424242")[0] == 303
        pages.append(address.rpartition("/")[2])
    with card.stand.app.store.book() as book:
        told = [
            json.dumps(event).encode() for _, event in book.untold() if event["type"] == "checkout.session.completed"
        ]
    assert len(told) == PAYMENTS
    heard = all_at_once(card.market, _shuffled([(body, signature(body, SECRET)) for body in told], _hears))  # type: ignore[arg-type]
    seen = all_at_once(card.market, _shuffled([(page,) for page in pages], _looks))  # type: ignore[arg-type]
    for answers in (heard, seen):
        assert {answer for answer in answers if answer not in (True, False)} == {"ERROR Midway: "}
        assert answers.count(True) == PAYMENTS
    assert number(card, GatewayNews) == PAYMENTS
    assert number(card, MoneyFact, MoneyFact.kind == FactKind.RECEIVED) == PAYMENTS
    assert number(card, Promise, Promise.topic == "order.card_paid") == PAYMENTS
    assert number(card, Promise, Promise.topic == "card.look") == PAYMENTS
    card.market.work()
    assert number(card, MoneyFact, MoneyFact.kind == FactKind.RECEIVED) == PAYMENTS


def _gives(order_id: int, line_id: int, key: str) -> int:
    return actions.refund_lines(MO, order_id, {line_id: 1}, fee=False, reason="Vỡ", goods_back=False, key=key)


def test_refunds_at_once_are_never_more_than_is_kept(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 6})
    with card.market.unit():
        line = db.session.scalars(select(OrderLine.id).where(OrderLine.order_id == bought.order)).one()
    tasks = [(_gives, (bought.order, line, f"key-{n % 20}")) for n in range(40)]
    answers = all_at_once(card.market, tasks)
    assert not [answer for answer in answers if str(answer).startswith("ERROR")], answers
    refund_ids = {answer for answer in answers if isinstance(answer, int)}
    assert len(refund_ids) == 6
    begun = all_at_once(card.market, [(_begins, (one,)) for one in refund_ids for _ in range(4)])
    assert not [answer for answer in begun if str(answer).startswith("ERROR")], begun
    card.market.work()
    with card.market.unit():
        asked = db.session.scalar(select(func.sum(CardRefund.amount)).where(CardRefund.request_id == bought.request))
        owed = db.session.scalar(select(func.sum(RefundDue.amount)).where(RefundDue.order_id == bought.order))
    assert (int(asked or 0), int(owed or 0)) == (6 * 85_000, 6 * 85_000)
    with card.stand.app.store.book() as book:
        assert sum(one["amount"] for one in book.all("refund")) == 6 * 85_000


def _begins(refund_id: int) -> int:
    return len(actions.begin_card_refund(Actor.system("refunds"), refund_id))


def _pays(amount: int, key: str) -> bool:
    return actions.pay_out(BINH, 1, amount=Dong(amount), key=key)


def test_payouts_at_once_are_never_more_than_is_payable(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 2})
    delivers(card, bought)
    does(card.market, actions.set_card_terms, BINH, replace(TERMS, days=0))
    with card.market.unit():
        payable = payouts.purse(1).payable
    answers = all_at_once(card.market, [(_pays, (30_000, f"key-{n}")) for n in range(32)])
    assert set(answers) <= {True, "TooMuchToPayOut"}
    assert answers.count(True) == payable // 30_000
    with card.market.unit():
        assert payouts.purse(1).payable == payable % 30_000
        assert int(db.session.scalar(select(func.sum(Payout.amount))) or 0) == payable - payable % 30_000


def test_cancelling_against_paying_leaves_money_with_nobody_but_its_owner(card: CardMarket) -> None:
    bought = [card.order({CHE_LAM: 1}) for _ in range(8)]
    addresses = [card.page(one) for one in bought]
    tasks: list[tuple[object, tuple[object, ...]]] = []
    for one, address in zip(bought, addresses, strict=True):
        tasks += [(_cancels, (one.group_id, one.order)), (_pays_on, (address,)), (_cancels, (one.group_id, one.order))]
    answers = all_at_once(card.market, tasks)  # type: ignore[arg-type]
    assert not [answer for answer in answers if str(answer).startswith("ERROR")], answers
    for one in bought:
        card.cancel(one)
    card.hears()
    for one in bought:
        [order] = shop.page(card.market, one.token).orders
        assert order.received == sum(refund.amount for refund in order.refunds if refund.done)


def _cancels(group_id: int, order_id: int) -> str:
    actions.close_card_pages(order_id)
    actions.cancel_by_buyer(Actor.buyer(group_id), order_id)
    return "cancelled"


def _pays_on(address: str) -> int:
    return visit(address, card="4242424242424242")[0]

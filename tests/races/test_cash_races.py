"""Cash told by many at once: a parcel is paid or refused, once; no dong of it is counted twice."""

import pytest
from sqlalchemy import func, select

from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.orders.models import Order
from marketplace.orders.rules import OrderState
from marketplace.payments import actions
from marketplace.payments.models import MoneyFact
from marketplace.payments.rules import CashState, FactKind
from tests.market import MarketUnderTest
from tests.orders import shop
from tests.orders.shop import CHE_LAM, MO, Bought, does
from tests.races.crowd import all_at_once

pytestmark = pytest.mark.xdist_group("races")


def _sent(market: MarketUnderTest) -> Bought:
    one = shop.by_cash(market, {CHE_LAM: 1})
    for verb in (actions.accept, actions.ready):
        does(market, verb, MO, one.order)
    does(market, actions.hand_over, MO, one.order, carrier="Bưu điện")
    return one


def _delivered(group_id: int, order_id: int) -> str:
    actions.delivered(Actor.buyer(group_id), order_id)
    return "paid"


def _in_hand(order_id: int) -> str:
    actions.cash_in_hand(MO, order_id)
    return "paid"


def _refused(order_id: int) -> str:
    actions.cash_refused(MO, order_id)
    return "refused"


def _back(order_id: int) -> str:
    actions.goods_back(MO, order_id, whole=True)
    return "back"


def test_a_parcel_is_paid_once_or_refused_never_both(market: MarketUnderTest) -> None:
    sent = [_sent(market) for _ in range(5)]
    before = shop.stock(market, CHE_LAM)[0]
    tasks: list[tuple[object, tuple[object, ...]]] = []
    for n, one in enumerate(sent):
        paid = [(_delivered, (one.group_id, one.order)), (_in_hand, (one.order,))]
        both = [(_refused, (one.order,)), *paid] if n % 2 else [*paid, (_refused, (one.order,))]
        tasks += [*both, *both]
    answers = all_at_once(market, tasks)  # type: ignore[arg-type]
    assert set(answers) <= {"paid", "refused", "AlreadyDecided", "NoCashNow"}, answers
    refused = [one for one in sent if shop.row(market, one.order).state is OrderState.CANCELLED]
    for one in sent:
        cash = shop.page(market, one.token).orders[0].cash
        assert cash
        paid_of = 0 if one in refused else cash.due
        assert (cash.collected, cash.in_hand) == (paid_of, paid_of)
        assert cash.state is (CashState.TO_COLLECT if one in refused else CashState.SETTLED)
    all_at_once(market, [(_back, (one.order,)) for one in sent for _press in range(3)])
    assert shop.stock(market, CHE_LAM)[0] == before + len(refused)
    with market.unit():
        told = db.session.execute(
            select(MoneyFact.order_id).group_by(MoneyFact.order_id, MoneyFact.kind).having(func.count() > 1)
        ).all()
        kinds = set(db.session.scalars(select(MoneyFact.kind)))
        states = set(db.session.scalars(select(Order.state)))
    assert told == []
    assert kinds <= {FactKind.COLLECTED, FactKind.REMITTED}
    assert states <= {OrderState.DELIVERED, OrderState.CANCELLED}

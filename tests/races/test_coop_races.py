"""One transfer for two stalls under a crowd: what ends is paid back or asked for no more, never both, never neither."""

import pytest
from sqlalchemy import func, select

from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.orders.models import Order
from marketplace.orders.rules import CLOSED
from marketplace.payments import actions
from marketplace.payments.models import MoneyFact, PaymentRequest, PaymentShare, RefundDue
from marketplace.payments.rules import FactKind
from tests import cast
from tests.market import MarketUnderTest
from tests.orders.shop import CHE_LAM, MIEN, TIN, Bought, order
from tests.races.crowd import all_at_once

pytestmark = pytest.mark.xdist_group("races")


def _cancels(group_id: int, order_id: int) -> str:
    actions.cancel_by_buyer(Actor.buyer(group_id), order_id)
    return "cancelled"


def _came(request_id: int) -> str:
    actions.producer_received(TIN, request_id)
    return "came"


def _tasks(one: Bought, n: int) -> list[tuple[object, tuple[object, ...]]]:
    """The buyer cancels one order, in some checkouts the other one too, while the co-operative confirms the money."""
    cancels = [(_cancels, (one.group_id, order_id)) for order_id in (one.order_ids if n % 3 else one.order_ids[:1])]
    came = [(_came, (one.request,))]
    return [*cancels, *came] if n % 2 else [*came, *cancels]


def test_what_ends_is_paid_back_or_asked_for_no_more(market: MarketUnderTest) -> None:
    with market.unit():
        cast.paid_into_the_coop(Actor.operator())
    bought = [order(market, {CHE_LAM: 1, MIEN: 1}) for _ in range(9)]
    answers = all_at_once(market, [task for n, one in enumerate(bought) for task in _tasks(one, n)])  # type: ignore[arg-type]
    assert set(answers) <= {"cancelled", "came", "RequestClosed", "AlreadyDecided"}, answers
    with market.unit():
        for one in bought:
            _is_right(one)


def _is_right(one: Bought) -> None:
    requests = db.session.scalars(select(PaymentRequest).where(PaymentRequest.group_id == one.group_id)).all()
    facts = select(MoneyFact.request_id, func.sum(MoneyFact.amount)).where(MoneyFact.kind == FactKind.RECEIVED)
    came = {row[0]: int(row[1]) for row in db.session.execute(facts.group_by(MoneyFact.request_id))}
    assert [request.id for request in requests if request.closed_at is None] == [requests[-1].id]
    assert all(request.id not in came for request in requests if request.closed_at)
    going = 0
    for row in db.session.scalars(select(Order).where(Order.group_id == one.group_id)).all():
        share = db.session.scalars(
            select(PaymentShare).where(PaymentShare.order_id == row.id).order_by(PaymentShare.id.desc())
        ).first()
        owed = sum(db.session.scalars(select(RefundDue.amount).where(RefundDue.order_id == row.id)))
        assert share is not None
        if row.state in CLOSED:
            assert owed == share.received
        else:
            going += share.amount
            assert (share.request_id, owed) == (requests[-1].id, 0)
    paid = came.get(requests[-1].id, 0)
    assert requests[-1].due == paid or requests[-1].due == going or not going

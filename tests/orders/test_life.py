"""Any life an order may lead: stock adds up, every dong is accounted for, and the facts alone say what is paid."""

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.kit.errors import Refused
from marketplace.kit.money import Dong
from marketplace.orders import queries as orders
from marketplace.orders.models import Order
from marketplace.orders.rules import CLOSED, OrderState, StockState
from marketplace.payments import actions
from marketplace.payments.models import PaymentRequest, PaymentShare, RefundDue
from marketplace.payments.queries import facts_of
from marketplace.payments.queries.facts import parts_of, shares_of, wanted_of
from marketplace.payments.rules import hold_until, money, owed_back, share_state, shares
from tests import cast
from tests.market import MarketUnderTest
from tests.orders import shop
from tests.orders.shop import CHE_LAM, CLOCK, KEO_LAC, MIEN, MO, TIN, Bought, does

START = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
WANTS = [{KEO_LAC: 2}, {KEO_LAC: 1, CHE_LAM: 1}, {MIEN: 3, CHE_LAM: 2}, {KEO_LAC: 3, MIEN: 1}]
START_STOCK = {KEO_LAC: 3, CHE_LAM: 24, MIEN: 40}
HOLDS = {
    StockState.HELD: {OrderState.PLACED},
    StockState.TAKEN: {
        OrderState.ACCEPTED,
        OrderState.READY,
        OrderState.HANDED_OVER,
        OrderState.DELIVERED,
        OrderState.CANCELLED,
    },
    StockState.RELEASED: {OrderState.EXPIRED, OrderState.CANCELLED},
    StockState.RETURNED: {OrderState.CANCELLED},
}


class Life(RuleBasedStateMachine):
    """Buyers, producers and time press whatever they like; refusals are fine, broken books are not."""

    market: MarketUnderTest
    reset: Callable[[], None]
    shared = False

    def __init__(self) -> None:
        super().__init__()
        self.reset()
        self.traveller = time_machine.travel(START, tick=False)
        self.clock = self.traveller.start()
        self.now = START
        self.bought: list[Bought] = []
        self.carts: list[tuple[shop.Checkout, str]] = []
        self.lost: dict[int, int] = {}

    def teardown(self) -> None:
        self.traveller.stop()

    def try_(self, verb: object, actor: object, *ids: int, **values: object) -> bool:
        with suppress(Refused):
            does(self.market, verb, actor, *ids, **values)  # type: ignore[arg-type]
            return True
        return False

    def one(self, data: st.DataObject) -> tuple[Bought, int]:
        bought = data.draw(st.sampled_from(self.bought))
        return bought, data.draw(st.integers(0, len(bought.order_ids) - 1))

    @rule(wants=st.sampled_from(WANTS))
    def place(self, wants: dict[int, int]) -> None:
        with suppress(Refused):
            answers = shop.checkout(self.market, shop.fill(self.market, wants))
            token = does(self.market, lambda _actor: actions.place(shop.STRANGER, answers), shop.STRANGER)
            self.bought.append(shop.find(self.market, token))
            self.carts.append((answers, token))

    @precondition(lambda self: self.carts)
    @rule(data=st.data())
    def press_again(self, data: st.DataObject) -> None:
        answers, token = data.draw(st.sampled_from(self.carts))
        changed = replace(answers, buyer_name="Bấm lại")
        assert does(self.market, lambda _actor: actions.place(shop.STRANGER, changed), shop.STRANGER) == token

    @precondition(lambda self: self.bought)
    @rule(data=st.data())
    def tap(self, data: st.DataObject) -> None:
        bought, n = self.one(data)
        self.try_(actions.buyer_tap, bought.buyer, self.request(bought, n))

    @precondition(lambda self: self.bought)
    @rule(data=st.data(), total=st.one_of(st.none(), st.integers(1, 400_000)))
    def receive(self, data: st.DataObject, total: int | None) -> None:
        bought, n = self.one(data)
        amount = Dong(total) if total else None
        self.try_(actions.producer_received, self.keeper(bought, n), self.request(bought, n), total_received=amount)

    @precondition(lambda self: self.bought)
    @rule(data=st.data())
    def not_seen(self, data: st.DataObject) -> None:
        bought, n = self.one(data)
        self.try_(actions.producer_not_seen, self.keeper(bought, n), self.request(bought, n))

    @precondition(lambda self: self.bought)
    @rule(data=st.data())
    def take_on(self, data: st.DataObject) -> None:
        bought, n = self.one(data)
        self.try_(actions.producer_received, self.keeper(bought, n), self.request(bought, n))
        self.try_(actions.accept, self.seller(bought, n), bought.order_ids[n])

    @precondition(lambda self: self.bought)
    @rule(data=st.data(), verb=st.sampled_from([actions.accept, actions.ready, actions.delivered]))
    def go_on(self, data: st.DataObject, verb: object) -> None:
        bought, n = self.one(data)
        self.try_(verb, self.seller(bought, n), bought.order_ids[n])

    @precondition(lambda self: self.bought)
    @rule(data=st.data())
    def hand_over(self, data: st.DataObject) -> None:
        bought, n = self.one(data)
        self.try_(actions.hand_over, self.seller(bought, n), bought.order_ids[n], carrier="Bưu điện")

    @precondition(lambda self: self.bought)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        bought, n = self.one(data)
        self.try_(actions.cancel_by_buyer, bought.buyer, bought.order_ids[n])

    @precondition(lambda self: self.bought)
    @rule(data=st.data(), back=st.booleans())
    def cannot_make(self, data: st.DataObject, back: bool) -> None:
        bought, n = self.one(data)
        self.try_(actions.cannot_make, self.seller(bought, n), bought.order_ids[n], reason="Hết", goods_back=back)

    @precondition(lambda self: self.bought)
    @rule(data=st.data(), verb=st.sampled_from(["sent", "back", "disputed", "withdrawn"]))
    def settle(self, data: st.DataObject, verb: str) -> None:
        bought, n = self.one(data)
        actor = bought.buyer if verb in ("back", "withdrawn") else self.keeper(bought, n)
        for refund in shop.page(self.market, bought.token).orders[n].refunds:
            self.try_(getattr(actions, f"refund_{verb}"), actor, refund.refund_id)

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.clock.move_to(self.now, tick=False)
        for _name, _seconds, verb in actions.TIMERS:
            does(self.market, verb, CLOCK)

    def seller(self, bought: Bought, n: int) -> object:
        return MO if shop.row(self.market, bought.order_ids[n]).producer_id == 1 else TIN

    def keeper(self, bought: Bought, n: int) -> object:
        """Who has the money: Tín's co-operative for Mơ too, once she is a member."""
        return TIN if self.shared else self.seller(bought, n)

    def request(self, bought: Bought, n: int) -> int:
        """Any request that this order was ever asked for by, the newest more often than not."""
        with self.market.unit():
            found = db.session.scalars(
                select(PaymentShare.request_id)
                .where(PaymentShare.order_id == bought.order_ids[n])
                .order_by(PaymentShare.id.desc())
            ).all()
        return found[-1] if self.now.hour % 5 == 0 else found[0]

    @invariant()
    def stock_adds_up(self) -> None:
        with self.market.unit():
            held, gone = orders.held_by_orders(), self.gone()
            for variant_id, had in START_STOCK.items():
                on_hand, holding = cast.variant_stock(variant_id)
                assert 0 <= holding <= on_hand
                assert holding == held.get(variant_id, 0)
                assert on_hand == had - gone.get(variant_id, 0)

    def gone(self) -> dict[int, int]:
        found: dict[int, int] = {}
        for order in db.session.scalars(select(Order).where(Order.stock_state == StockState.TAKEN)).all():
            for line in orders.lines([order.id])[order.id]:
                found[line.variant_id] = found.get(line.variant_id, 0) + line.quantity
        return found

    @invariant()
    def states_fit(self) -> None:
        with self.market.unit():
            for order in db.session.scalars(select(Order)):
                assert order.state in HOLDS[order.stock_state]

    @invariant()
    def every_dong_is_accounted_for(self) -> None:
        with self.market.unit():
            for request in db.session.scalars(select(PaymentRequest)).all():
                facts = facts_of([request.id])[request.id]
                random.Random(len(facts)).shuffle(facts)
                known, parts = money(facts + facts, request.due), shares_of(request.id)
                dealt, answered = shares(known, parts_of(request.id)), known.answered_at is not None
                assert sum(part.amount for part in parts) == request.due
                if request.closed_at:
                    assert known.quiet
                assert [(p.state, p.received, p.claimed) for p in parts] == [
                    (share_state(s, answered=answered), s.received, s.claimed) for s in dealt
                ]
                for part, share in zip(parts, dealt, strict=True):
                    order, turn = db.session.get_one(Order, part.order_id), request.turn
                    if self.is_current(part):
                        anew = request.created_at if turn else None
                        self.clock_is_right(order, hold_until(order.placed_at, known, anew))
                        self.refund_is_right(order, owed_back(share, closed=order.state in CLOSED))
                        assert request.closed_at is None or order.state in CLOSED
                self.nothing_is_asked_for_twice(request, parts)

    def is_current(self, part: PaymentShare) -> bool:
        newer = select(PaymentShare.id).where(PaymentShare.order_id == part.order_id, PaymentShare.id > part.id)
        return db.session.scalar(newer.limit(1)) is None

    def nothing_is_asked_for_twice(self, request: PaymentRequest, parts: Sequence[PaymentShare]) -> None:
        """What is still wanted by an open request is what its own orders that go on still miss, not a dong more."""
        states = [db.session.get_one(Order, part.order_id).state for part in parts]
        going = [part for part, state in zip(parts, states, strict=True) if state not in CLOSED]
        if request.closed_at is None and going:
            assert wanted_of(request) == sum(max(0, part.amount - part.received) for part in going)
            assert all(self.is_current(part) for part in going)
            assert len(going) == len(parts) or not money(facts_of([request.id])[request.id], request.due).quiet

    def clock_is_right(self, order: Order, until: datetime | None) -> None:
        assert order.hold_until == (until if order.state is OrderState.PLACED else None)

    def refund_is_right(self, order: Order, owed: int) -> None:
        rows = db.session.scalars(select(RefundDue).where(RefundDue.order_id == order.id)).all()
        settled = sum(row.amount for row in rows if row.sent_at or row.returned_at)
        assert sum(row.amount for row in rows) == max(owed, settled)


@pytest.mark.parametrize(("shared", "examples", "steps"), [(False, 10, 25), (True, 6, 25)])
def test_whatever_is_pressed_the_books_are_right(  # noqa: PLR0917 - fixtures and figures
    market: MarketUnderTest, template: object, database: str, shared: bool, examples: int, steps: int
) -> None:
    class Ours(Life):
        pass

    def begin() -> None:
        market.reset(template)  # type: ignore[arg-type]
        if shared:
            with market.unit():
                cast.paid_into_the_coop(Actor.operator())

    Ours.market, Ours.shared = market, shared
    Ours.reset = staticmethod(begin)  # type: ignore[assignment]
    some = settings(
        max_examples=examples if database == "sqlite" else 2,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    run_state_machine_as_test(Ours, settings=some)

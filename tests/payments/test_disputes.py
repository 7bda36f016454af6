"""What happens to card money behind the market's back: a bank takes it, or somebody sends it back by hand at the gateway."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import select

from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotAllowed
from marketplace.kit.money import Dong
from marketplace.orders.rules import NotPaidYet
from marketplace.payments import actions, stripe_gateway
from marketplace.payments.models import CardRefund, MoneyDoubt, MoneyFact, RefundDue
from marketplace.payments.queries import payouts
from marketplace.payments.queries.lines import refundable
from marketplace.payments.rules import FactKind
from marketplace.payments.rules.card import Doubt
from marketplace.payments.rules.dispute import DisputeState, PaymentDisputed, SeenDispute, may_follow, parts
from marketplace.payments.rules.refund import CardRefundState
from marketplace.practice import ledger
from tests.buying.walk import words
from tests.market import MarketUnderTest
from tests.orders import shop
from tests.orders.shop import CHE_LAM, MIEN, MO, STRANGER, TIN, does
from tests.payments.card_shop import CardMarket, taking_cards
from tests.payments.test_payouts import delivers, later, pays
from tests.payments.test_refund_lines import gives_back

STRIPE = Actor.gateway("stripe")
BOX = 85_000


@pytest.fixture
def card(market: MarketUnderTest, tmp_path: Path) -> Iterator[CardMarket]:
    with taking_cards(market, tmp_path) as one:
        yield one


def decide(card: CardMarket, *, won: bool) -> None:
    with card.stand.app.store.book() as book:
        [one] = book.all("dispute")
        ledger.decide_dispute(book, one["id"], won=won)


def by_hand(card: CardMarket, amount: int) -> str:
    """Somebody presses "refund" on Stripe's own pages."""
    with card.stand.app.store.book() as book:
        [payment] = [one["id"] for one in book.all("payment_intent") if one["status"] == "succeeded"]
        return str(ledger.refund(book, {"payment_intent": payment, "amount": str(amount)})["id"])


def kept(card: CardMarket, order_id: int) -> int:
    """What can still go back of an order."""
    with card.market.unit():
        left = refundable(order_id)
        return max((line.amount for line in left.lines), default=0) + left.fee


def payable(card: CardMarket, producer_id: int = 1) -> int:
    with card.market.unit():
        return payouts.purse(producer_id).payable


def doubts(card: CardMarket) -> list[Doubt]:
    with card.market.unit():
        return list(db.session.scalars(select(MoneyDoubt.why).order_by(MoneyDoubt.id)))


def owed(card: CardMarket) -> list[tuple[int, bool]]:
    with card.market.unit():
        rows = db.session.scalars(select(RefundDue).order_by(RefundDue.id)).all()
        return [(row.amount, row.sent_at is not None) for row in rows if row.amount]


@pytest.mark.parametrize(("before", "after"), list(product(DisputeState, DisputeState)))
def test_what_has_ended_stays_ended(before: DisputeState, after: DisputeState) -> None:
    ended = before in (DisputeState.WON, DisputeState.LOST)
    assert may_follow(before, after) is (not ended and (before, after) != (DisputeState.OPEN, DisputeState.INQUIRY))


def test_a_disputed_sum_falls_to_the_orders_and_never_to_more_than_is_kept() -> None:
    left = {1: Dong(100), 2: Dong(0), 3: Dong(50)}
    assert parts(Dong(120), left) == {1: 100, 3: 20}
    assert parts(Dong(500), left) == {1: 100, 3: 50}
    assert parts(Dong(30), {}) == {}


def test_a_dispute_after_the_payout_is_taken_from_the_next_one_until_it_is_won(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 2}, card=ledger.DISPUTED)
    delivers(card, bought)
    with later(4):
        assert pays(card, 200_000)
        card.hears(copies=2, order="shuffled")
        assert payable(card) == -200_000
        hers = words(card.market.signed_in("Mơ").get("/ban-hang/tien"))
        assert "ngân hàng đang giữ 200.000 ₫" in hers
        assert "Chợ đã chuyển dư 200.000 ₫" in hers
        desk = words(card.market.signed_in("Bình").get("/dieu-phoi/the"))
        assert "Ngân hàng của thẻ đã rút tiền về" in desk
        assert "Trả lời trước" in desk
        with pytest.raises(PaymentDisputed):
            gives_back(card.market, bought)
        decide(card, won=True)
        card.hears(copies=2, again=True, order="reversed")
        assert payable(card) == 0
        assert "Ngân hàng đã trả tiền lại" in words(card.market.signed_in("Bình").get("/dieu-phoi/the"))
        gives_back(card.market, bought)
        card.market.work()
        assert owed(card) == [(BOX, True)]
    told = words(card.market.signed_in("Mơ").get("/ban-hang/thong-bao"))
    assert "chủ thẻ khiếu nại với ngân hàng" in told
    assert "được tính lại cho gian hàng" in told


def test_a_lost_dispute_is_money_gone_back_once(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 2}, card=ledger.DISPUTED)
    decide(card, won=False)
    card.hears(copies=3, order="reversed")
    assert owed(card) == [(200_000, True)]
    assert kept(card, bought.order) == 0
    with pytest.raises(NotPaidYet):
        does(card.market, actions.accept, MO, bought.order)
    card.cancel(bought)
    card.market.work()
    assert owed(card) == [(200_000, True)]
    assert by_kind(card, FactKind.REFUND_SENT) == []  # the bank took it: no refund was asked for


def test_what_was_owed_when_the_bank_took_the_money_waits_and_is_paid_by_it(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 2}, card=ledger.DISPUTED)
    card.hears()
    card.cancel(bought)
    card.market.work()
    assert owed(card) == [(200_000, False)]
    assert "POST /v1/refunds" not in card.stand.app.calls
    decide(card, won=False)
    card.hears()
    assert owed(card) == [(200_000, True)]
    assert "POST /v1/refunds" not in card.stand.app.calls


def test_a_won_dispute_lets_the_waiting_refund_go(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 1, MIEN: 1}, 1, 2, card=ledger.DISPUTED)
    card.hears()
    card.cancel(bought, bought.order_ids[0])
    card.market.work()
    amount = shop.row(card.market, bought.order_ids[0]).total
    assert owed(card) == [(amount, False)]
    decide(card, won=True)
    card.hears()
    assert owed(card) == [(amount, True)]
    delivers(card, bought, TIN, bought.order_ids[1])
    with later(4):
        assert payable(card, 2) == shop.row(card.market, bought.order_ids[1]).total


def test_an_inquiry_moves_no_money(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 2})
    delivers(card, bought)
    with card.market.unit():
        payment = db.session.scalars(select(MoneyFact.source_id).where(MoneyFact.kind == FactKind.RECEIVED)).one()
    asks = SeenDispute("dp_1", payment, 200_000, DisputeState.INQUIRY, "fraudulent", None)
    with pytest.raises(NotAllowed):
        does(card.market, actions.card_dispute_seen, STRANGER, asks)
    assert does(card.market, actions.card_dispute_seen, STRIPE, asks)
    assert not does(card.market, actions.card_dispute_seen, STRIPE, asks)
    with later(4):
        assert payable(card) == 200_000


def by_kind(card: CardMarket, kind: FactKind) -> list[int]:
    with card.market.unit():
        return list(db.session.scalars(select(MoneyFact.amount).where(MoneyFact.kind == kind)))


def test_a_refund_made_by_hand_is_counted_and_a_person_looks(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 2})
    by_hand(card, 150_000)
    card.hears(copies=3, order="shuffled")
    assert owed(card) == [(150_000, True)]
    assert kept(card, bought.order) <= 50_000
    assert doubts(card) == [Doubt.BY_HAND]
    assert "Có người hoàn tiền thẳng ở Stripe" in words(card.market.signed_in("Bình").get("/dieu-phoi/the"))
    card.cancel(bought)
    card.market.work()
    assert owed(card) == [(150_000, True), (50_000, True)]
    assert sum(by_kind(card, FactKind.REFUND_SENT)) == 200_000


def test_a_refund_by_hand_pays_what_is_owed_first(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 2}, card=ledger.REFUND_FAILS)
    gives_back(card.market, bought)
    card.market.work()
    with card.stand.app.store.book() as book:
        assert ledger.settle_refunds(book) == 1
    card.hears()
    assert owed(card) == [(BOX, False)]
    by_hand(card, BOX)
    card.hears()
    assert owed(card) == [(BOX, True)]
    assert doubts(card) == []
    assert "thẻ chưa được" not in words(card.market.signed_in("Bình").get("/dieu-phoi/chi-tra"))
    assert card.stand.app.calls.count("POST /v1/refunds") == 1


def test_a_refund_that_fails_after_it_succeeded_never_counts_as_sent(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 2}, card=ledger.REFUND_FAILS)
    by_hand(card, BOX)
    card.hears()
    assert owed(card) == [(BOX, True)]
    gives_back(card.market, bought)
    card.market.work()
    assert owed(card) == [(BOX, True), (BOX, True)]
    with card.stand.app.store.book() as book:
        assert ledger.settle_refunds(book) == 2
    card.hears(copies=2, again=True, order="reversed")
    assert owed(card) == [(BOX, False)]  # the one by hand was owed by nobody
    assert by_kind(card, FactKind.REFUND_FAILED) == by_kind(card, FactKind.REFUND_SENT) == [BOX, BOX]
    with card.market.unit():
        assert set(db.session.scalars(select(CardRefund.state))) == {CardRefundState.FAILED}
    delivers(card, bought)
    with later(4):
        assert payable(card) == 200_000 - BOX


def test_a_refund_heard_of_before_its_payment_finds_it(card: CardMarket) -> None:
    bought = card.order({CHE_LAM: 2})
    card.pay(bought)
    by_hand(card, 200_000)
    card.hears(order="reversed")
    assert owed(card) == [(200_000, True)]
    with pytest.raises(NotPaidYet):
        does(card.market, actions.accept, MO, bought.order)


def test_a_refund_of_two_stalls_falls_to_both(card: CardMarket) -> None:
    both = card.paid({CHE_LAM: 1, MIEN: 1}, 1, 2)
    totals = [shop.row(card.market, order).total for order in both.order_ids]
    by_hand(card, sum(totals) - 2)
    card.hears()
    assert sum(amount for amount, _sent in owed(card)) == sum(totals) - 2
    assert len(owed(card)) == 2
    assert all(sent for _amount, sent in owed(card))


def test_the_same_refund_asked_for_after_a_restore_bears_the_same_key(card: CardMarket) -> None:
    bought = card.paid({CHE_LAM: 2}, card=ledger.REFUND_WAITS)
    gives_back(card.market, bought)
    with card.market.unit():
        refund_id = db.session.scalars(select(RefundDue.id)).one()
    keys = []
    for _ in range(2):
        with card.market.app.app_context():
            asks = actions.begin_card_refund(Actor.system("test"), refund_id)
            keys.append([ask.key for ask in asks])
            db.roll_back()
    assert keys[0] == keys[1] != []
    with card.market.app.app_context():
        ids = {stripe_gateway.refund(ask).id for ask in asks for _ in range(2)}
    assert len(ids) == 1

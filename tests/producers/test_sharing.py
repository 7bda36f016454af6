"""A co-operative that is paid for others: invited, asked for, called about, waited for, ended."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import update

from marketplace.kit import db
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import NotAllowed, NotYours, Refused
from marketplace.orders.rules import AccountLookedAt
from marketplace.payments.models import PaymentRequest
from marketplace.producers import actions, queries
from marketplace.producers.models import PayeeMember, Producer
from marketplace.producers.queries import changes, sharing
from marketplace.producers.rules import (
    ChangeState,
    PayeeDraft,
    PayeeKind,
    ProducerKind,
    ProducerState,
    SameAccount,
)
from marketplace.producers.rules.sharing import (
    CannotJoin,
    NotACooperative,
    NotInvited,
    may_be_paid_for_others,
    may_join,
)
from tests import stage
from tests.market import MarketUnderTest
from tests.orders.shop import CHE_LAM, MIEN, order
from tests.producers.test_changing import (
    FRIDAY,
    HANH,
    HEARD,
    HOURS_48,
    MO,
    OLD,
    QUAN,
    STALL_PHONE,
    TIN,
    effects,
    state,
)

Out = pytest.CaptureFixture[str]
COOPS = "0451000778899"
SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""The database makes no difference to them."""


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(FRIDAY, tick=False) as traveller:
        yield traveller


def invited(market: MarketUnderTest) -> int:
    with market.unit():
        return actions.invite(TIN, 2, 1)


def asked(market: MarketUnderTest, member_id: int, who: Actor = MO) -> int:
    with market.unit():
        return actions.ask_to_join(who, 1, member_id)


def called_back(market: MarketUnderTest, change_id: int, who: Actor = HANH) -> None:
    with market.unit():
        actions.approve_change(who, change_id, called=STALL_PHONE, heard=HEARD)


def joined(market: MarketUnderTest, now: time_machine.Traveller) -> int:
    """Mơ is paid into the co-operative's account; her change."""
    change_id = asked(market, invited(market))
    called_back(market, change_id)
    now.shift(HOURS_48)
    assert effects(market) == 1
    return change_id


def receiver(market: MarketUnderTest) -> str:
    with market.unit():
        found = queries.receiver(1)
        assert found
        return found.account_no


@db.action
def becomes(actor: Actor, producer_id: int, **values: object) -> None:
    db.session.execute(update(Producer).where(Producer.id == producer_id).values(**values))


def test_only_an_open_cooperative_is_paid_for_others_and_never_for_another_one() -> None:
    for kind in ProducerKind:
        for where in ProducerState:
            coop, is_open = kind is ProducerKind.COOPERATIVE, where is ProducerState.ACTIVE
            assert may_be_paid_for_others(kind, where) is (coop and is_open)
            assert may_join(kind, where) is (not coop and is_open)


def test_joining_is_as_slow_as_any_change_and_old_orders_keep_the_old_account(
    market: MarketUnderTest, now: time_machine.Traveller, capsys: Out
) -> None:
    before = order(market, {CHE_LAM: 1})
    change_id = asked(market, invited(market))
    now.shift(timedelta(days=30))
    assert (effects(market), receiver(market)) == (0, OLD)  # nobody has called
    called_back(market, change_id)
    now.shift(HOURS_48 - timedelta(seconds=1))
    assert (effects(market), receiver(market)) == (0, OLD)
    now.shift(timedelta(seconds=1))
    assert (effects(market), effects(market), receiver(market)) == (1, 0, COOPS)
    after = order(market, {CHE_LAM: 1, MIEN: 1})
    with market.unit():
        paid_to = [db.session.get_one(PaymentRequest, one).account_no for one in (before.request, after.request)]
        own = queries.payee_of(1)
        assert own
        assert (paid_to, own.account_no) == ([OLD, COOPS], OLD)
    market.work()
    told = capsys.readouterr().out
    for words in (
        "Hợp tác xã Minh Khai mời nhận tiền qua hợp tác xã",
        "của Hợp tác xã Minh Khai, hợp tác xã nhận tiền thay",
        "Từ nay Hợp tác xã Minh Khai nhận tiền của đơn mới",
        "Cơ sở bà Mơ nhận tiền qua hợp tác xã",
    ):
        assert words in told


@SQLITE
def test_who_may_invite_whom_and_who_may_ask(market: MarketUnderTest) -> None:
    helper = Actor(ActorKind.HELPER, user_id=1, on_behalf_of=2)
    bad: list[tuple[type[Refused], Actor, int, int]] = [
        (NotACooperative, MO, 1, 2),
        (NotYours, MO, 2, 1),
        (NotYours, HANH, 2, 1),
        (NotAllowed, helper, 2, 1),
        (CannotJoin, TIN, 2, 2),
        (CannotJoin, TIN, 2, 99),
    ]
    for refusal, who, coop, stall in bad:
        with pytest.raises(refusal), market.unit():
            actions.invite(who, coop, stall)
    member_id = invited(market)
    assert invited(market) == member_id
    for who in (TIN, Actor(ActorKind.HELPER, user_id=1, on_behalf_of=1)):
        with pytest.raises((NotYours, NotAllowed)), market.unit():
            actions.ask_to_join(who, 1, member_id)
    for who, stall, invitation in ((MO, 1, member_id + 1), (TIN, 2, member_id)):
        with pytest.raises(NotInvited), market.unit():
            actions.ask_to_join(who, stall, invitation)
    with pytest.raises(NotYours), market.unit():
        actions.end_membership(MO, member_id)
    for values, refusal in (
        ({"kind": ProducerKind.COMPANY}, NotACooperative),
        ({"kind": ProducerKind.COOPERATIVE, "state": ProducerState.PAUSED}, NotACooperative),
    ):
        with market.unit():
            becomes(Actor.operator(), 2, **values)
        with pytest.raises(refusal), market.unit():
            actions.ask_to_join(MO, 1, member_id)
    with market.unit():
        becomes(Actor.operator(), 2, state=ProducerState.ACTIVE)
        becomes(Actor.operator(), 1, kind=ProducerKind.COOPERATIVE)
    with pytest.raises(CannotJoin), market.unit():
        actions.ask_to_join(MO, 1, member_id)


def test_an_invitation_taken_back_stops_the_change_and_a_frozen_account_lets_nobody_in(
    market: MarketUnderTest, now: time_machine.Traveller
) -> None:
    member_id = invited(market)
    change_id = asked(market, member_id)
    called_back(market, change_id)
    with market.unit():
        actions.freeze(QUAN, 2, reason="Nghi")
    now.shift(HOURS_48)
    assert (effects(market), receiver(market)) == (0, OLD)
    with market.unit():
        actions.end_membership(TIN, member_id)
        actions.end_membership(TIN, member_id)
    assert state(market, change_id) is ChangeState.STOPPED
    assert (effects(market), receiver(market)) == (0, OLD)
    with pytest.raises(NotInvited):
        asked(market, member_id)


@SQLITE
def test_a_change_whose_invitation_is_gone_is_stopped_when_its_time_comes(
    market: MarketUnderTest, now: time_machine.Traveller
) -> None:
    member_id = invited(market)
    change_id = asked(market, member_id)
    called_back(market, change_id)
    with market.unit():  # taken back in the moment in which she asked
        _taken_back(Actor.operator(), member_id)
    now.shift(HOURS_48)
    assert (effects(market), receiver(market)) == (0, OLD)
    assert state(market, change_id) is ChangeState.STOPPED


@db.action
def _taken_back(actor: Actor, member_id: int) -> None:
    db.session.execute(update(PayeeMember).where(PayeeMember.id == member_id).values(until=FRIDAY))


def test_leaving_is_an_ordinary_change_and_the_cooperative_may_end_it_at_once(
    market: MarketUnderTest, now: time_machine.Traveller, capsys: Out
) -> None:
    joined(market, now)
    coops = PayeeDraft(PayeeKind.PRODUCER, "970436", COOPS, "HTX MINH KHAI")
    with pytest.raises(SameAccount), market.unit():
        actions.ask_change(MO, 1, coops)
    with market.unit():  # her old one again
        change_id = actions.ask_change(MO, 1, PayeeDraft(PayeeKind.PRODUCER, "970405", OLD, "NGUYEN THI MO"))
    called_back(market, change_id)
    assert receiver(market) == COOPS
    now.shift(HOURS_48)
    assert (effects(market), receiver(market)) == (1, OLD)
    with market.unit():
        assert sharing.members(2) == []
    joined(market, now)  # and in again
    with market.unit():
        [one] = sharing.members(2)
        actions.end_membership(TIN, one.row.id)
    assert receiver(market) == OLD
    market.work()
    told = capsys.readouterr().out
    assert "Cơ sở bà Mơ thôi nhận tiền qua hợp tác xã" in told
    assert "trả vào tài khoản riêng ••••8801 đã duyệt" in told


@SQLITE
def test_the_cooperatives_own_change_reaches_its_members_and_they_are_told(
    market: MarketUnderTest, now: time_machine.Traveller, capsys: Out
) -> None:
    joined(market, now)
    with market.unit():
        change_id = actions.ask_change(
            TIN, 2, PayeeDraft(PayeeKind.COOPERATIVE, "970405", "1500206009999", "HTX MINH KHAI")
        )
    with market.unit():
        actions.approve_change(QUAN, change_id, called="+84900000102", heard=HEARD)
    now.shift(HOURS_48)
    assert (effects(market), receiver(market)) == (1, "1500206009999")
    market.work()
    assert "trả vào tài khoản ••••9999 của hợp tác xã" in capsys.readouterr().out


@SQLITE
def test_a_joining_that_was_somebody_elses_doing_is_undone_by_the_same_address(
    market: MarketUnderTest, now: time_machine.Traveller
) -> None:
    change_id = joined(market, now)
    with market.unit():
        one = changes.change(change_id)
        assert one
        path = changes.stop_path(one)
    assert market.client().post(path).status_code == 303
    assert receiver(market) == OLD
    with pytest.raises(AccountLookedAt):
        order(market, {CHE_LAM: 1})
    order(market, {MIEN: 1})  # the co-operative itself goes on selling
    with market.unit():
        actions.unfreeze(QUAN, 1, reason="Đã gặp bà Mơ")
    order(market, {CHE_LAM: 1})


@SQLITE
def test_an_account_left_while_frozen_stays_hidden_also_round_a_cooperative(
    market: MarketUnderTest, now: time_machine.Traveller
) -> None:
    joined(market, now)
    with market.unit():
        actions.freeze(HANH, 1, reason="Nghi")
        change_id = actions.ask_change(HANH, 1, stage.NEW_ACCOUNT)
    called_back(market, change_id, QUAN)
    now.shift(HOURS_48)
    assert effects(market) == 1
    with market.unit():
        actions.unfreeze(QUAN, 1, reason="Đã gặp")
        assert changes.unsafe([1]).holds(1, "970405", OLD)
        assert not changes.unsafe([1]).holds(1, stage.NEW_ACCOUNT.bank_bin, stage.NEW_ACCOUNT.account_no)

"""Suspected theft: nobody is asked to pay into the account, open orders hear it, another official shows it again."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from marketplace.kit import db
from marketplace.kit.errors import Refused
from marketplace.kit.money import Dong
from marketplace.orders.rules import AccountLookedAt, OrderState, Way
from marketplace.payments import queries as payment_queries
from marketplace.payments.rules import MoneyState, Situation, buyer_next, group_next
from marketplace.producers import actions, queries
from marketplace.producers.models import Payee
from marketplace.producers.queries import changes
from marketplace.producers.rules import (
    AlreadyFrozen,
    ChangeState,
    FrozenMeanwhile,
    NotFrozen,
    NothingToChange,
    PayeeDraft,
    PayeeKind,
    ReasonNeeded,
    StartedIt,
)
from tests import stage
from tests.desk.waiting import application, official, signed_up
from tests.market import MarketUnderTest
from tests.orders.shop import CHE_LAM, MIEN, Bought, order
from tests.orders.shop import actions as payments
from tests.producers.test_changing import (
    FRIDAY,
    HANH,
    HEARD,
    HOURS_48,
    MO,
    NEW,
    OLD,
    QUAN,
    STALL_PHONE,
    TIMER,
    account,
    approved,
    asked,
    effects,
    state,
)

Out = pytest.CaptureFixture[str]

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""Pages: the database makes no difference to them."""


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(FRIDAY, tick=False) as traveller:
        yield traveller


def freezes(market: MarketUnderTest) -> None:
    with market.unit():
        actions.freeze(HANH, 1, reason="Gọi thì không ai biết")


def shows_again(market: MarketUnderTest) -> None:
    with market.unit():
        actions.unfreeze(QUAN, 1, reason="Đã gặp bà Mơ")


def frozen(market: MarketUnderTest) -> bool:
    with market.unit():
        return changes.is_frozen(1)


def pictures(market: MarketUnderTest, bought: Bought) -> list[int]:
    addresses = [f"/don-hang/{bought.token}/qr/1.{kind}" for kind in ("png", "svg")]
    return [market.client().get(address).status_code for address in addresses]


def test_the_sentence_on_top_says_not_to_pay_before_anything_else() -> None:
    for money in MoneyState:
        for missing in (Dong(0), Dong(85_000)):
            one = Situation(OrderState.PLACED, Way.SHIP, money, missing, None, False, "Mơ", frozen=True)
            assert ("đừng chuyển" in str(buyer_next(one))) is bool(missing)
            other = Situation(OrderState.PLACED, Way.SHIP, MoneyState.WAITING, Dong(1), None, False, "Tín")
            hidden = bool(missing) and money is not MoneyState.CLAIMED
            assert ("đừng chuyển" in str(group_next([other, one]))) is hidden


def test_a_frozen_account_is_on_no_page_and_in_no_picture_and_who_paid_may_still_say_so(
    market: MarketUnderTest, capsys: Out
) -> None:
    bought = order(market, {CHE_LAM: 1})
    page = f"/don-hang/{bought.token}"
    assert pictures(market, bought) == [200, 200]
    assert OLD in market.client().get(page).text
    freezes(market)
    assert pictures(market, bought) == [404, 404]
    shown = market.client().get(page).text
    assert "Xin đừng chuyển tiền vào tài khoản này" in shown
    assert "••••8801" in shown
    assert OLD not in shown
    assert "/qr/1" not in shown
    with market.unit():
        found = payment_queries.group_page(bought.token)
        assert found
        [block] = found.payees
        assert (block.account_no, block.holder, block.payload, block.frozen) == ("", "", "", True)
    market.work()
    told = capsys.readouterr().out
    assert told.count("Xin đừng chuyển tiền vào tài khoản ••••8801") == 1
    assert "đang khóa" in told
    tapped = market.client().post(page + "/da-chuyen", data={"khoan": "1"}, follow_redirects=True).text
    assert "Đã báo chuyển" in tapped
    assert OLD not in tapped
    with market.unit():
        payments.producer_received(MO, bought.request)
        payments.accept(MO, bought.order)
    assert "Mã QR đã ẩn" in market.signed_in("Mơ").get("/ban-hang/").text


def test_only_those_who_have_not_paid_this_payee_are_told(market: MarketUnderTest, capsys: Out) -> None:
    paid, both = order(market, {CHE_LAM: 1}), order(market, {CHE_LAM: 1, MIEN: 1})
    order(market, {MIEN: 1})
    with market.unit():
        payments.producer_received(MO, paid.request)
    market.work()
    capsys.readouterr()
    freezes(market)
    market.work()
    out = capsys.readouterr().out
    assert out.count("Xin đừng chuyển tiền vào tài khoản") == 1
    assert f"/don-hang/{both.token}" in out
    both_shown = market.client().get(f"/don-hang/{both.token}").text
    assert OLD not in both_shown
    assert "0451000778899" in both_shown  # Tín's is not under suspicion
    shows_again(market)
    market.work()
    assert capsys.readouterr().out.count("đã kiểm tra xong") == 1
    assert OLD in market.client().get(f"/don-hang/{both.token}").text


@SQLITE
def test_nobody_is_frightened_when_it_is_shown_again_before_the_word_went_out(
    market: MarketUnderTest, capsys: Out
) -> None:
    order(market, {CHE_LAM: 1})
    freezes(market)
    shows_again(market)
    market.work()
    assert "Xin đừng chuyển tiền vào tài khoản" not in capsys.readouterr().out


def test_a_frozen_stall_takes_no_orders_and_is_paid_nothing(market: MarketUnderTest) -> None:
    freezes(market)
    with pytest.raises(AccountLookedAt):
        order(market, {CHE_LAM: 1})
    with market.unit():
        assert queries.payees([1, 2]).keys() == {2}
        assert payment_queries.card_offered() is None
    shows_again(market)
    order(market, {CHE_LAM: 1})


def test_freezing_stops_a_change_under_way_and_another_official_shows_the_account_again(
    market: MarketUnderTest,
) -> None:
    change_id = approved(market)
    for reason, refusal in (("", ReasonNeeded), (" ", ReasonNeeded)):
        with pytest.raises(refusal), market.unit():
            actions.freeze(HANH, 1, reason=reason)
    freezes(market)
    assert state(market, change_id) is ChangeState.STOPPED
    bad: list[tuple[type[Refused], object, str]] = [
        (StartedIt, HANH, "Đã gặp"),
        (ReasonNeeded, QUAN, ""),
    ]
    for refusal, who, reason in bad:
        with pytest.raises(refusal), market.unit():
            actions.unfreeze(who, 1, reason=reason)  # type: ignore[arg-type]
    with pytest.raises(AlreadyFrozen), market.unit():
        actions.freeze(QUAN, 1, reason="Nghi")
    shows_again(market)
    with pytest.raises(NotFrozen), market.unit():
        actions.unfreeze(QUAN, 1, reason="Nữa")


def test_the_stalls_own_stop_freezes_and_an_officials_does_not(market: MarketUnderTest) -> None:
    for who, wanted in ((HANH, False), (MO, True)):
        change_id = asked(market)
        with market.unit():
            actions.stop_change(who, change_id)
        assert frozen(market) is wanted
    with pytest.raises(FrozenMeanwhile):
        asked(market)  # whoever is in the stall begins no other one
    with market.unit():
        actions.unfreeze(HANH, 1, reason="Bà Mơ gõ nhầm số")  # nobody of the desk froze it


def test_a_theft_seen_too_late_is_reported_by_the_same_address_and_the_thiefs_account_never_shows_again(
    market: MarketUnderTest, now: time_machine.Traveller
) -> None:
    change_id = approved(market)
    now.shift(HOURS_48)
    assert effects(market) == 1
    robbed = order(market, {CHE_LAM: 1})
    with market.unit():
        one = changes.change(change_id)
        assert one
        path = changes.stop_path(one)
    assert "Khóa tài khoản" in market.client().get(path).text
    assert market.client().post(path).status_code == 303
    assert frozen(market)
    assert pictures(market, robbed) == [404, 404]
    with market.unit():
        payments.producer_received(MO, robbed.request, total_received=Dong(1_000))  # part of it: it stays open
    back = PayeeDraft(PayeeKind.PRODUCER, "970405", OLD, "NGUYEN THI MO")
    again = asked(market, HANH, back)
    with market.unit():
        actions.approve_change(QUAN, again, called=STALL_PHONE, heard=HEARD)
    now.shift(HOURS_48)
    assert effects(market) == 1
    shows_again(market)
    assert account(market) == OLD
    assert pictures(market, robbed) == [404, 404]
    assert NEW not in market.client().get(f"/don-hang/{robbed.token}").text
    fresh = order(market, {CHE_LAM: 1})
    assert pictures(market, fresh) == [200, 200]
    now.shift(timedelta(days=30))
    assert market.client().post(path, follow_redirects=True).status_code == 200
    assert not frozen(market)  # an old address does not freeze for ever


def test_an_account_that_was_left_while_frozen_and_approved_again_is_shown_again(
    market: MarketUnderTest, now: time_machine.Traveller
) -> None:
    freezes(market)
    for draft in (stage.NEW_ACCOUNT, PayeeDraft(PayeeKind.PRODUCER, "970405", OLD, "NGUYEN THI MO")):
        change_id = asked(market, HANH, draft)
        with market.unit():
            actions.approve_change(QUAN, change_id, called=STALL_PHONE, heard=HEARD)
        now.shift(HOURS_48)
        assert effects(market) == 1
    shows_again(market)
    assert pictures(market, order(market, {CHE_LAM: 1})) == [200, 200]


def test_an_account_that_was_never_approved_is_not_frozen(market: MarketUnderTest) -> None:
    with market.unit():
        sen = actions.apply(signed_up("Sen"), application())
    with pytest.raises(NothingToChange), market.unit():
        actions.freeze(official("Hạnh"), sen, reason="Nghi")


@SQLITE
def test_the_desk_asks_for_the_reason_and_keeps_it_in_the_queue(market: MarketUnderTest) -> None:
    hanh, quan = market.signed_in("Hạnh"), market.signed_in("Quân")
    desk = "/dieu-phoi/co-so/mo1/khoa"
    assert hanh.post(desk, data={"verb": "freeze", "reason": ""}).status_code == 422
    assert "Đã khóa" in hanh.post(desk, data={"verb": "freeze", "reason": "Nghi"}, follow_redirects=True).text
    assert "Cán bộ khác sẽ mở lại" in hanh.get(desk).text
    assert hanh.post(desk, data={"verb": "unfreeze", "reason": "Ổn"}).status_code == 403
    assert "đã khóa rồi" in quan.post(desk, data={"verb": "freeze", "reason": "Nghi"}, follow_redirects=True).text
    assert "Tài khoản đang khóa" in quan.get("/dieu-phoi/?muc=tai-khoan").text
    assert "Đã mở lại" in quan.post(desk, data={"verb": "unfreeze", "reason": "Đã gặp"}, follow_redirects=True).text
    with market.unit():
        payee = db.session.get_one(Payee, 1)
        assert (payee.frozen_at, payee.frozen_by, payee.frozen_reason) == (None, None, "")
        assert actions.take_effect(TIMER) == 0

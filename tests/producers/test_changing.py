"""Another account for Mơ's money: asked for, called back about, waited for, stopped."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from marketplace.accounts import queries as accounts
from marketplace.accounts.models import CoordinatorArea, User
from marketplace.kit import clock, db
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import AlreadyDecided, BadInput, NotAllowed, NotFound, NotYours, Refused
from marketplace.kit.outbox import Promise
from marketplace.notices.models import Notice
from marketplace.payments.models import PaymentRequest
from marketplace.producers import actions, queries
from marketplace.producers.models import PayeeChange
from marketplace.producers.queries import changes
from marketplace.producers.rules import (
    ChangeEnded,
    ChangeIsOpen,
    ChangeState,
    Heard,
    MismatchNeedsReason,
    NotAllHeard,
    NothingToChange,
    PayeeDraft,
    PayeeKind,
    SameAccount,
    StartedIt,
    TooSoonAfterReset,
    UnknownNumber,
)
from tests import cast, stage
from tests.desk.waiting import application, maker, official, signed_up
from tests.market import MarketUnderTest
from tests.orders.shop import CHE_LAM, order

MO, TIN, HANH, QUAN, THU, BINH = (
    maker("Mơ"), maker("Tín"), official("Hạnh"), official("Quân"), official("Thu"), official("Bình"),
)  # fmt: skip
STALL_PHONE = "+84900000101"
HEARD = [each.value for each in Heard]
OLD, NEW = "1500206008801", "0451000998877"
HOURS_48 = timedelta(hours=48)
TIMER = Actor.system("payee_changes")
FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""Pages: the database makes no difference to them."""


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(FRIDAY, tick=False) as traveller:
        yield traveller


def asked(market: MarketUnderTest, who: Actor = MO, draft: PayeeDraft = stage.NEW_ACCOUNT) -> int:
    with market.unit():
        return actions.ask_change(who, 1, draft)


def approved(market: MarketUnderTest, who: Actor = HANH) -> int:
    change_id = asked(market)
    with market.unit():
        actions.approve_change(who, change_id, called=STALL_PHONE, heard=HEARD)
    return change_id


def effects(market: MarketUnderTest) -> int:
    with market.unit():
        return actions.take_effect(TIMER)


def account(market: MarketUnderTest) -> str:
    with market.unit():
        payee = queries.payee_of(1)
        assert payee
        return payee.account_no


def state(market: MarketUnderTest, change_id: int) -> ChangeState:
    with market.unit():
        return db.session.get_one(PayeeChange, change_id).state


@db.action
def reset(actor: Actor, name: str) -> None:
    db.session.execute(update(User).where(User.id == cast.user_id(name)).values(reset_at=clock.now()))


def test_it_takes_effect_48_hours_after_the_call_and_old_orders_keep_the_old_account(
    market: MarketUnderTest, now: time_machine.Traveller
) -> None:
    before = order(market, {CHE_LAM: 1})
    change_id = approved(market)
    now.shift(HOURS_48 - timedelta(seconds=1))
    assert effects(market) == 0
    assert account(market) == OLD
    now.shift(timedelta(seconds=1))
    assert effects(market) == 1
    assert effects(market) == 0
    assert account(market) == NEW
    after = order(market, {CHE_LAM: 1})
    with market.unit():
        paid_to = {row.id: row.account_no for row in db.session.scalars(select(PaymentRequest))}
        payee = queries.payee_of(1)
        assert payee
        assert (payee.holder, payee.approved_by, payee.holder_matches) == ("NGUYEN THI MO", HANH.user_id, True)
    assert (paid_to[before.request], paid_to[after.request]) == (OLD, NEW)
    assert state(market, change_id) is ChangeState.DONE


def test_what_was_only_asked_for_never_takes_effect(market: MarketUnderTest, now: time_machine.Traveller) -> None:
    asked(market)
    now.shift(timedelta(days=60))
    assert effects(market) == 0
    assert account(market) == OLD


def test_nothing_changes_within_48_hours_of_a_reset(market: MarketUnderTest, now: time_machine.Traveller) -> None:
    with market.unit():
        reset(TIMER, "Mơ")
        assert accounts.reset_at(cast.user_id("Mơ")) == FRIDAY
        assert accounts.reset_at(cast.user_id("Tín")) is None
    for who in (MO, HANH):
        with pytest.raises(TooSoonAfterReset):
            asked(market, who)
    now.shift(HOURS_48)
    approved(market)
    now.shift(timedelta(hours=47))
    with market.unit():
        reset(TIMER, "Mơ")  # somebody else got in meanwhile
    now.shift(timedelta(hours=1))
    assert effects(market) == 0
    with market.unit():
        one = changes.open_change(1)
        assert one
        assert one.effective_at == clock.now() + timedelta(hours=47)
    now.shift(timedelta(hours=47))
    assert effects(market) == 1


def test_whoever_began_it_does_not_decide_and_another_office_does(market: MarketUnderTest) -> None:
    change_id = asked(market, HANH)
    for verb in (
        lambda: actions.approve_change(HANH, change_id, called=STALL_PHONE, heard=HEARD),
        lambda: actions.refuse_change(HANH, change_id, reason="Thôi"),
    ):
        with pytest.raises(StartedIt), market.unit():
            verb()
    with pytest.raises(NotYours), market.unit():
        actions.approve_change(THU, change_id, called=STALL_PHONE, heard=HEARD)
    with market.unit():
        actions.approve_change(QUAN, change_id, called=STALL_PHONE, heard=HEARD)
    assert state(market, change_id) is ChangeState.APPROVED


@db.action
def becomes_official(actor: Actor, name: str) -> None:
    db.session.add(
        CoordinatorArea(
            user_id=cast.user_id(name), province_code="01", commune_code="09955", office="UBND", granted_at=cast.BEGAN
        )
    )


def test_the_next_office_is_told_when_the_nearest_began_it(market: MarketUnderTest) -> None:
    asked(market, HANH)
    market.work()
    assert told(market) == {"Quân"}


def test_a_colleague_of_the_same_office_is_told_first(market: MarketUnderTest) -> None:
    with market.unit():
        becomes_official(Actor.operator(), "Lan")
    asked(market, HANH)
    market.work()
    assert told(market) == {"Lan"}


def test_who_asks_as_the_producer_and_is_an_official_does_not_decide(market: MarketUnderTest) -> None:
    with market.unit():
        becomes_official(Actor.operator(), "Mơ")
    change_id = asked(market)
    both = Actor(ActorKind.COORDINATOR, cast.user_id("Mơ"), areas=HANH.areas)
    with pytest.raises(StartedIt), market.unit():
        actions.approve_change(both, change_id, called=STALL_PHONE, heard=HEARD)


def test_an_official_who_lately_let_her_in_at_the_desk_does_not_decide(market: MarketUnderTest) -> None:
    with market.unit():
        from_desk = accounts_opened_by_hanh()
    assert from_desk
    change_id = asked(market)
    with pytest.raises(StartedIt), market.unit():
        actions.approve_change(HANH, change_id, called=STALL_PHONE, heard=HEARD)
    with market.unit():
        actions.approve_change(QUAN, change_id, called=STALL_PHONE, heard=HEARD)


@db.action
def accounts_opened_by_hanh() -> bool:
    db.session.add(db.trail_row(HANH, "open_code", "user", cast.user_id("Mơ"), ""))
    return True


def told(market: MarketUnderTest) -> set[str]:
    names = {person.id: name for name, person in cast.PEOPLE.items()}
    with market.unit():
        rows = db.session.scalars(select(Notice.user_id).where(Notice.topic == "payee.asked"))
        return {names[user_id] for user_id in rows if user_id}


def test_the_call_goes_to_a_known_number_and_brings_everything(market: MarketUnderTest) -> None:
    change_id = asked(market)
    bad: list[tuple[str, list[str], type[Refused]]] = [
        ("+84912345678", HEARD, UnknownNumber),
        ("", HEARD, UnknownNumber),
        (STALL_PHONE, HEARD[:2], NotAllHeard),
        (STALL_PHONE, [], NotAllHeard),
    ]
    for called, heard, refusal in bad:
        with pytest.raises(refusal), market.unit():
            actions.approve_change(HANH, change_id, called=called, heard=heard)
    with market.unit():
        actions.approve_change(HANH, change_id, called=cast.PEOPLE["Mơ"].phone, heard=HEARD)
    with pytest.raises(AlreadyDecided), market.unit():
        actions.approve_change(QUAN, change_id, called=STALL_PHONE, heard=HEARD)


def test_a_foreign_holder_needs_a_reason_as_for_the_first_account(market: MarketUnderTest) -> None:
    change_id = asked(market, draft=PayeeDraft(PayeeKind.PRODUCER, "970436", NEW, "TRAN VAN HUNG"))
    with pytest.raises(MismatchNeedsReason), market.unit():
        actions.approve_change(HANH, change_id, called=STALL_PHONE, heard=HEARD)
    with market.unit():
        actions.approve_change(HANH, change_id, called=STALL_PHONE, heard=HEARD, mismatch_reason="Chồng, đã gặp")


def test_one_at_a_time_and_only_another_whole_account(market: MarketUnderTest) -> None:
    same = PayeeDraft(PayeeKind.PRODUCER, "970405", "1500 2060 08801", "Nguyễn Thị Mơ")
    refusals: list[tuple[PayeeDraft, type[Refused]]] = [
        (same, SameAccount),
        (PayeeDraft(PayeeKind.PRODUCER, "", NEW, "A"), BadInput),
        (PayeeDraft(PayeeKind.PRODUCER, "970436", "12", "A"), BadInput),
        (PayeeDraft(PayeeKind.PRODUCER, "970436", NEW, " "), BadInput),
    ]
    for draft, refusal in refusals:
        with pytest.raises(refusal):
            asked(market, draft=draft)
    asked(market)
    with pytest.raises(ChangeIsOpen):
        asked(market, HANH)
    with pytest.raises(NotYours):
        asked(market, TIN)
    helper = Actor(ActorKind.HELPER, 9, on_behalf_of=1)
    with pytest.raises(NotAllowed):
        asked(market, helper)


def test_the_first_account_is_approved_with_its_stall_not_changed(market: MarketUnderTest) -> None:
    with market.unit():
        sen = actions.apply(signed_up("Sen"), application())
    with pytest.raises(NothingToChange), market.unit():
        actions.ask_change(official("Hạnh"), sen, stage.NEW_ACCOUNT)


def test_it_is_told_in_the_stall_and_on_every_way_and_stopped_by_one_tap_without_signing_in(
    market: MarketUnderTest, capsys: pytest.CaptureFixture[str]
) -> None:
    change_id = approved(market)
    market.work()
    out = capsys.readouterr().out
    assert out.count("Gửi tới 0900 000 001") == 2  # asked, approved: her own telephone
    assert out.count("Gửi tới 0900 000 101") == 2  # and the number the stall is known by
    assert OLD not in out
    assert NEW not in out
    [path] = set(re.findall(r"/dung-doi-tai-khoan/\w+/\w+", out))
    with market.unit():
        kept = [row.sealed for row in db.session.scalars(select(Promise).where(Promise.topic == "message.send"))]
        assert not any(path in notice.body + notice.url for notice in db.session.scalars(select(Notice)))
    assert set(kept) == {None}
    stranger = market.client()
    assert "Dừng lại" in stranger.get(path).text
    assert state(market, change_id) is ChangeState.APPROVED  # opening is not pressing
    assert stranger.get(path[:-1] + "g").status_code == 404
    assert stranger.post(path[:-1] + "g").status_code == 404
    for _press in range(2):
        assert "Đã dừng" in stranger.post(path, follow_redirects=True).text
    assert state(market, change_id) is ChangeState.STOPPED
    assert "Dừng lại" not in stranger.get(path).text
    market.work()
    assert "có người bấm dừng" in capsys.readouterr().out


@SQLITE
def test_it_stands_on_every_page_of_the_stall_on_every_telephone(market: MarketUnderTest) -> None:
    change_id = asked(market, HANH)
    for phone in (market.signed_in("Mơ"), market.signed_in("Mơ")):
        for path in ("/ban-hang/", "/ban-hang/don", "/ban-hang/tien", "/ban-hang/gian-hang/tai-khoan"):
            assert "Đang có người đổi tài khoản nhận tiền" in phone.get(path).text
    assert "Đang có người đổi" not in market.signed_in("Tín").get("/ban-hang/").text
    with market.unit():
        key = db.session.get_one(PayeeChange, change_id).key
    assert market.signed_in("Tín").post("/ban-hang/gian-hang/tai-khoan/dung", data={"lan": key}).status_code == 404
    stopped = market.signed_in("Mơ").post(
        "/ban-hang/gian-hang/tai-khoan/dung", data={"lan": key}, follow_redirects=True
    )
    assert "Đã dừng" in stopped.text
    assert state(market, change_id) is ChangeState.STOPPED
    with pytest.raises(ChangeEnded), market.unit():
        actions.stop_change(HANH, change_id)


@SQLITE
def test_a_strange_address_stops_nothing(market: MarketUnderTest) -> None:
    change_id = asked(market)
    with market.unit():
        key = db.session.get_one(PayeeChange, change_id).key
    for given in ((key, ""), (key, "0" * 32), ("", "0" * 32), ("khong", "é")):
        with pytest.raises(NotFound), market.unit():
            actions.stop_change_by_path(Actor.stranger(), *given)
    assert state(market, change_id) is ChangeState.ASKED


@SQLITE
def test_what_was_typed_wrong_is_asked_again_and_nothing_is_lost(market: MarketUnderTest) -> None:
    mo, hanh, quan = market.signed_in("Mơ"), market.signed_in("Hạnh"), market.signed_in("Quân")
    address = "/ban-hang/gian-hang/tai-khoan/doi"
    wrong = mo.post(address, data={"bank_bin": "970436", "account_no": "12", "holder": "NGUYEN THI MO"})
    assert wrong.status_code == 422
    assert 'value="NGUYEN THI MO"' in wrong.text
    right = {"bank_bin": "970436", "account_no": "0451 0009 98877", "holder": "Nguyễn Thị Mơ"}
    assert mo.post(address, data=right).status_code == 303
    assert "chưa xong" in mo.post(address, data=right).text
    assert "chưa xong" in hanh.post("/dieu-phoi/co-so/mo1/tai-khoan", data=right).text
    assert "Cơ sở bà Mơ" in quan.get("/dieu-phoi/?muc=tai-khoan").text
    with market.unit():
        one = changes.open_change(1)
        assert one
        desk = f"/dieu-phoi/tai-khoan/{one.key}"
    half = hanh.post(desk, data={"verb": "approve", "called": STALL_PHONE, "heard": ["name"]})
    assert half.status_code == 422
    assert "Chưa nghe đủ" in half.text
    assert hanh.post(desk, data={"verb": "refuse", "reason": ""}).status_code == 422
    done = {"verb": "approve", "called": STALL_PHONE, "heard": HEARD}
    assert "Đã duyệt" in hanh.post(desk, data=done, follow_redirects=True).text
    assert "đã có người làm trước" in quan.post(desk, data=done, follow_redirects=True).text
    refused = quan.post(desk, data={"verb": "refuse", "reason": "Gọi lại thì không ai biết"}, follow_redirects=True)
    assert "không duyệt" in refused.text
    assert "Gọi lại thì không ai biết" in mo.get("/ban-hang/gian-hang/tai-khoan").text

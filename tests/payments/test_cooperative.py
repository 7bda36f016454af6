"""One account for several stalls: one request, whoever has the account says what came, and what ends is asked for no more."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from marketplace.catalog.models import Variant
from marketplace.kit import clock, db
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotFound, NotYours
from marketplace.kit.money import Dong
from marketplace.orders.models import Order
from marketplace.orders.rules import CLOSED, NotPaidYet, OrderState
from marketplace.payments import actions, queries
from marketplace.payments.actions.seeing import RequestClosed
from marketplace.payments.models import MoneyDoubt, MoneyFact, PaymentRequest, PaymentShare, RefundDue
from marketplace.payments.queries import cards
from marketplace.payments.queries.facts import wanted_of
from marketplace.payments.queries.old_money import old_doubts
from marketplace.payments.rules import FactKind, Method, MoneyState
from marketplace.payments.rules.card import Doubt, NoteNeeded
from marketplace.payments.rules.old_money import NotClosed, Outcome, OutcomeNeeded, SumNeeded
from marketplace.producers import actions as producers
from marketplace.producers.models import Payee, PayeeChange
from tests import cast
from tests.desk.waiting import official
from tests.market import MarketUnderTest
from tests.orders.shop import (
    CHE_LAM,
    CLOCK,
    KEO_LAC,
    MIEN,
    MO,
    TIN,
    Bought,
    does,
    fill,
    find,
    order,
    ordered,
    page,
    row,
)
from tests.producers.test_changing import FRIDAY, HANH, QUAN, THU

Out = pytest.CaptureFixture[str]
SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
COOPS = "0451000778899"


@pytest.fixture
def coop(market: MarketUnderTest) -> MarketUnderTest:
    """Mơ is paid into the account of Tín's co-operative."""
    with market.unit():
        cast.paid_into_the_coop(Actor.operator())
    return market


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(FRIDAY, tick=False) as traveller:
        yield traveller


def both(market: MarketUnderTest) -> Bought:
    """One order of Mơ's and one of the co-operative's own, in one transfer."""
    bought = order(market, {CHE_LAM: 1, MIEN: 1})
    assert len(bought.order_ids) == 2
    return bought


def request(market: MarketUnderTest, request_id: int) -> PaymentRequest:
    with market.unit():
        one = db.session.get_one(PaymentRequest, request_id)
        db.session.expunge(one)
    return one


def newest(market: MarketUnderTest, bought: Bought) -> PaymentRequest:
    return request(market, find(market, bought.token).request_ids[-1])


def totals(market: MarketUnderTest, bought: Bought) -> list[int]:
    return [row(market, order_id).total for order_id in bought.order_ids]


def owed(market: MarketUnderTest, order_id: int) -> int:
    with market.unit():
        return sum(db.session.scalars(select(RefundDue.amount).where(RefundDue.order_id == order_id)))


def money(market: MarketUnderTest, bought: Bought) -> list[tuple[MoneyState, int]]:
    """State and received of each order's share that counts."""
    return [(one.money, one.received) for one in page(market, bought.token).orders]


def test_two_stalls_of_one_cooperative_are_one_transfer_which_only_it_confirms(
    coop: MarketUnderTest, capsys: Out
) -> None:
    bought = both(coop)
    mos, tins = bought.order_ids
    [block] = page(coop, bought.token).payees
    assert block.due == sum(totals(coop, bought))
    assert (block.producer_name, block.account_no, block.of) == ("Hợp tác xã Minh Khai", COOPS, 1)
    assert block.stalls == "Cơ sở bà Mơ, Hợp tác xã Minh Khai"
    does(coop, actions.buyer_tap, bought.buyer, bought.request)
    for verb in (actions.producer_received, actions.producer_not_seen):
        with pytest.raises(NotYours):
            does(coop, verb, MO, bought.request)
    with pytest.raises(NotPaidYet):
        does(coop, actions.accept, MO, mos)
    with coop.unit():
        assert (queries.today(1).to_confirm, queries.today(2).to_confirm) == (0, 1)
        assert (queries.money_for(1).received, queries.money_for(1).expected) == (0, totals(coop, bought)[0])
    does(coop, actions.producer_received, TIN, bought.request)
    coop.work()
    told = capsys.readouterr().out
    assert told.count("người mua báo đã chuyển khoản") == 1  # to the co-operative, once for both
    assert f"/ban-hang/khoan/{request(coop, bought.request).reference}" not in told.partition("tiền đã về")[2]
    assert told.count("tiền đã về") == 1  # to Mơ, who may go on
    for who, order_id in ((MO, mos), (TIN, tins)):
        does(coop, actions.accept, who, order_id)
    assert [one.state for one in page(coop, bought.token).orders] == [OrderState.ACCEPTED] * 2


@SQLITE
def test_cash_and_cards_of_a_member_are_what_they_were(coop: MarketUnderTest) -> None:
    bought = ordered(coop, fill(coop, {CHE_LAM: 1, MIEN: 1}), {1: Method.COD, 2: Method.COD})
    assert len(bought.request_ids) == 2
    assert all(not one.coop for one in page(coop, bought.token).orders)
    does(coop, actions.accept, MO, bought.order_ids[0])
    with pytest.raises(NotYours):
        does(coop, actions.cash_in_hand, TIN, bought.order_ids[0])


@pytest.mark.parametrize("who", ["buyer", "seller"])
def test_what_ended_unpaid_is_asked_for_no_more_and_the_old_account_stays(
    coop: MarketUnderTest, now: time_machine.Traveller, capsys: Out, who: str
) -> None:
    bought = both(coop)
    mos, tins = bought.order_ids
    with coop.unit():
        _other_account(Actor.operator())
    now.shift(timedelta(hours=20))
    if who == "buyer":
        does(coop, actions.cancel_by_buyer, bought.buyer, mos)
    else:
        does(coop, actions.cannot_make, MO, mos, reason="Hết", goods_back=True)
    old, new = request(coop, bought.request), newest(coop, bought)
    assert old.closed_at is not None
    assert old.reference != new.reference
    assert (new.due, new.account_no, new.closed_at) == (totals(coop, bought)[1], COOPS, None)
    [block] = page(coop, bought.token).payees
    assert (block.reference, block.missing, block.of) == (new.reference, new.due, 1)
    assert row(coop, tins).hold_until == clock.now() + timedelta(hours=12)  # time enough to scan another code
    assert owed(coop, mos) == 0
    for verb, actor in (
        (actions.buyer_tap, bought.buyer),
        (actions.producer_received, TIN),
        (actions.producer_not_seen, TIN),
    ):
        with pytest.raises(RequestClosed):
            does(coop, verb, actor, old.id)
    coop.work()
    assert "Đừng dùng mã cũ nữa" in capsys.readouterr().out
    does(coop, actions.producer_received, TIN, new.id)
    does(coop, actions.accept, TIN, tins)


@db.action
def _other_account(actor: Actor) -> None:
    db.session.execute(update(Payee).where(Payee.id == 2).values(account_no="0451000000001"))


def test_once_money_came_or_was_claimed_the_request_stays(coop: MarketUnderTest) -> None:
    paid, claimed = both(coop), both(coop)
    does(coop, actions.producer_received, TIN, paid.request)
    does(coop, actions.buyer_tap, claimed.buyer, claimed.request)
    for bought in (paid, claimed):
        does(coop, actions.cancel_by_buyer, bought.buyer, bought.order_ids[0])
        assert request(coop, bought.request).closed_at is None
        assert find(coop, bought.token).request_ids == bought.request_ids
        assert owed(coop, bought.order_ids[0]) == totals(coop, bought)[0]
    with coop.unit():
        waiting = queries.today(1).to_refund, queries.today(2).to_refund
        refund = db.session.scalars(select(RefundDue.id).where(RefundDue.order_id == paid.order_ids[0])).one()
    assert waiting == (0, 2)
    for verb in (actions.refund_sent, actions.refund_disputed):
        with pytest.raises(NotYours):
            does(coop, verb, MO, refund)
    does(coop, actions.refund_sent, TIN, refund)
    does(coop, actions.refund_back, paid.buyer, refund)
    # nothing came of the claim: now it is unpaid, and only the rest is asked for
    does(coop, actions.producer_not_seen, TIN, claimed.request)
    assert owed(coop, claimed.order_ids[0]) == 0
    assert request(coop, claimed.request).closed_at is not None
    assert newest(coop, claimed).due == totals(coop, claimed)[1]
    taken_back = both(coop)
    does(coop, actions.buyer_tap, taken_back.buyer, taken_back.request)
    does(coop, actions.cancel_by_buyer, taken_back.buyer, taken_back.order_ids[0])
    with coop.unit():
        refund = db.session.scalars(select(RefundDue.id).where(RefundDue.order_id == taken_back.order_ids[0])).one()
    does(coop, actions.refund_withdrawn, taken_back.buyer, refund)
    assert newest(coop, taken_back).due == totals(coop, taken_back)[1]


@SQLITE
def test_a_part_pays_the_orders_that_go_on_first_and_no_dong_is_asked_for_in_vain(coop: MarketUnderTest) -> None:
    bought = both(coop)
    mos, tins = bought.order_ids
    first, second = totals(coop, bought)
    does(coop, actions.producer_received, TIN, bought.request, total_received=Dong(30_000))
    does(coop, actions.cancel_by_buyer, bought.buyer, mos)
    assert money(coop, bought) == [(MoneyState.WAITING, 0), (MoneyState.PART, 30_000)]
    [block] = page(coop, bought.token).payees
    assert block.missing == second - 30_000
    does(coop, actions.buyer_tap, bought.buyer, bought.request)
    assert owed(coop, mos) == 0  # the tap was for what was asked
    does(coop, actions.producer_received, TIN, bought.request)
    assert money(coop, bought)[1] == (MoneyState.PAID, second)
    does(coop, actions.accept, TIN, tins)
    with coop.unit():
        assert wanted_of(db.session.get_one(PaymentRequest, bought.request)) == 0
    does(coop, actions.producer_received, TIN, bought.request, total_received=Dong(second + 7_000))
    assert owed(coop, mos) == 7_000
    assert first > 7_000


@SQLITE
def test_of_two_late_ones_the_one_that_is_sold_out_goes_back_and_the_other_is_asked_for_alone(
    coop: MarketUnderTest, now: time_machine.Traveller
) -> None:
    bought = order(coop, {KEO_LAC: 3, MIEN: 1})
    mos, tins = bought.order_ids
    now.shift(timedelta(hours=25))
    does(coop, actions.expire_holds, CLOCK)
    assert {row(coop, one).state for one in bought.order_ids} == {OrderState.EXPIRED}  # both: they have one clock
    assert find(coop, bought.token).request_ids == bought.request_ids
    order(coop, {KEO_LAC: 1})  # somebody else took it
    does(coop, actions.buyer_tap, bought.buyer, bought.request)
    assert [row(coop, one).state for one in bought.order_ids] == [OrderState.EXPIRED, OrderState.PLACED]
    assert owed(coop, mos) == totals(coop, bought)[0]
    does(coop, actions.producer_not_seen, TIN, bought.request)
    assert (owed(coop, mos), newest(coop, bought).due) == (0, row(coop, tins).total)
    assert row(coop, tins).hold_until == clock.now() + timedelta(hours=12)


@SQLITE
def test_a_frozen_account_hides_the_transfers_of_all_members(coop: MarketUnderTest) -> None:
    mos, together = order(coop, {CHE_LAM: 1}), both(coop)
    with coop.unit():
        producers.freeze(QUAN, 2, reason="Nghi")
    for bought in (mos, together):
        [block] = page(coop, bought.token).payees
        assert (block.frozen, block.payload, block.account_no) == (True, "", "")


def stale(market: MarketUnderTest) -> tuple[Bought, int, PaymentRequest]:
    """Mơ's order was cancelled: the closed request, and the one in its place."""
    bought = both(market)
    does(market, actions.cancel_by_buyer, bought.buyer, bought.order_ids[0])
    return bought, bought.request, newest(market, bought)


def doubt(market: MarketUnderTest) -> tuple[Doubt, int, bool]:
    with market.unit():
        one = db.session.scalars(select(MoneyDoubt).order_by(MoneyDoubt.id.desc())).first()
        assert one
        return one.why, one.amount, one.settled_at is not None


def decides(market: MarketUnderTest, outcome: str, amount: int | None, who: Actor = QUAN, note: str = "Đã gọi") -> None:
    with market.unit():
        [one] = old_doubts(QUAN)
        actions.settle_old_money(who, one.doubt_id, outcome, amount=Dong(amount) if amount else None, note=note)


def received(market: MarketUnderTest) -> Mapping[int, int]:
    with market.unit():
        rows = db.session.execute(
            select(MoneyFact.request_id, MoneyFact.amount).where(MoneyFact.kind == FactKind.RECEIVED)
        )
        return {row[0]: row[1] for row in rows}


def test_money_with_the_old_reference_counts_for_nothing_until_a_person_has_decided(
    coop: MarketUnderTest, capsys: Out
) -> None:
    bought, old, new = stale(coop)
    for verb, who in ((actions.old_money_said, Actor.buyer(999)), (actions.old_money_said, TIN)):
        with pytest.raises(NotYours):
            does(coop, verb, who, old)
    with pytest.raises(NotYours):
        does(coop, actions.old_money_seen, MO, old, amount=Dong(1_000))
    with pytest.raises(NotClosed):
        does(coop, actions.old_money_seen, TIN, new.id, amount=Dong(1_000))
    with pytest.raises(SumNeeded):
        does(coop, actions.old_money_seen, TIN, old, amount=None)
    does(coop, actions.old_money_said, bought.buyer, old)
    does(coop, actions.old_money_said, bought.buyer, old)
    assert doubt(coop) == (Doubt.OLD_SAID, sum(totals(coop, bought)), False)
    assert row(coop, bought.order_ids[1]).hold_until is None  # the goods wait for the decision
    does(coop, actions.old_money_seen, TIN, old, amount=Dong(150_000))
    does(coop, actions.old_money_said, bought.buyer, old)
    assert doubt(coop) == (Doubt.OLD_SEEN, 150_000, False)
    assert received(coop) == {}
    assert [one.said for one in page(coop, bought.token).old] == [150_000]
    for bad, outcome, amount, note in (
        (OutcomeNeeded, "", 1, "x"), (NoteNeeded, "counted", 1, " "), (SumNeeded, "back", None, "x"), (SumNeeded, "counted", 10**20, "x"),
    ):  # fmt: skip
        with pytest.raises(bad):
            decides(coop, outcome, amount, note=note)
    for who in (THU, HANH, MO, TIN, bought.buyer):
        with pytest.raises(NotYours):
            decides(coop, "counted", 150_000, who)
    decides(coop, Outcome.COUNTED, 150_000)
    assert received(coop) == {new.id: 150_000}
    assert money(coop, bought)[1][0] is MoneyState.OVER
    assert owed(coop, bought.order_ids[1]) == 150_000 - new.due  # what is too much goes back
    coop.work()
    assert capsys.readouterr().out.count("Tiền đã tính cho các đơn còn lại") == 2  # to buyer and co-operative


@SQLITE
def test_money_with_the_old_reference_may_go_back_or_be_none_and_may_come_again(coop: MarketUnderTest) -> None:
    bought, old, new = stale(coop)
    does(coop, actions.old_money_said, bought.buyer, old)
    with time_machine.travel(clock.now() + timedelta(hours=30), tick=False):
        decides(coop, Outcome.NOTHING, None)
        assert row(coop, bought.order_ids[1]).hold_until == clock.now() + timedelta(hours=12)
    assert (received(coop), owed(coop, bought.order_ids[0])) == ({}, 0)
    does(coop, actions.old_money_seen, TIN, old, amount=Dong(150_000))
    with coop.unit():
        [one] = old_doubts(QUAN)
    for _twice in range(2):
        with coop.unit():
            actions.settle_old_money(official("Bình"), one.doubt_id, Outcome.BACK, amount=Dong(150_000), note="Đã gọi")
    assert (received(coop), owed(coop, bought.order_ids[0])) == ({}, 150_000)
    does(coop, actions.producer_received, TIN, new.id)
    does(coop, actions.accept, TIN, bought.order_ids[1])  # the refund is none of this order's
    with coop.unit():
        refund = db.session.scalars(select(RefundDue.id)).one()
    does(coop, actions.refund_sent, TIN, refund)


@SQLITE
def test_counted_after_the_rest_ended_too_it_all_goes_back(coop: MarketUnderTest) -> None:
    bought, old, _new = stale(coop)
    does(coop, actions.old_money_seen, TIN, old, amount=Dong(150_000))
    does(coop, actions.cancel_by_buyer, bought.buyer, bought.order_ids[1])
    decides(coop, Outcome.COUNTED, 150_000)
    assert sum(owed(coop, one) for one in bought.order_ids) == 150_000
    with coop.unit():
        assert all(one.state in CLOSED for one in db.session.scalars(select(Order)))
        assert db.session.scalars(select(PaymentShare.received)).all().count(150_000) == 1
        assert db.session.scalars(select(Variant.held).where(Variant.id == MIEN)).one() == 0


@SQLITE
def test_what_the_pages_say_and_let_nobody_else_do(coop: MarketUnderTest) -> None:
    bought = both(coop)
    tin, mo, buyer = coop.signed_in("Tín"), coop.signed_in("Mơ"), coop.client()
    ours, code = f"/don-hang/{bought.token}", row(coop, bought.order_ids[0]).code
    reference = request(coop, bought.request).reference
    shown = buyer.get(ours).text
    assert "Nhận thay cho: Cơ sở bà Mơ, Hợp tác xã Minh Khai" in shown
    buyer.post(f"{ours}/da-chuyen", data={"khoan": "1", "ma": reference})
    kept = f"/ban-hang/khoan/{reference}"
    listed = tin.get("/ban-hang/hop-tac-xa/tien").text
    assert kept in listed
    assert "Trần Thị Lan" not in listed + tin.get(kept).text  # money only
    hers = mo.get(f"/ban-hang/don/{code}").text
    assert "Hợp tác xã Minh Khai nhận tiền cho đơn này" in hers
    assert "Đã nhận tiền" not in hers
    assert mo.get(kept).status_code == mo.post(kept, data={"verb": "received"}).status_code == 404
    assert mo.post(f"/ban-hang/don/{code}", data={"verb": "received"}).status_code == 404
    assert mo.get("/ban-hang/hop-tac-xa/tien").status_code == 404
    assert tin.get(f"/ban-hang/don/{code}").status_code == 404
    assert "hop-tac-xa/tien" in tin.get("/ban-hang/").text
    assert tin.post(kept, data={"verb": "sum", "total": "abc"}).status_code == 422
    assert "tất cả nhận được" in tin.post(kept, data={"verb": "sum", "total": "2.000"}, follow_redirects=True).text
    assert "không thể ít hơn" in tin.post(kept, data={"verb": "sum", "total": "1.000"}).text
    assert "Các gian hàng được báo" in tin.post(kept, data={"verb": "received"}, follow_redirects=True).text
    mo.post(f"/ban-hang/don/{code}/khong-lam-duoc", data={"reason": "Hết nguyên liệu", "goods": "back"})
    back = tin.get(kept).text
    assert "Trần Thị Lan" in back  # now it has to be sent to somebody
    with coop.unit():
        refund = db.session.scalars(select(RefundDue.id)).one()
    assert mo.post("/ban-hang/tien", data={"khoan": str(refund)}).status_code == 404
    sent = tin.post("/ban-hang/tien", data={"khoan": str(refund), "ma": reference})
    assert sent.headers["Location"].endswith(kept)


@SQLITE
def test_a_page_that_was_open_already_and_the_desk(coop: MarketUnderTest) -> None:
    bought, old, _new = stale(coop)
    buyer, tin, quan = coop.client(), coop.signed_in("Tín"), coop.signed_in("Quân")
    reference = request(coop, old).reference
    ours, kept, desk = f"/don-hang/{bought.token}", f"/ban-hang/khoan/{reference}", "/dieu-phoi/hoan-tien"
    assert reference not in buyer.get("/don-hang/" + both(coop).token).text
    assert buyer.post(f"{ours}/da-chuyen", data={"khoan": "1", "ma": "OCOP000000000"}).status_code == 404
    said = buyer.post(f"{ours}/da-chuyen", data={"khoan": "1", "ma": reference}, follow_redirects=True).text
    assert "Cán bộ sẽ xem tiền ấy" in said
    assert "đừng chuyển thêm lần nữa" in said
    assert [state for state, _sum in money(coop, bought)] == [MoneyState.WAITING] * 2
    assert "Người mua báo đã chuyển" in tin.get(kept).text
    noted = tin.post(kept, data={"verb": "old", "total": "150.000"}, follow_redirects=True).text
    assert "Đã ghi 150.000" in noted
    assert tin.post(kept, data={"verb": "received"}, follow_redirects=True).text.count("đã đóng") >= 1
    assert "Tiền chuyển theo mã đã đóng" in quan.get(desk).text
    with coop.unit():  # not among the doubts about cards, nor settled there
        assert (list(cards.doubts()), cards.doubt_count()) == ([], 0)
    with pytest.raises(NotFound):
        does(coop, actions.settle_doubt, official("Bình"), 1, note="Đã xem")
    assert "Tiền chuyển theo mã đã đóng" not in coop.signed_in("Hạnh").get(desk).text  # not her commune
    wrong = quan.post(f"{desk}/ma-cu/1", data={"outcome": "counted", "amount": "150.000", "note": ""})
    assert (wrong.status_code, "checked" in wrong.text) == (422, True)
    assert coop.signed_in("Thu").post(f"{desk}/ma-cu/1", data={"outcome": "nothing", "note": "x"}).status_code == 404
    done = {"outcome": "counted", "amount": "150.000", "note": "Đã gọi"}
    assert "Đã ghi quyết định" in quan.post(f"{desk}/ma-cu/1", data=done, follow_redirects=True).text
    assert [state for state, _sum in money(coop, bought)][1] is MoneyState.OVER


@SQLITE
def test_inviting_and_joining_by_their_pages(market: MarketUnderTest) -> None:
    tin, mo = market.signed_in("Tín"), market.signed_in("Mơ")
    assert mo.get("/ban-hang/hop-tac-xa").status_code == mo.post("/ban-hang/hop-tac-xa").status_code == 404
    for wrong in ("", "0912 999 999", "tin2", "0900 000 102"):
        assert tin.post("/ban-hang/hop-tac-xa", data={"stall": wrong}).status_code == 422
    for text in ("0900 000 101", "http://127.0.0.1:5000/gian-hang/co-so-ba-mo-mo1"):
        assert "Đã mời" in tin.post("/ban-hang/hop-tac-xa", data={"stall": text}, follow_redirects=True).text
    assert "Rút lời mời" in tin.get("/ban-hang/hop-tac-xa").text
    assert "Xem lời mời" in mo.get("/ban-hang/gian-hang/tai-khoan").text
    offer = "/ban-hang/gian-hang/tai-khoan/hop-tac-xa/1"
    assert "••••8899" in mo.get(offer).text
    assert tin.get(offer).status_code == tin.post(offer).status_code == 404
    assert mo.post("/ban-hang/hop-tac-xa/thoi", data={"thanh-vien": "1"}).status_code == 404
    assert "Cán bộ sẽ gọi" in mo.post(offer, follow_redirects=True).text
    assert mo.post(offer).status_code == 409
    with market.unit():
        from_desk = change_key()
    called = market.signed_in("Hạnh").get(f"/dieu-phoi/tai-khoan/{from_desk}").text
    assert "xin nhận tiền qua hợp tác xã này" in called
    assert "đúng tên hợp tác xã" in called


def change_key() -> str:
    return db.session.scalars(select(PayeeChange.key)).one()

"""Every action asks for itself who is acting: a foreign actor is refused before anything changes, whatever the pages do."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from marketplace.accounts import actions as accounts
from marketplace.accounts.rules import Device, NewPerson, OperatorForm
from marketplace.cases import actions as cases
from marketplace.cases.rules import Outcome, ProblemKind, Report
from marketplace.catalog import actions as catalog
from marketplace.catalog import queries as catalog_queries
from marketplace.catalog.rules import Klass
from marketplace.certificates import actions as certificates
from marketplace.certificates.rules import Claim
from marketplace.delivery import actions as delivery
from marketplace.delivery import queries as delivery_queries
from marketplace.kit import holding
from marketplace.kit.actor import Actor, ActorKind, Place
from marketplace.kit.errors import NotAllowed, NotFound
from marketplace.kit.money import Dong
from marketplace.notices import actions as notices
from marketplace.orders import actions as orders
from marketplace.orders.actions import account as buyers
from marketplace.orders.actions.again import buy_again
from marketplace.payments import actions as payments
from marketplace.places import actions as places
from marketplace.producers import actions as producers
from marketplace.reviews import actions as reviews
from tests import cast, stage
from tests.market import MarketUnderTest

TIN = Actor(ActorKind.PRODUCER, user_id=cast.user_id("Tín"), on_behalf_of=2)
MO = Actor(ActorKind.PRODUCER, user_id=cast.user_id("Mơ"), on_behalf_of=1)
THU = Actor(ActorKind.COORDINATOR, user_id=cast.user_id("Thu"), areas=(Place("15"),))
HANH = Actor(ActorKind.COORDINATOR, user_id=cast.user_id("Hạnh"), areas=(Place("01", "09955"),))
NOBODY = Actor.buyer(999)
CLAIM = Claim(3, "77/QĐ-UBND", date(2026, 1, 5), "UBND", None, "0" * 64 + ".pdf")

OWNED: dict[str, Callable[[Actor], Any]] = {
    "submit": lambda who: catalog.submit(who, 22),
    "take_back": lambda who: catalog.take_back(who, 21),
    "pause": lambda who: catalog.pause(who, 1),
    "withdraw": lambda who: catalog.withdraw(who, 1),
    "draft": lambda who: catalog.draft(who, 1),
    "name": lambda who: catalog.name(who, 22, "Tên khác"),
    "choose_set": lambda who: catalog.choose_set(who, 22, 7),
    "choose_class": lambda who: catalog.choose_class(who, 22, Klass.CRAFT),
    "price": lambda who: catalog.price(who, 22, "50.000", "hộp"),
    "set_price": lambda who: catalog.set_price(who, 1, 1, "50.000"),
    "add_stock": lambda who: catalog.add_stock(who, 1, 1, add_text="5"),
    "count_stock": lambda who: catalog.count_stock(who, 1, 1, counted_text="5", seen=24),
    "remove_variant": lambda who: catalog.remove_variant(who, 22, 220),
    "answer opinion": lambda who: reviews.answer(who, 1, "Cảm ơn đã mua"),
    "begin_revision": lambda who: catalog.begin_revision(who, 1),
    "write in a revision": lambda who: catalog.name(who, 23, "Tên khác"),
    "drop a revision": lambda who: catalog.withdraw(who, 23),
    "claim": lambda who: certificates.claim(who, 1, CLAIM),
    "write_stall": lambda who: producers.write_stall(who, 1, story="Khác", zalo=False),
    "set_photo": lambda who: producers.set_photo(who, 1, "0" * 64 + ".jpg"),
    "correct_draft": lambda who: producers.correct_draft(who, 1),
    "accept": lambda who: payments.accept(who, 1),
    "cannot_make": lambda who: payments.cannot_make(who, 1, reason="Hết nguyên liệu", goods_back=True),
    "refund lines": lambda who: payments.refund_lines(
        who, 1, {1: 1}, fee=False, reason="Vỡ", goods_back=False, key="k"
    ),
    "units back": lambda who: orders.take_units_back(who, 1, {1: 1}, 1),
    "ready": lambda who: orders.ready(who, 1),
    "hand_over": lambda who: orders.hand_over(who, 1, carrier="Bưu điện"),
    "mark_read": lambda who: orders.mark_read(who, 1),
    "delivered": lambda who: orders.delivered(who, 1),
    "received": lambda who: payments.producer_received(who, 1),
    "not_seen": lambda who: payments.producer_not_seen(who, 1),
    "ask to join": lambda who: producers.ask_to_join(who, 1, 1),
    "ask account": lambda who: producers.ask_change(who, 1, stage.NEW_ACCOUNT),
    "stop account": lambda who: producers.stop_change(who, 1),
    "cash collected": lambda who: payments.cash_collected(who, 1),
    "cash in hand": lambda who: payments.cash_in_hand(who, 1),
    "cash in hand of": lambda who: payments.cash_in_hand_of(who, [1]),
    "cash waived": lambda who: payments.cash_waived(who, 1),
    "cash refused": lambda who: payments.cash_refused(who, 1),
    "refused": lambda who: orders.refused(who, 1),
    "goods back": lambda who: payments.goods_back(who, 1, whole=True),
    "take cash": lambda who: producers.set_cash(who, 1, cod=False, stall=False),
    "read all notices": lambda who: notices.read_all(who, 1),
    "answer about an order": lambda who: cases.answer(who, 2, "Đã gửi bù."),
    "resolve an order's problem": lambda who: cases.close(who, 2, "Đã gửi bù.", Outcome.SENT_AGAIN),
}

BOUGHT: dict[str, Callable[[Actor], Any]] = {
    "tap": lambda who: payments.buyer_tap(who, 1),
    "opinion": lambda who: reviews.write(who, 1, feeling="good", text="Bánh dẻo", address=""),
    "cancel": lambda who: payments.cancel_by_buyer(who, 1),
    "delivered": lambda who: orders.delivered(who, 1),
    "report": lambda who: cases.report_order(who, 1, Report(ProblemKind.BROKEN, "Vỡ."), address=""),
    "ask about an order": lambda who: cases.answer(who, 2, "Vẫn chưa tới."),
    "fine": lambda who: cases.fine(who, 2),
    "not fine": lambda who: cases.not_fine(who, 2, "Vẫn vỡ."),
    "cash delivered": lambda who: payments.delivered(who, 1),
    "buy again": lambda who: buy_again(who, None, 1),
    "out of an account": lambda who: buyers.let_order_go(who, 1),
}

IN_AREA: dict[str, Callable[[Actor], Any]] = {
    "approve product": lambda who: catalog.approve(who, 21),
    "send back product": lambda who: catalog.send_back(who, 21, reason="Ảnh mờ"),
    "approve revision": lambda who: catalog.approve_revision(who, 23, seen=1),
    "send back revision": lambda who: catalog.send_back(who, 23, reason="Ảnh mờ"),
    "take an opinion down": lambda who: reviews.hide(who, 1, "Lời lẽ xúc phạm"),
    "put an opinion back": lambda who: reviews.put_back(who, 1),
    "pause product": lambda who: catalog.pause(who, 1, reason="Kiểm tra"),
    "confirm": lambda who: certificates.confirm(who, 21),
    "refuse": lambda who: certificates.refuse(who, 21, reason="Không rõ"),
    "revoke": lambda who: certificates.revoke(who, 1, date(2026, 10, 1), "Sai tiêu chí"),
    "extend": lambda who: certificates.extend(who, 1, date(2028, 8, 1), "0" * 64 + ".pdf"),
    "pause producer": lambda who: producers.pause(who, 1, reason="Kiểm tra"),
    "approve account": lambda who: producers.approve_change(who, 1, called="+84900000101", heard=[]),
    "refuse account": lambda who: producers.refuse_change(who, 1, reason="Không gọi được"),
    "freeze account": lambda who: producers.freeze(who, 1, reason="Nghi bị chiếm"),
    "unfreeze account": lambda who: producers.unfreeze(who, 1, reason="Đã gặp"),
    "answer problem": lambda who: cases.answer(who, 1, "Đã hỏi người bán."),
    "close problem": lambda who: cases.close(who, 1, "Xong."),
    "open village": lambda who: places.open_village(who, name="Làng Khác", place=Place("01", "09955")),
    "describe village": lambda who: places.describe_village(who, 1, story="Chuyện khác", picture=None),
    "print card": lambda who: accounts.print_card(who, 1, places=[Place("01", "09955")]),
    "end card": lambda who: accounts.end_card(who, 1, places=[Place("01", "09955")]),
    "open account": lambda who: accounts.open_account_on_desk(
        who, phone="0912345678", name="Người Mới", consent_version="x", places=[Place("01", "09955")]
    ),
}

ADMINS_ONLY: dict[str, Callable[[Actor], Any]] = {
    "fees": lambda who: delivery.set_fees(who, delivery_queries.fees()),
    "pay out": lambda who: payments.pay_out(who, 1, amount=Dong(1_000), key="k"),
    "take back payout": lambda who: payments.take_back_payout(who, 1),
    "card terms": lambda who: payments.set_card_terms(who, stage.CARD_TERMS),
    "settle doubt": lambda who: payments.settle_doubt(who, 1, note="Đã xem"),
    "report transfer": lambda who: payments.report_transfer(who, memo="OCOP", amount=Dong(1_000), sender="", key="k"),
    "handle finding": lambda who: holding.handle(who, 1, note="Đã gọi"),
    "retry refund": lambda who: payments.retry_card_refund(who, 1),
    "operator": lambda who: accounts.set_operator(who, OperatorForm("A", "", "", "", "", "", "")),
    "grant": lambda who: accounts.grant_area(who, 9, Place("15"), office="UBND"),
    "end area": lambda who: accounts.end_area(who, 1),
    "make admin": lambda who: accounts.make_admin(who, 9),
    "end admin": lambda who: accounts.end_admin(who, 8),
    "disable": lambda who: accounts.disable_user(who, 9),
    "enable": lambda who: accounts.enable_user(who, 9),
    "create user": lambda who: accounts.create_user(who, NewPerson("0912345679", "Người Mới")),
    "join": lambda who: producers.join(who, 1, 9),
    "sample": lambda who: certificates.record_sample(who, 2, 3, date(2026, 1, 1)),
}


@pytest.fixture
def staged(market: MarketUnderTest) -> MarketUnderTest:
    """A waiting product, a claim, a problem (1) and an order of Mơ's with one of its own (2)."""
    with market.unit():
        stage.waiting_product(Actor.operator())
        stage.waiting_revision(Actor.operator())
        stage.claimed_certificate(Actor.operator())
        places.open_village(Actor.operator(), name="Làng Mẫu", place=Place("01", "09955"))
    with market.app.app_context():
        stage.report_problem()
        stage.report_broken(stage.place_order(1))
        stage.account_change()
        stage.card_order()
        stage.card_money_to_pay_out()
        stage.opinion_written()
    return market


def test_a_paper_of_another_product_is_not_removed_through_this_one(staged: MarketUnderTest) -> None:
    assert refused(staged, lambda who: catalog.remove_document(who, 22, 210), MO)


def test_a_photo_of_another_product_is_not_removed_through_this_one(staged: MarketUnderTest) -> None:
    with staged.unit():
        other = catalog_queries.photos(21)[0].id
    assert refused(staged, lambda who: catalog.remove_photo(who, 22, other), MO)


def test_nobody_chooses_a_password_through_somebody_elses_session(staged: MarketUnderTest) -> None:
    with staged.unit():
        tins = accounts.open_session(Actor.system("test"), cast.user_id("Tín"), device=Device())
    new = "bốn chữ dễ nhớ mà dài"
    assert refused(staged, lambda who: accounts.set_password(who, token=tins, new=new, old="", device=Device()), MO)


def refused(market: MarketUnderTest, verb: Callable[[Actor], Any], who: Actor) -> bool:
    with pytest.raises((NotFound, NotAllowed)), market.unit():
        verb(who)
    return True


@pytest.mark.parametrize("name", OWNED)
def test_nobody_but_its_producer_may(staged: MarketUnderTest, name: str) -> None:
    assert refused(staged, OWNED[name], TIN)
    assert refused(staged, OWNED[name], THU)
    assert refused(staged, OWNED[name], NOBODY)


@pytest.mark.parametrize("name", BOUGHT)
def test_nobody_but_the_buyer_of_that_order_may(staged: MarketUnderTest, name: str) -> None:
    assert refused(staged, BOUGHT[name], NOBODY)
    assert refused(staged, BOUGHT[name], TIN)


@pytest.mark.parametrize("name", IN_AREA)
def test_nobody_but_an_official_of_the_area_may(staged: MarketUnderTest, name: str) -> None:
    assert refused(staged, IN_AREA[name], THU)
    assert refused(staged, IN_AREA[name], TIN)
    if name != "pause product":
        assert refused(staged, IN_AREA[name], MO)


@pytest.mark.parametrize("name", ADMINS_ONLY)
def test_nobody_but_an_admin_may(staged: MarketUnderTest, name: str) -> None:
    for who in (HANH, THU, MO, NOBODY):
        assert refused(staged, ADMINS_ONLY[name], who)

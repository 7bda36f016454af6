"""What people are told: once, in the right words, the right people."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from marketplace.kit import db, outbox
from marketplace.kit.actor import Actor
from marketplace.notices.models import Notice
from marketplace.notices.rules import AUDIENCES, Channel, contact, message
from marketplace.worker.topics import TOPICS
from tests import cast
from tests.market import MarketUnderTest
from tests.orders.shop import CHE_LAM, MIEN, MO, actions, does, order

WORDINGS = Path(__file__).resolve().parents[2] / "templates" / "messages"
Out = pytest.CaptureFixture[str]


def said(out: Out) -> str:
    """What the console of the demo printed."""
    return out.readouterr().out.replace("\u00a0", " ")


def test_every_event_has_words_for_everybody_it_concerns() -> None:
    wanted = {f"{topic}.{who.value}.txt" for topic, audience in AUDIENCES.items() for who in audience}
    assert wanted | {"code.send.txt"} == {path.name for path in WORDINGS.glob("*.txt")}
    assert set(AUDIENCES) <= set(TOPICS)


def test_the_first_line_is_the_title() -> None:
    one = message("Đơn mới\n\nDòng một.\n\nDòng hai.\n")
    assert one.title == "Đơn mới"
    assert one.body == "Dòng một.\nDòng hai."


def test_an_address_is_taken_before_a_telephone_and_nobody_is_invented() -> None:
    email = contact("1", email="a@b.vn", phone="+84900000001", by_phone=True)
    assert email is not None
    assert email.channel is Channel.EMAIL
    assert contact("1", email=None, phone="+84900000001", by_phone=False) is None


def test_a_new_order_is_told_to_the_stall_and_to_the_buyer_once(market: MarketUnderTest, capsys: Out) -> None:
    order(market, {CHE_LAM: 1, MIEN: 1})
    market.work()
    text = said(capsys)
    assert text.count("Gửi tới 0900 000 001") == 1
    assert text.count("Gửi tới 0900 000 002") == 1
    assert text.count("Gửi tới 0900 000 003") == 1  # two stalls, one checkout: the buyer hears of it once
    assert "Cơ sở bà Mơ có đơn: 1 hộp Chè lam Đại Đồng. Tổng cộng 110.000 ₫." in text
    assert market.work() == 0
    assert said(capsys) == ""


def test_a_promise_that_is_kept_twice_speaks_once(market: MarketUnderTest, capsys: Out) -> None:
    order(market, {CHE_LAM: 1})
    with market.unit():
        promise = db.session.scalars(select(outbox.Promise).where(outbox.Promise.topic == "order.placed")).one()
        key, payload = promise.key, dict(promise.payload)
    with market.app.app_context():
        TOPICS["order.placed"](payload, key)
        TOPICS["order.placed"](payload, key)
    market.work()
    with market.unit():
        assert len(db.session.scalars(select(Notice)).all()) == 1
    assert said(capsys).count("Gửi tới 0900 000 001") == 1


def test_each_step_of_an_order_is_told_in_its_own_words(market: MarketUnderTest, capsys: Out) -> None:
    one = order(market, {CHE_LAM: 1})
    market.work()
    said(capsys)
    steps = [
        (actions.buyer_tap, one.buyer, (one.request,), {}, "người mua báo đã chuyển khoản"),
        (actions.producer_not_seen, MO, (one.request,), {}, "Cơ sở bà Mơ chưa thấy tiền"),
        (actions.buyer_tap, one.buyer, (one.request,), {}, "có 110.000 ₫ với nội dung OCOP"),
        (actions.producer_received, MO, (one.request,), {}, "Cơ sở bà Mơ đã nhận tiền"),
        (actions.accept, MO, (one.order,), {}, "Cơ sở bà Mơ đã nhận đơn"),
        (actions.ready, MO, (one.order,), {}, "hàng đã gói xong"),
        (actions.hand_over, MO, (one.order,), {"carrier": "Bưu điện", "tracking": "EB1"}, "Mã vận đơn: EB1."),
        (actions.delivered, one.buyer, (one.order,), {}, "khách đã nhận hàng"),
    ]
    for verb, actor, ids, values, expected in steps:
        does(market, verb, actor, *ids, **values)
        market.work()
        assert expected in said(capsys)


def test_a_refund_is_told_to_both_sides_and_to_the_coordinator(market: MarketUnderTest, capsys: Out) -> None:
    one = order(market, {CHE_LAM: 1})
    does(market, actions.producer_received, MO, one.request)
    does(market, actions.cannot_make, MO, one.order, reason="Hết gạo", goods_back=True)
    market.work()
    text = said(capsys)
    assert "Lý do: Hết gạo" in text
    assert "Cần chuyển trả 110.000 ₫ cho Trần Thị Lan." in text
    assert "Cần hoàn lại 110.000 ₫" in text
    assert "Cơ sở bà Mơ cần hoàn tiền" in text.partition("Gửi tới 0900 000 005")[2]  # Hạnh, of the commune
    assert "0900 000 007" not in text  # Thu's province is another


def test_silence_is_told_to_the_producer_then_the_coordinator_then_the_buyer(
    market: MarketUnderTest, capsys: Out
) -> None:
    time_machine = pytest.importorskip("time_machine")
    from_now = order(market, {CHE_LAM: 1})
    does(market, actions.buyer_tap, from_now.buyer, from_now.request)
    market.work()
    said(capsys)
    with market.unit():
        start = db.session.scalars(select(outbox.Promise.created_at)).first()
    assert start is not None
    for hours, timer, who in (
        (13, actions.remind_producers, "0900 000 001"),
        (37, actions.tell_coordinators, "0900 000 005"),
        (49, actions.tell_buyers, "0900 000 003"),
    ):
        with time_machine.travel(start + timedelta(hours=hours), tick=False):
            does(market, timer, Actor.system("timer"))
            does(market, timer, Actor.system("timer"))
            market.work()
        text = said(capsys)
        assert text.count("--- Gửi tới") == 1
        assert f"Gửi tới {who}" in text


def test_letters_wait_sealed_and_are_wiped_when_sent(market: MarketUnderTest, capsys: Out) -> None:
    order(market, {CHE_LAM: 1})
    market.work()
    with market.unit():
        letters = db.session.scalars(select(outbox.Promise).where(outbox.Promise.topic == "message.send")).all()
        assert letters
        assert all(one.sealed is None and "Chè lam" not in str(one.payload) for one in letters)


def test_a_code_is_printed_in_the_demo_and_kept_nowhere(market: MarketUnderTest, capsys: Out) -> None:
    client = market.client()
    client.post("/dang-nhap", data={"phone": cast.PEOPLE["Mơ"].phone, "cach": "ma"})
    market.work()
    text = said(capsys)
    assert "Mã đăng nhập là" in text
    with market.unit():
        promise = db.session.scalars(select(outbox.Promise).where(outbox.Promise.topic == "code.send")).one()
        sealed, payload = promise.sealed, str(promise.payload)
    code = text.partition("Mã đăng nhập là ")[2][:6]
    assert code.isdigit()
    assert sealed is None
    assert code not in payload


def test_a_coordinator_hears_of_an_application_in_the_area_only(market: MarketUnderTest, capsys: Out) -> None:
    sender = Actor.system("test")

    @db.action
    def promise(actor: Actor) -> None:
        outbox.add("producer.applied", producer_id=1)
        outbox.add("producer.returned", producer_id=1)
        outbox.add("product.approved", product_id=1, note="")
        outbox.add("certificate.confirmed", certificate_id=1, product_id=1)

    does(market, promise, sender)
    market.work()
    text = said(capsys)
    assert "Hồ sơ mới: Cơ sở bà Mơ" in text.partition("Gửi tới 0900 000 005")[2]
    assert "Chè lam Đại Đồng đã lên chợ" in text
    assert "OCOP 4 sao đến ngày 15/6/2028" in text
    with market.unit():
        told = {
            (one.topic, one.producer_id, one.user_id) for one in db.session.scalars(select(Notice).order_by(Notice.id))
        }
    assert told == {
        ("producer.applied", None, cast.user_id("Hạnh")),
        ("producer.returned", 1, None),
        ("product.approved", 1, None),
        ("certificate.confirmed", 1, None),
    }

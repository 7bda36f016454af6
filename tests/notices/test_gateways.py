"""Telephones are reached by SMS and by Zalo, each against a gateway that checks what it is given; nothing secret is logged."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

import config
from marketplace.kit import clock, db, outbox
from marketplace.kit.actor import Actor
from marketplace.kit.outbox import Promise
from marketplace.notices import zalo
from marketplace.notices.rules import Letter, sms_text, zalo_data
from tests.market import MarketUnderTest
from tests.notices.gateways import Gateways, gateways
from tests.orders.shop import CHE_LAM, order

MO = "0900 000 001"


@pytest.fixture
def book() -> Iterator[Gateways]:
    with gateways() as found:
        yield found
        assert found.wrong == []


@contextmanager
def using(market: MarketUnderTest, book: Gateways, *ways: str) -> Iterator[None]:
    """The market sends by these ways."""
    before = market.app.config["SETTINGS"]
    values = {"DATA_DIR": str(market.folder), "PUBLIC_URL": "http://127.0.0.1:5000", **book.settings(*ways)}
    market.app.config["SETTINGS"] = config.read(values)
    try:
        yield
    finally:
        market.app.config["SETTINGS"] = before


def ask_code(market: MarketUnderTest, phone: str = MO) -> None:
    assert market.client().post("/dang-nhap", data={"phone": phone, "cach": "ma"}).status_code == 303


def states(market: MarketUnderTest, topic: str) -> list[tuple[str, int, str]]:
    with market.unit():
        rows = db.session.scalars(select(Promise).where(Promise.topic == topic).order_by(Promise.id))
        return [(row.state, row.attempts, row.last_error) for row in rows]


def test_a_code_goes_by_sms_and_an_order_by_zalo_each_once(market: MarketUnderTest, book: Gateways) -> None:
    with using(market, book, "sms", "zalo"):
        ask_code(market)
        order(market, {CHE_LAM: 1})
        market.work()
        assert market.work() == 0
    (code,) = book.sms
    assert code["Phone"] == "84900000001"
    assert "Ma dang nhap la " in code["Content"]
    assert {one["phone"] for one in book.zalo} == {"84900000001", "84900000003"}
    assert all(one["template_data"]["duong_dan"] and "OCOP" not in one["template_id"] for one in book.zalo)
    assert set(book.keys.values()) == {1}
    assert book.fetched == 1


def test_who_has_no_zalo_gets_a_text_and_where_there_is_only_zalo_a_letter_nobody_takes_dies(
    market: MarketUnderTest, book: Gateways
) -> None:
    book.without_zalo = {"84900000001"}
    with using(market, book, "sms", "zalo"):
        order(market, {CHE_LAM: 1})
        market.work()
    assert [one["Phone"] for one in book.sms] == ["84900000001"]
    assert "http://127.0.0.1:5000/ban-hang/don/" in book.sms[0]["Content"]
    with using(market, book, "zalo"), time_machine.travel(clock.now() + timedelta(days=2), tick=False) as travel:
        order(market, {CHE_LAM: 1})
        for _ in range(9):
            market.work()
            travel.shift(timedelta(hours=2))
    assert ("dead", 8, "NobodyThere: Zalo: nobody under this number") in states(market, "message.send")


def test_a_gateway_that_fails_is_asked_again_with_the_same_key_and_nothing_secret_is_written(
    market: MarketUnderTest, book: Gateways, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    book.broken = {"sms"}
    with using(market, book, "sms"), time_machine.travel(clock.now(), tick=False) as travel:
        ask_code(market)
        with market.unit():
            promise = db.session.scalars(select(Promise).where(Promise.topic == "code.send")).one()
            key, code = promise.key, outbox.secret.unseal(promise.sealed or "")
        market.work()
        assert states(market, "code.send") == [("waiting", 1, "GatewayTrouble: SMS: answered 500")]
        book.broken.clear()
        travel.shift(timedelta(seconds=10))
        market.work()
    assert [one["RequestId"] for one in book.sms] == [key]
    assert code in book.sms[0]["Content"]
    written = caplog.text + repr(market.app.config["SETTINGS"])
    assert code not in written
    assert "khoa-bi-mat" not in written
    assert "900000001" not in written


def test_a_gateway_that_says_no_with_200_is_no_success(market: MarketUnderTest, book: Gateways) -> None:
    with using(market, book, "sms"):
        market.app.config["SETTINGS"] = config.read(
            {"DATA_DIR": str(market.folder), **book.settings("sms"), "SMS_TOKEN": "sai"}
        )
        ask_code(market)
        market.work()
    assert states(market, "code.send") == [("waiting", 1, "GatewayTrouble: SMS: not taken, CodeResult=101")]
    assert book.sms == []
    assert book.wrong == ["sms authorization", "sms key"]
    book.wrong.clear()


def test_each_refresh_token_is_spent_once_and_the_next_is_kept_sealed(market: MarketUnderTest, book: Gateways) -> None:
    with using(market, book, "zalo"), time_machine.travel(clock.now(), tick=False) as travel:
        settings = market.app.config["SETTINGS"].zalo
        with market.app.app_context():
            first = zalo.access_token(settings)
            assert zalo.access_token(settings) == first
            travel.shift(timedelta(hours=24, minutes=56))
            second = zalo.access_token(settings)
        assert (first, second, book.fetched) == ("access-1", "access-2", 2)
        stored = b"".join(path.read_bytes() for path in market.folder.glob("*.sqlite3*"))
        assert b"refresh-2" not in stored
        assert b"access-2" not in stored


def test_a_token_that_zalo_no_longer_takes_is_fetched_anew_and_only_by_one(
    market: MarketUnderTest, book: Gateways
) -> None:
    with using(market, book, "zalo"), time_machine.travel(clock.now(), tick=False) as travel:
        settings = market.app.config["SETTINGS"].zalo
        with market.app.app_context():
            zalo.access_token(settings)
            book.access_token = "taken back"
            ask_code(market)
            market.work()
            assert states(market, "code.send")[0][:2] == ("waiting", 1)
            travel.shift(timedelta(seconds=10))
            with db.unit():
                assert zalo._begin_fetching(Actor.system("test"), settings) == "refresh-1"
            with pytest.raises(zalo.web.GatewayTrouble, match="another process"):
                zalo.access_token(settings)
            assert book.fetched == 1
            travel.shift(timedelta(seconds=61))
        market.work()
    assert states(market, "code.send")[0][0] == "done"
    assert book.zalo[0]["template_data"].keys() == {"otp"}


def test_texts_are_plain_short_and_keep_their_link() -> None:
    link = "https://cho.example/don-hang/abc"
    long = Letter("+84912345678", "Đơn mới: " + "chè lam “Đại Đồng” " * 40, f"…\n\n{link}", "k", link)
    text = sms_text(long)
    assert len(text) <= 306
    assert text.isascii()
    assert text.endswith(f"... {link}")
    assert (
        sms_text(Letter("+84912345678", "Mã", "Mã đăng nhập là 012345.", "k", code="012345"))
        == "Ma dang nhap la 012345."
    )
    assert zalo_data(long)["duong_dan"] == "don-hang/abc"
    assert len(zalo_data(long)["tieu_de"]) <= 80


@pytest.mark.parametrize(
    "wrong",
    [
        {"SMS_URL": "http://sms.example/send"},
        {"SMS_URL": "https://sms.example/send", "SMS_BODY": "[1]"},
        {"SMS_URL": "https://sms.example/send", "SMS_BODY": '{"to": "{to}"}'},
        {"ZALO_APP_ID": "1"},
        {**Gateways(url="http://zalo.example").settings("zalo")},
    ],
)
def test_a_way_out_that_is_half_set_or_unsealed_does_not_start(wrong: dict[str, str]) -> None:
    with pytest.raises(config.UnsafeSettings):
        config.read(wrong)

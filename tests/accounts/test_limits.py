"""Codes cost money: limited per number, network, neighbouring numbers and day, whatever the reason of asking."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

import config
from marketplace.accounts import actions
from marketplace.accounts.actions import attempts
from marketplace.accounts.actions.codes import _way_to
from marketplace.accounts.rules import CODES_A_DAY, Asked, Channel, Counted, Wait, network_of, prefix_of, takes_texts
from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.kit.outbox import Promise
from tests.accounts.story import ask, words
from tests.market import MarketUnderTest

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


@db.action
def _asked_already(actor: Actor, kind: Counted, phone: str, address: str, times: int) -> None:
    (key,) = (key for key in attempts.keys_of_day(phone, address) if key.kind is kind)
    for _ in range(times):
        attempts.count((key,))


def _ask(market: MarketUnderTest, phone: str, address: str) -> Asked | Wait:
    with market.unit():
        return actions.ask_code(Actor.stranger(), phone=phone, address=address, by_phone=True)


@pytest.mark.parametrize(
    ("kind", "same", "other", "said"),
    [
        (Counted.DAY_PAIR, ("0912345678", "203.0.113.5"), ("0912345678", "198.51.100.9"), "Số này đã xin đủ 10 mã"),
        (
            Counted.DAY_NUMBER,
            ("0912345678", "198.51.100.9"),
            ("0912345679", "203.0.113.5"),
            "Số này đã được xin quá nhiều",
        ),
        (Counted.DAY_ADDRESS, ("0987654321", "203.0.113.5"), ("0912345678", "198.51.100.9"), "Mạng này"),
        (Counted.DAY_PREFIX, ("0912349999", "198.51.100.9"), ("0912355678", "203.0.113.5"), "Các số gần giống"),
    ],
)
def test_a_day_has_so_many_codes_of_each_kind(
    market: MarketUnderTest, kind: Counted, same: tuple[str, str], other: tuple[str, str], said: str
) -> None:
    with time_machine.travel(NOON, tick=False) as travel:
        with market.unit():
            _asked_already(Actor.system("test"), kind, "+84912345678", "203.0.113.5", CODES_A_DAY[kind] - 1)
        assert isinstance(_ask(market, "0912345678", "203.0.113.5"), Asked)
        travel.shift(timedelta(seconds=61))  # the pause between two codes is another matter
        refused = _ask(market, *same)
        assert isinstance(refused, Wait)
        assert said in str(refused.why)
        assert refused.seconds == 12 * 3600 - 61
        assert isinstance(_ask(market, *other), Asked)
        with market.unit():
            assert len(db.session.scalars(select(Promise)).all()) == 2  # what is refused promises nothing
        travel.shift(timedelta(hours=12))
        assert isinstance(_ask(market, *same), Asked)


def test_the_market_has_a_day_of_its_own_and_says_what_to_do_instead(market: MarketUnderTest) -> None:
    before = market.app.config["SETTINGS"]
    market.app.config["SETTINGS"] = config.read({"DATA_DIR": str(market.folder), "CODES_A_DAY": "1"})
    try:
        assert ask(market.client(), "0900 000 001").status_code == 303
        answer: Any = ask(market.client(), "0900 000 002")
    finally:
        market.app.config["SETTINGS"] = before
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) <= 86400
    assert "Hôm nay chợ đã gửi hết số mã cho phép. Xin thử lại ngày mai, hoặc ra ủy ban xã" in words(answer)


def test_a_network_is_a_line_and_a_prefix_ten_thousand_numbers() -> None:
    assert network_of("203.0.113.5") == "203.0.113.5"
    assert network_of("2001:db8:1:2:3::4") == network_of("2001:db8:1:2:ffff::1") == "2001:db8:1:2::/64"
    assert network_of("2001:db8:1:3::4") != network_of("2001:db8:1:2::4")
    assert network_of("::ffff:203.0.113.5") == "203.0.113.5"
    assert network_of("nonsense") == "nonsense"
    assert prefix_of("+84912345678") == "+8491234"
    assert takes_texts("+84912345678")
    assert not takes_texts("+881612345678")


def test_no_code_is_sent_abroad_by_telephone() -> None:
    assert _way_to(None, "+14155550123", {"email": ""}, by_phone=True) == (Channel.NOBODY, "")
    assert _way_to(None, "+14155550123", {"email": "a@b.vn"}, by_phone=True) == (Channel.EMAIL, "a@b.vn")

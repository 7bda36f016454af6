"""A new device is told to the old ones, which end it with one tap; coming in by a code on it is a reset."""

from datetime import timedelta
from itertools import product

import pytest
import time_machine
from sqlalchemy import select

from marketplace.accounts import actions, queries
from marketplace.accounts.models import User, UserSession
from marketplace.accounts.rules import is_new_device
from marketplace.kit import clock, db
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import NotYours
from tests import cast
from tests.accounts.story import PASSWORD, ask, enter, give_password, is_in, last_code, sign_in, words
from tests.browser_client import Browser
from tests.market import MarketUnderTest

MO = "0900 000 001"
ME = cast.user_id("Mơ")


def reset_at(market: MarketUnderTest) -> object:
    with market.unit():
        return db.session.get_one(User, ME).reset_at


def test_new_is_what_was_never_seen_unless_nobody_was_ever_in() -> None:
    for marked, seen, by_code, first in product((False, True), repeat=4):
        told = is_new_device(marked=marked, seen=seen, by_code=by_code, first=first)
        assert told == (not first and not seen and (marked or by_code))


def test_a_new_device_is_told_once_everywhere_and_one_tap_ends_it(
    market: MarketUnderTest, capsys: pytest.CaptureFixture[str]
) -> None:
    give_password(market, "Mơ")
    old, thief = market.client(), market.client()
    sign_in(old, MO, PASSWORD)  # Mơ's account is months old: her first browser is told as well
    market.work()
    assert capsys.readouterr().out.count("Máy mới vừa vào tài khoản Chợ OCOP") == 1
    old.post("/dang-xuat")
    sign_in(old, MO, PASSWORD)
    market.work()
    assert "Máy mới" not in capsys.readouterr().out  # the browser kept its mark
    assert "Một máy mới vừa đăng nhập" not in words(old.get("/tai-khoan/"))
    sign_in(thief, MO, PASSWORD)
    market.work()
    assert capsys.readouterr().out.count("Gửi tới 0900 000 001") == 1
    for page in ("/tai-khoan/", "/tai-khoan/phien", "/ban-hang/"):
        assert "Một máy mới vừa đăng nhập" in words(old.get(page)), page
        assert "Một máy mới vừa đăng nhập" not in words(thief.get(page)), page
    with market.unit():
        strange = db.session.scalars(select(UserSession.id).order_by(UserSession.id.desc())).first()
    assert thief.post("/tai-khoan/phien", data={"la-toi": str(strange)}).status_code == 404
    assert old.post("/tai-khoan/phien", data={"phien": str(strange)}).status_code == 303
    assert not is_in(thief)
    assert "Một máy mới vừa đăng nhập" not in words(old.get("/tai-khoan/"))
    assert reset_at(market) is None  # the password was known


def test_whose_it_is_says_an_older_device_of_the_same_person_only(market: MarketUnderTest) -> None:
    give_password(market, "Mơ")
    old, new = market.client(), market.client()
    sign_in(old, MO, PASSWORD)
    sign_in(new, MO, PASSWORD)
    with market.unit():
        first, second = db.session.scalars(select(UserSession.id).order_by(UserSession.id)).all()
    for actor, session_id, mine in ((2, second, first), (1, first, second), (1, second, second)):
        with market.unit(), pytest.raises(NotYours):
            actions.own_session(Actor(ActorKind.STRANGER, user_id=actor), session_id, mine=mine)
    assert "Máy mới" in words(old.get("/tai-khoan/phien"))
    old.post("/tai-khoan/phien", data={"la-toi": str(second)})
    assert "Một máy mới" not in words(old.get("/ban-hang/"))
    assert is_in(new)


def test_a_code_on_a_new_device_is_a_reset_and_on_a_known_one_is_not(market: MarketUnderTest, client: Browser) -> None:
    with time_machine.travel(clock.now(), tick=False) as travel:
        ask(client, MO)
        enter(client, MO, last_code(market))
        first = reset_at(market)
        assert first == clock.now()
        client.post("/dang-xuat")
        travel.shift(timedelta(hours=2))
        ask(client, MO)
        enter(client, MO, last_code(market))
        assert is_in(client)
        assert reset_at(market) == first


def test_a_new_password_without_the_old_one_is_a_reset(market: MarketUnderTest, client: Browser) -> None:
    with time_machine.travel(clock.now(), tick=False) as travel:
        new = {"password": "bốn món đồ trong nhà", "again": "bốn món đồ trong nhà"}
        give_password(market, "Mơ")
        sign_in(client, MO, PASSWORD)
        travel.shift(timedelta(minutes=11))
        client.post("/tai-khoan/mat-khau", data={**new, "old": PASSWORD})
        assert reset_at(market) is None
        client.post("/tai-khoan/mat-khau", data=new)  # fresh from the change: the old one is not asked
        assert reset_at(market) == clock.now()


def test_the_first_person_in_a_new_account_is_nobody_new(market: MarketUnderTest, client: Browser) -> None:
    client.post("/dang-ky", data={"name": "Đặng Thị Na", "phone": "0900.000.077", "consent": "y"})
    client.post("/dang-ky/ma", data={"phone": "0900000077", "code": last_code(market)})
    with market.unit():
        user = queries.user_by_phone("+84900000077")
        assert user is not None
        assert user.reset_at is None
        assert db.session.scalars(select(UserSession.asks_at)).all() == [None]

"""Sign-in cards: printed by an official of the area, used up by one press, never by looking; told to the older devices."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from marketplace.accounts import actions
from marketplace.accounts.models import SignInCard, User, UserSession
from marketplace.accounts.rules import Device, Entered, NotASeller, OfficialsAccount, Wrong
from marketplace.kit import clock, db, trail
from marketplace.kit.actor import Actor, ActorKind, Place
from marketplace.kit.errors import NotAllowed, NotYours
from tests import cast
from tests.accounts.story import is_in, words
from tests.browser_client import Browser
from tests.market import MarketUnderTest

ME = cast.user_id("Mơ")
THACH_THAT, LAO_CAI = Place("01", "09955"), Place("15")
HANH = Actor(ActorKind.COORDINATOR, user_id=cast.user_id("Hạnh"), areas=(THACH_THAT,))
PHONE = Device("Chrome, Android", "113.161.4.4", "mark-of-a-new-phone")


def printed(market: MarketUnderTest) -> str:
    with market.unit():
        return actions.print_card(HANH, ME, places=[THACH_THAT]).token


def enter(market: MarketUnderTest, token: str) -> object:
    with market.unit():
        return actions.use_card(Actor.stranger(), token, device=PHONE)


def test_from_the_desk_to_her_telephone(market: MarketUnderTest, capsys: pytest.CaptureFixture[str]) -> None:
    hanh, mo, old = market.signed_in("Hạnh"), market.client(), market.signed_in("Mơ")
    answer = hanh.post("/dieu-phoi/co-so/mo1/the", data={"nguoi": str(ME)})
    assert answer.location == "/dieu-phoi/co-so/mo1/the/in"
    page = hanh.get("/dieu-phoi/co-so/mo1/the/in")
    assert 'src="data:image/svg+xml;base64,' in page.get_data(as_text=True)
    assert "Nguyễn Thị Mơ, 0900 000 001" in words(page)
    assert "Đang có thẻ, dùng được đến" in words(hanh.get("/dieu-phoi/co-so/mo1/the"))
    assert "Không có thẻ nào để in" in words(market.signed_in("Quân").get("/dieu-phoi/co-so/mo1/the/in"))
    token = printed(market)
    for _ in range(3):  # previews of messages look, too
        seen = words(mo.get(f"/vao/{token}"))
        assert "09•• ••• 001" in seen
        assert "Mơ" not in seen
    assert mo.post(f"/vao/{token}").location == "/ban-hang/"
    assert is_in(mo)
    assert "Một máy mới vừa đăng nhập" in words(old.get("/ban-hang/"))
    assert mo.post(f"/vao/{token}").status_code == 404
    assert market.client().get(f"/vao/{token}").status_code == 404
    market.work()
    assert "Máy mới vừa vào tài khoản" in capsys.readouterr().out
    assert "Đăng nhập bằng thẻ" in words(market.signed_in("Bình").get(f"/dieu-phoi/nguoi-dung/{ME}"))
    with market.unit():
        assert db.session.get_one(User, ME).reset_at is not None
        assert [row.verb for row in trail.of("user", ME)].count("print_card") == 2


def test_what_is_printed_is_kept_nowhere(market: MarketUnderTest) -> None:
    token = printed(market)
    with market.unit():
        assert token not in repr([row.__dict__ for row in db.session.scalars(select(SignInCard))])
    assert re.fullmatch(r"[\w-]{32}", token)


def test_a_card_lives_seven_days_works_once_and_a_newer_one_voids_it(market: MarketUnderTest) -> None:
    with time_machine.travel(clock.now(), tick=False) as travel:
        first, second = printed(market), printed(market)
        assert isinstance(enter(market, first), Wrong)
        travel.shift(timedelta(days=7))
        assert isinstance(enter(market, second), Wrong)
        third = printed(market)
        travel.shift(timedelta(days=6, hours=23))
        assert isinstance(enter(market, third), Entered)
        assert isinstance(enter(market, third), Wrong)
        fourth = printed(market)
        with market.unit():
            assert actions.end_card(HANH, ME, places=[THACH_THAT])
        assert isinstance(enter(market, fourth), Wrong)
        assert isinstance(enter(market, "x" * 32), Wrong)


@db.action
def _becomes(actor: Actor, **values: object) -> None:
    db.session.execute(update(User).where(User.id == ME).values(**values))


def test_a_card_opens_no_closed_and_no_officials_account(market: MarketUnderTest) -> None:
    token = printed(market)
    with market.unit():
        _becomes(Actor.operator(), is_admin=True)
    assert isinstance(enter(market, token), Wrong)
    with market.unit(), pytest.raises(OfficialsAccount):
        actions.print_card(Actor.operator(), ME, places=[THACH_THAT])
    with market.unit():
        _becomes(Actor.operator(), is_admin=False)
    token = printed(market)
    with market.unit():
        actions.disable_user(Actor.operator(), ME)
    assert isinstance(enter(market, token), Wrong)
    with market.unit():
        assert db.session.scalars(select(UserSession)).all() == []


def test_who_may_print(market: MarketUnderTest) -> None:
    thu = Actor(ActorKind.COORDINATOR, user_id=cast.user_id("Thu"), areas=(LAO_CAI,))
    mo = Actor(ActorKind.PRODUCER, user_id=ME, on_behalf_of=1)
    refusals = ((thu, [THACH_THAT], NotYours), (HANH, [THACH_THAT, LAO_CAI], NotYours), (mo, [THACH_THAT], NotAllowed))
    for actor, places, refusal in (*refusals, (HANH, [], NotASeller)):
        for verb in (actions.print_card, actions.end_card):
            with market.unit(), pytest.raises(refusal):
                verb(actor, ME, places=places)
    hanh: Browser = market.signed_in("Hạnh")
    for stranger in (cast.user_id("Tín"), 999, "x"):
        assert hanh.post("/dieu-phoi/co-so/mo1/the", data={"nguoi": str(stranger)}).status_code == 404
    with market.unit():
        assert db.session.scalars(select(SignInCard)).all() == []

"""Signed-in browsers are rows: a copied cookie is worth nothing after sign-out, revocation, a new password or 180 days."""

from datetime import timedelta

import time_machine
from sqlalchemy import event, select

from marketplace.accounts import actions
from marketplace.accounts.models import Attempt, OneTimeCode, User, UserSession
from marketplace.kit import clock, db
from marketplace.kit.actor import Actor
from tests import cast
from tests.accounts.story import PASSWORD, ask, enter, give_password, is_in, last_code, sign_in, words
from tests.browser_client import Browser
from tests.market import MarketUnderTest

MO = "0900 000 001"
NEW = "muối vừng chum tương"


def cookie_of(client: Browser) -> str:
    cookie = client.get_cookie("phien", domain="127.0.0.1")
    assert cookie is not None
    return cookie.value


def with_cookie(market: MarketUnderTest, token: str) -> Browser:
    thief = market.client()
    thief.set_cookie("phien", token, domain="127.0.0.1")
    return thief


def mo_in(market: MarketUnderTest) -> Browser:
    client = market.client()
    assert sign_in(client, MO, PASSWORD).status_code == 303
    return client


def test_a_copied_cookie_ends_with_signing_out(market: MarketUnderTest) -> None:
    give_password(market, "Mơ")
    client = mo_in(market)
    thief = with_cookie(market, cookie_of(client))
    assert is_in(thief)
    assert client.post("/dang-xuat").status_code == 303
    assert not is_in(thief)
    assert not is_in(client)


def test_signing_in_again_is_a_new_cookie_and_ends_the_old_one(market: MarketUnderTest) -> None:
    give_password(market, "Mơ")
    client = mo_in(market)
    first = cookie_of(client)
    assert sign_in(client, MO, PASSWORD).status_code == 303
    assert cookie_of(client) != first
    assert not is_in(with_cookie(market, first))
    assert is_in(client)


def test_a_cookie_planted_before_signing_in_is_not_the_one_after(market: MarketUnderTest, client: Browser) -> None:
    client.set_cookie("phien", "planted", domain="127.0.0.1")
    ask(client, MO)
    enter(client, MO, last_code(market))
    assert cookie_of(client) != "planted"
    assert not is_in(with_cookie(market, "planted"))


def test_a_new_password_signs_every_other_telephone_out_and_renews_this_one(market: MarketUnderTest) -> None:
    give_password(market, "Mơ")
    here, there = mo_in(market), mo_in(market)
    before = cookie_of(here)
    answer = here.post("/tai-khoan/mat-khau", data={"password": NEW, "again": NEW})
    assert answer.status_code == 303
    assert is_in(here)
    assert not is_in(there)
    assert not is_in(with_cookie(market, before))
    assert sign_in(market.client(), MO, PASSWORD).status_code == 422
    assert sign_in(market.client(), MO, NEW).status_code == 303


def test_the_old_password_is_asked_for_unless_just_signed_in(market: MarketUnderTest) -> None:
    give_password(market, "Mơ")
    client = mo_in(market)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert "Mật khẩu đang dùng" in words(client.get("/tai-khoan/mat-khau"))
        answer = client.post("/tai-khoan/mat-khau", data={"old": "sai rồi nhé", "password": NEW, "again": NEW})
        assert answer.status_code == 422
        assert "chưa đúng" in words(answer)
        answer = client.post("/tai-khoan/mat-khau", data={"old": PASSWORD, "password": NEW, "again": NEW})
        assert answer.status_code == 303


def test_guessing_the_old_password_from_a_stolen_session_is_counted(market: MarketUnderTest) -> None:
    give_password(market, "Mơ")
    client = mo_in(market)
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        statuses = [
            client.post("/tai-khoan/mat-khau", data={"old": "sai rồi nhé", "password": NEW, "again": NEW}).status_code
            for _ in range(4)
        ]
    assert statuses == [422, 422, 422, 429]


def test_a_guessable_password_is_refused_with_a_sentence(market: MarketUnderTest) -> None:
    give_password(market, "Mơ")
    client = mo_in(market)
    for bad in ("12345678", "nguyenthimo", "0900000001"):
        answer = client.post("/tai-khoan/mat-khau", data={"password": bad, "again": bad})
        assert answer.status_code == 422
        assert "dễ đoán" in words(answer)
    answer = client.post("/tai-khoan/mat-khau", data={"password": NEW, "again": NEW + "x"})
    assert "chưa giống nhau" in words(answer)


def test_telephones_are_listed_and_each_can_be_signed_out(market: MarketUnderTest) -> None:
    give_password(market, "Mơ")
    here = mo_in(market)
    there = market.client()
    sign_in(there, MO, PASSWORD, headers={"User-Agent": "Mozilla/5.0 (Linux; Android 13) Chrome/120 Mobile"})
    page = words(here.get("/tai-khoan/phien"))
    assert "Máy này" in page
    assert "Chrome, Android" in page
    with market.unit():
        other = db.session.scalars(select(UserSession.id).where(UserSession.device == "Chrome, Android")).one()
    assert here.post("/tai-khoan/phien", data={"phien": other}).status_code == 303
    assert not is_in(there)
    assert is_in(here)


def test_all_others_are_signed_out_at_once(market: MarketUnderTest) -> None:
    give_password(market, "Mơ")
    here, one, two = mo_in(market), mo_in(market), mo_in(market)
    assert here.post("/tai-khoan/phien", data={"tat-ca": "1"}).status_code == 303
    assert [is_in(client) for client in (here, one, two)] == [True, False, False]


def test_somebody_elses_session_is_not_found(market: MarketUnderTest) -> None:
    give_password(market, "Mơ")
    mo, lan = mo_in(market), market.signed_in("Lan")
    with market.unit():
        hers = db.session.scalars(select(UserSession.id).where(UserSession.user_id == cast.user_id("Mơ"))).one()
    assert lan.post("/tai-khoan/phien", data={"phien": hers}).status_code == 404
    assert is_in(mo)


def test_a_session_lasts_180_days_and_not_one_more(market: MarketUnderTest) -> None:
    give_password(market, "Mơ")
    began = clock.now()
    client = mo_in(market)
    token = cookie_of(client)
    with time_machine.travel(began + timedelta(days=179)):
        assert is_in(with_cookie(market, token))
    with time_machine.travel(began + timedelta(days=180, minutes=1)):
        assert not is_in(with_cookie(market, token))


def test_a_closed_account_is_out_at_once_and_cannot_come_back(market: MarketUnderTest) -> None:
    give_password(market, "Mơ")
    client = mo_in(market)
    with market.unit():
        actions.disable_user(Actor.operator(), cast.user_id("Mơ"))
    assert not is_in(client)
    assert sign_in(market.client(), MO, PASSWORD).status_code == 422
    ask(client, MO)
    with market.unit():
        actions.enable_user(Actor.operator(), cast.user_id("Mơ"))
    assert not is_in(client)


@db.action
def _close_only(user_id: int) -> None:
    db.locked(User, user_id).disabled_at = clock.now()


def test_a_session_that_slipped_past_the_closing_is_worth_nothing(market: MarketUnderTest) -> None:
    mo = market.signed_in("Mơ")
    with market.unit():
        _close_only(cast.user_id("Mơ"))
    assert not is_in(mo)


def test_the_token_itself_is_not_stored(market: MarketUnderTest) -> None:
    give_password(market, "Mơ")
    token = cookie_of(mo_in(market))
    database = b"".join(path.read_bytes() for path in market.folder.glob("*.sqlite3*"))
    assert token.encode() not in database
    assert len(token) >= 22


def test_being_seen_costs_no_write_until_it_is_flushed(market: MarketUnderTest) -> None:
    give_password(market, "Mơ")
    client = mo_in(market)
    later = clock.now() + timedelta(hours=5)
    with time_machine.travel(later, tick=False):
        assert is_in(client)
        with market.unit():
            assert actions.flush_seen(Actor.system("seen")) == 1
        with market.unit():
            assert actions.flush_seen(Actor.system("seen")) == 0
    with market.unit():
        seen = db.session.scalars(select(UserSession.seen_at)).all()
    assert seen == [later]


def test_a_signed_in_page_costs_one_statement_for_knowing_who_it_is(market: MarketUnderTest) -> None:
    client, statements = market.signed_in("Quân"), []

    def note(conn: object, cursor: object, statement: str, *rest: object) -> None:
        statements.append(statement)

    with market.app.app_context():
        engine = db.sqla.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        client.get("/tai-khoan/mat-khau")
        knowing = [one for one in statements if "user_session" in one]
        statements.clear()
        market.client().get("/dang-nhap")
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len(knowing) == 1
    assert not [one for one in statements if "user_session" in one]


def test_old_codes_counters_and_sessions_are_forgotten(market: MarketUnderTest) -> None:
    give_password(market, "Mơ")
    client = mo_in(market)
    ask(client, MO)
    client.post("/dang-xuat")
    with time_machine.travel(clock.now() + timedelta(days=31)), market.unit():
        actions.forget_old(Actor.system("accounts.forget"))
    with market.unit():
        left = [len(db.session.scalars(select(model)).all()) for model in (Attempt, OneTimeCode, UserSession)]
    assert left == [0, 0, 0]


def test_pages_of_an_account_send_strangers_to_sign_in(client: Browser) -> None:
    for path in ("/tai-khoan/", "/tai-khoan/phien", "/tai-khoan/mat-khau"):
        answer = client.get(path)
        assert answer.status_code == 303
        assert answer.location == f"/dang-nhap?next={path}"


def test_signing_out_needs_a_button_not_an_address(client: Browser) -> None:
    assert client.get("/dang-xuat").status_code == 405

"""The second factor of officials: set after signing in, shown once per session, never used twice, taken away on record."""

import base64
import re
from datetime import timedelta

import pytest
import time_machine
from cryptography.fernet import InvalidToken
from sqlalchemy import Update, select, update

from marketplace.accounts import actions
from marketplace.accounts.models import RecoveryCode, SecondFactor, UserSession
from marketplace.accounts.rules import Device, FactorIsSet, Shown, Wrong, hotp, step_of
from marketplace.kit import clock, db, marking, secret, trail
from marketplace.kit.actor import Actor, ActorKind, Place
from marketplace.kit.errors import NotAllowed, NotFound
from marketplace.web import frame
from tests import cast
from tests.accounts.story import PASSWORD, give_password, sign_in
from tests.browser_client import Browser
from tests.market import MarketUnderTest

HANH, BINH, QUAN = cast.user_id("Hạnh"), cast.user_id("Bình"), cast.user_id("Quân")
HERE = Device("Chromium", "127.0.0.1")
ASK, SET, PAPER = "/tai-khoan/xac-thuc/", "/tai-khoan/xac-thuc/dat", "/tai-khoan/xac-thuc/du-phong"
LATER = "/dieu-phoi/hoan-tien"


def key_shown(page: str) -> bytes:
    found = re.search(r'class="key-words">([A-Z2-7 ]+)<', page)
    assert found, page[:500]
    return base64.b32decode(found[1].replace(" ", ""))


def code_of(key: bytes, ahead: int = 0) -> str:
    return hotp(key, step_of(clock.now()) + ahead)


def enrols(client: Browser, old: str = "") -> tuple[bytes, list[str]]:
    """Through the pages: the key, and the codes on paper."""
    page = client.get(SET).get_data(as_text=True)
    key, sealed = key_shown(page), re.search(r'name="key"[^>]*value="([^"]+)"', page)
    assert sealed
    answer = client.post(SET, data={"key": sealed[1], "code": code_of(key), "old": old})
    assert (answer.status_code, answer.headers["Location"]) == (303, PAPER), answer.get_data(as_text=True)
    codes = re.findall(r"<li>([2-9a-z]{5}-[2-9a-z]{5})</li>", client.get(PAPER).get_data(as_text=True))
    assert len(set(codes)) == 10
    return key, codes


@db.action
def write(statement: Update) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": False})


def is_asked(client: Browser) -> bool:
    answer = client.get(LATER)
    return answer.status_code == 303 and answer.headers["Location"] == f"{ASK}?next={LATER}"


def test_the_desk_opens_after_a_code_and_each_new_session_is_asked_again(market: MarketUnderTest) -> None:
    give_password(market, "Hạnh")
    hanh = market.client()
    assert sign_in(hanh, cast.PEOPLE["Hạnh"].phone, PASSWORD).headers["Location"] == "/dieu-phoi/"
    assert is_asked(hanh)
    assert hanh.get(f"{ASK}?next={LATER}").headers["Location"] == f"{SET}?next={LATER}"
    with time_machine.travel(clock.now(), tick=False) as now:
        key, _codes = enrols(hanh)
        assert hanh.get(LATER).status_code == 200
        again = market.signed_in("Hạnh", factor=False)
        assert is_asked(again)
        page = again.get(f"{ASK}?next={LATER}").get_data(as_text=True)
        assert "đã điền sẵn" in page  # the cast's market is one of samples
        used = again.post(ASK, data={"code": code_of(key)})
        assert (used.status_code, is_asked(again)) == (422, True)  # the step of setting it is used up
        now.shift(30)
        answer = again.post(f"{ASK}?next={LATER}", data={"code": code_of(key)})
        assert (answer.status_code, answer.headers["Location"]) == (303, LATER)
        assert again.get(LATER).status_code == 200
        assert "10 mã" in again.get(ASK).get_data(as_text=True)
        third = market.signed_in("Hạnh", factor=False)
        assert third.post(ASK, data={"code": code_of(key)}).status_code == 422  # a code seen over the shoulder
        assert third.post(ASK, data={"code": code_of(key, ahead=-1)}).status_code == 422  # nor one from before
        assert is_asked(third)


def test_setting_it_ends_the_other_sessions_and_stores_nothing_readable(market: MarketUnderTest) -> None:
    before, hanh = market.signed_in("Hạnh"), market.signed_in("Hạnh", factor=False)
    key, codes = enrols(hanh)
    assert before.get("/tai-khoan/").status_code == 303
    with market.unit():
        held = db.session.scalars(select(SecondFactor)).one()
        stored = held.sealed_key + "".join(db.session.scalars(select(RecoveryCode.digest)))
        assert base64.b64encode(key).decode() not in stored
        assert base64.b32encode(key).decode() not in stored
        assert not any(code in stored or code.replace("-", "") in stored for code in codes)
        with pytest.raises(InvalidToken):  # a row copied to another account cannot be read there
            secret.unseal(held.sealed_key, f"second-factor-{BINH}")
        assert [row.verb for row in trail.of("user", HANH)] == ["set_factor"]


def test_a_page_of_somebody_elses_key_sets_nothing(market: MarketUnderTest) -> None:
    quan, hanh = market.signed_in("Quân", factor=False), market.signed_in("Hạnh", factor=False)
    page = quan.get(SET).get_data(as_text=True)
    sealed = re.search(r'name="key"[^>]*value="([^"]+)"', page)
    assert sealed
    for key in (sealed[1], "", "rubbish"):
        assert hanh.post(SET, data={"key": key, "code": code_of(key_shown(page))}).headers["Location"] == SET
    assert is_asked(hanh)


def test_paper_opens_once_and_is_shown_once(market: MarketUnderTest) -> None:
    hanh = market.signed_in("Hạnh", factor=False)
    _key, codes = enrols(hanh)
    assert hanh.post(PAPER, data={"viec": "xong"}).headers["Location"] == "/dieu-phoi/"
    assert not any(code in hanh.get(PAPER).get_data(as_text=True) for code in codes)
    for typed, opens in ((codes[0].upper().replace("-", " "), True), (codes[0], False), (codes[1], True)):
        client = market.signed_in("Hạnh", factor=False)
        assert client.post(ASK, data={"recovery": typed}).status_code == (303 if opens else 422)
        assert is_asked(client) is not opens
    assert client.post(PAPER, data={"code": codes[2]}).status_code == 303
    fresh = re.findall(r"<li>([2-9a-z]{5}-[2-9a-z]{5})</li>", client.get(PAPER).get_data(as_text=True))
    assert (len(fresh), set(fresh) & set(codes)) == (10, set())
    late = market.signed_in("Hạnh", factor=False)
    assert late.post(ASK, data={"recovery": codes[3]}).status_code == 422
    with market.unit():
        verbs = [row.verb for row in trail.of("user", HANH)]
        assert verbs == ["set_factor", "use_recovery", "use_recovery", "renew_recovery"]


def test_another_telephone_needs_a_code_of_the_old_one(market: MarketUnderTest) -> None:
    hanh = market.signed_in("Hạnh", factor=False)
    key, codes = enrols(hanh)
    page = hanh.get(SET).get_data(as_text=True)
    sealed = re.search(r'name="key"[^>]*value="([^"]+)"', page)
    assert sealed
    for old in ("", "000000", code_of(key)):
        data = {"key": sealed[1], "code": code_of(key_shown(page)), "old": old}
        assert hanh.post(SET, data=data).status_code == 422
    new, _codes = enrols(hanh, old=codes[0])
    assert new != key
    thief = market.signed_in("Hạnh", factor=False)
    assert thief.post(SET, data=data | {"old": codes[1]}).headers["Location"] == ASK
    assert thief.get(SET).headers["Location"] == ASK
    with market.unit():
        session = latest_session(HANH)
    actor = Actor(ActorKind.STRANGER, user_id=HANH)
    with pytest.raises(FactorIsSet), market.unit():
        actions.set_factor(actor, session_id=session, key=key, code=code_of(key), old="", device=HERE)


def latest_session(user_id: int) -> int:
    newest = select(UserSession.id).where(UserSession.user_id == user_id).order_by(UserSession.id.desc())
    return db.session.scalars(newest.limit(1)).one()


def test_a_session_found_open_on_an_old_machine_sets_nothing(market: MarketUnderTest) -> None:
    hanh = market.signed_in("Hạnh", factor=False)
    sealed = re.search(r'name="key"[^>]*value="([^"]+)"', page := hanh.get(SET).get_data(as_text=True))
    assert sealed
    with market.unit():
        old = clock.now() - timedelta(minutes=11)
        write(update(UserSession).where(UserSession.user_id == HANH).values(proved_at=old))
    assert "Đăng nhập lại" in hanh.get(SET).get_data(as_text=True)
    hanh.post(SET, data={"key": sealed[1], "code": code_of(key_shown(page))})
    assert is_asked(hanh)


def test_guesses_wait_longer_and_longer_and_a_stranger_locks_nobody_out(market: MarketUnderTest) -> None:
    hanh = market.signed_in("Hạnh", factor=False)
    with time_machine.travel(clock.now(), tick=False) as now:
        key, _codes = enrols(hanh)
        guesser = market.signed_in("Hạnh", factor=False)
        said = [guesser.post(ASK, data={"code": f"{n:06}"}).status_code for n in range(8)]
        assert said == [422, 422, 422, 422, 429, 429, 429, 429]
        now.shift(5)
        assert guesser.post(ASK, data={"code": "000000"}).status_code == 422
        wait = guesser.post(ASK, data={"code": code_of(key, 1)})
        assert (wait.status_code, wait.headers["Retry-After"]) == (429, "15")  # the right one is not read either
        now.shift(30)
        there = {"REMOTE_ADDR": "10.1.2.3"}
        herself = market.signed_in("Hạnh", factor=False)
        assert herself.post(ASK, data={"code": code_of(key)}, environ_base=there).status_code == 303


def test_another_admin_takes_it_away_on_record_but_never_her_own(market: MarketUnderTest) -> None:
    hanh, binh = market.signed_in("Hạnh", factor=False), market.signed_in("Bình", factor=False)
    enrols(hanh)
    enrols(binh)
    assert "Bỏ mã xác thực" in binh.get(f"/dieu-phoi/nguoi-dung/{HANH}").get_data(as_text=True)
    assert 'value="bo-xac-thuc"' not in binh.get(f"/dieu-phoi/nguoi-dung/{BINH}").get_data(as_text=True)
    binh.post(f"/dieu-phoi/nguoi-dung/{BINH}/quyen", data={"viec": "bo-xac-thuc"})
    assert "bằng một mã đang dùng" in binh.get(f"/dieu-phoi/nguoi-dung/{BINH}").get_data(as_text=True)
    binh.post(f"/dieu-phoi/nguoi-dung/{HANH}/quyen", data={"viec": "bo-xac-thuc"})
    assert hanh.get("/tai-khoan/").status_code == 303  # signed out everywhere
    with market.unit():
        assert [row.user_id for row in db.session.scalars(select(SecondFactor))] == [BINH]
        assert {row.user_id for row in db.session.scalars(select(RecoveryCode))} == {BINH}
        row = trail.of("user", HANH)[-1]
        assert (row.verb, row.user_id) == ("reset_factor", BINH)
    with pytest.raises(NotFound), market.unit():
        actions.reset_factor(Actor.operator(), HANH)
    with pytest.raises(NotAllowed), market.unit():
        actions.reset_factor(Actor(ActorKind.COORDINATOR, user_id=QUAN, areas=()), BINH)


def test_the_operator_has_a_way_back_for_the_last_admin(market: MarketUnderTest) -> None:
    enrols(market.signed_in("Bình", factor=False))
    run = market.app.test_cli_runner().invoke
    assert run(args=["reset-factor", "--phone", "0900 000 003"]).exit_code == 1
    assert run(args=["reset-factor", "--phone", "0900 000 777"]).exit_code == 1
    done = run(args=["reset-factor", "--phone", "0900 000 008"])
    assert done.exit_code == 0, done.output
    assert market.signed_in("Bình", factor=False).get(ASK).headers["Location"] == SET


def test_without_it_an_official_is_like_anybody_at_every_other_door(market: MarketUnderTest) -> None:
    binh = market.signed_in("Bình", factor=False)
    with binh:
        assert binh.get("/tai-khoan/").status_code == 200
        from_page = frame.actor()
        assert from_page.kind is ActorKind.STRANGER
    mo = market.signed_in("Mơ", factor=False)
    assert mo.get("/ban-hang/").status_code == 200
    for path in (ASK, SET, PAPER):
        assert mo.get(path).status_code == 404
    with market.unit():
        actions.grant_area(Actor.operator(), cast.user_id("Mơ"), Place("01"), office="UBND")
    assert mo.get("/ban-hang/tien").status_code == 200  # her own stall needs no code
    assert is_asked(mo)


def test_only_a_market_of_samples_shows_the_code(market: MarketUnderTest) -> None:
    hanh = market.signed_in("Hạnh", factor=False)
    key, _codes = enrols(hanh)
    other = market.signed_in("Hạnh", factor=False)
    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=False):
        assert f'value="{code_of(key)}"' in other.get(ASK).get_data(as_text=True)
        with market.unit():
            write(update(marking.Marking).values(mode="production"))
        page = other.get(ASK).get_data(as_text=True)
        assert code_of(key) not in page
        assert "Chợ mẫu" not in page
    with market.unit():
        assert actions.code_of_a_sample(HANH) == actions.code_of_a_sample(HANH, b"x" * 20) == ""
    with pytest.raises(NotAllowed), market.unit():
        actions.settle_sample(Actor.operator(), QUAN)


def test_nobody_shows_a_code_through_somebody_elses_session(market: MarketUnderTest) -> None:
    _key, codes = enrols(market.signed_in("Hạnh", factor=False))
    market.signed_in("Hạnh", factor=False)
    with market.unit():
        session = latest_session(HANH)
    for verb in (actions.show_factor, actions.renew_recovery):
        with pytest.raises(NotFound), market.unit():
            verb(Actor(ActorKind.STRANGER, user_id=QUAN), session_id=session, code=codes[0], device=HERE)
    mine = Actor(ActorKind.STRANGER, user_id=HANH)
    with market.unit():
        assert actions.show_factor(mine, session_id=session, code="", device=HERE) == Wrong()
        answer = actions.show_factor(mine, session_id=session, code=codes[0], device=HERE)
        assert answer == Shown(by_paper=True, codes_left=9)

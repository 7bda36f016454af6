"""One-time codes: six digits, ten minutes, five tries, once, for one purpose, number and browser; sealed until sent."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from marketplace.accounts import actions
from marketplace.accounts.models import OneTimeCode, User
from marketplace.accounts.rules import Device, Entered, SignUp, Wrong
from marketplace.kit import clock, db, outbox
from marketplace.kit.actor import Actor
from marketplace.kit.outbox import Promise
from tests import cast
from tests.accounts.story import ask, codes_sent, enter, is_in, last_code, words
from tests.browser_client import Browser
from tests.market import MarketUnderTest

MO = "0900 000 001"
NOBODY = "0900 000 099"
NEW = {"name": "Đặng Thị Na", "phone": "0900.000.077", "email": "", "consent": "y"}


def test_a_code_signs_in_once(market: MarketUnderTest, client: Browser) -> None:
    assert ask(client, MO).location == "/dang-nhap/ma"
    code, payload = codes_sent(market)[-1]
    assert len(code) == 6
    assert code.isdigit()
    assert payload == {"channel": "phone", "to": "+84900000001", "purpose": "sign_in", "language": "vi"}
    assert "09•• ••• 001" in words(client.get("/dang-nhap/ma"))
    assert enter(client, MO, f"{code[:3]} {code[3:]}").status_code == 303
    assert is_in(client)
    client.post("/dang-xuat")
    assert enter(client, MO, code).status_code == 422


def test_a_code_lives_ten_minutes(market: MarketUnderTest, client: Browser) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        ask(client, MO)
        code = last_code(market)
        traveller.shift(timedelta(minutes=10))
        assert enter(client, MO, code).status_code == 422
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False) as traveller:
        ask(client, MO)
        code = last_code(market)
        traveller.shift(timedelta(minutes=9, seconds=59))
        assert enter(client, MO, code).status_code == 303


def test_the_fifth_wrong_try_uses_the_code_up(market: MarketUnderTest, client: Browser) -> None:
    ask(client, MO)
    code = last_code(market)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _ in range(5):
        assert enter(client, MO, wrong).status_code == 422
    assert enter(client, MO, code).status_code == 422


def test_four_wrong_tries_do_not(market: MarketUnderTest, client: Browser) -> None:
    ask(client, MO)
    code = last_code(market)
    for _ in range(4):
        assert enter(client, MO, "000000" if code != "000000" else "111111").status_code == 422
    assert enter(client, MO, code).status_code == 303


def test_a_code_fits_only_the_browser_that_asked(market: MarketUnderTest, client: Browser) -> None:
    ask(client, MO)
    assert enter(market.client(), MO, last_code(market)).status_code == 422
    assert enter(client, MO, last_code(market)).status_code == 303


def test_a_code_on_its_way_does_not_open_an_account_closed_meanwhile(market: MarketUnderTest, client: Browser) -> None:
    ask(client, MO)
    with market.unit():
        actions.disable_user(Actor.operator(), cast.user_id("Mơ"))
    assert enter(client, MO, last_code(market)).status_code == 422
    assert not is_in(client)
    ask(market.client(), MO)
    assert len(codes_sent(market)) == 1


def test_a_code_fits_only_its_number(market: MarketUnderTest, client: Browser) -> None:
    ask(client, MO)
    assert enter(client, "0900 000 002", last_code(market)).status_code == 422


def test_codes_are_not_stored_as_digits(market: MarketUnderTest, client: Browser) -> None:
    ask(client, MO)
    code = last_code(market)
    database = b"".join(path.read_bytes() for path in market.folder.glob("*.sqlite3*"))
    assert code.encode() not in database


def test_a_sent_code_is_wiped_from_the_outbox(market: MarketUnderTest, client: Browser) -> None:
    ask(client, MO)
    with market.unit():
        jobs = outbox.claim(Actor.system("test"))
        mine = [job for job in jobs if job.topic == "code.send"]
        assert mine[0].payload["secret"].isdigit()
    with market.unit():
        assert outbox.finish(Actor.system("test"), mine[0].id)
    with market.unit():
        assert db.session.scalars(select(Promise.sealed).where(Promise.topic == "code.send")).all() == [None]


def test_asking_for_a_known_and_an_unknown_number_looks_and_costs_the_same(market: MarketUnderTest) -> None:
    seen = {}
    for name, phone in {"known": MO, "unknown": NOBODY}.items():
        client = market.client()
        answer = ask(client, phone)
        after = words(client.get("/dang-nhap/ma")).replace("001", "…").replace("099", "…")
        wrong = words(enter(client, phone, "123456")).replace("001", "…").replace("099", "…")
        with market.unit():
            rows = [len(db.session.scalars(select(model)).all()) for model in (OneTimeCode, Promise)]
        seen[name] = (answer.status_code, answer.location, after, wrong, rows)
    assert seen["known"][:4] == seen["unknown"][:4]
    assert seen["unknown"][4] == [2 * n for n in seen["known"][4]]
    assert [payload["to"] for _code, payload in codes_sent(market)] == ["+84900000001"]


def test_a_code_for_nobody_signs_nobody_in(market: MarketUnderTest, client: Browser) -> None:
    ask(client, NOBODY)
    with market.unit():
        promise = db.session.scalars(select(Promise).where(Promise.topic == "code.drop")).one()
        code = outbox.secret.unseal(promise.sealed or "")
    assert enter(client, NOBODY, code).status_code == 422
    market.work()
    with market.unit():
        assert db.session.scalars(select(Promise.sealed).where(Promise.topic == "code.drop")).all() == [None]


def test_a_minute_passes_between_two_codes(market: MarketUnderTest, client: Browser) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        ask(client, MO)
        answer = ask(client, MO)
        assert answer.status_code == 429
        assert "Xin đợi 60 giây" in words(answer)
        traveller.shift(timedelta(seconds=60))
        assert ask(client, MO).status_code == 303


def test_the_first_of_two_codes_still_fits(market: MarketUnderTest, client: Browser) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        ask(client, MO)
        first = last_code(market)
        traveller.shift(timedelta(seconds=61))
        ask(client, MO)
        assert enter(client, MO, first).status_code == 303


def test_a_line_in_a_house_gets_no_code_but_a_sentence(client: Browser) -> None:
    answer = ask(client, "024 3825 1234")
    assert answer.status_code == 422
    assert "số máy bàn" in words(answer)


def test_a_sign_up_is_finished_by_its_code(market: MarketUnderTest, client: Browser) -> None:
    assert client.post("/dang-ky", data=NEW).location == "/dang-ky/ma"
    client.get("/dang-ky/ma")
    answer = client.post("/dang-ky/ma", data={"phone": NEW["phone"], "code": last_code(market)})
    assert answer.status_code == 303
    assert "Đặng Thị Na" in words(client.get("/tai-khoan/"))
    with market.unit():
        user = db.session.scalars(select(User).where(User.phone == "+84900000077")).one()
        assert user.consent_version.startswith("quy-che")
        assert user.consent_at is not None
        assert user.phone_proved_at is not None


def test_nothing_is_opened_before_the_code_comes_back(market: MarketUnderTest, client: Browser) -> None:
    client.post("/dang-ky", data=NEW)
    with market.unit():
        assert db.session.scalar(select(User).where(User.phone == "+84900000077")) is None


def test_the_consent_is_not_ticked_beforehand_and_not_skipped(client: Browser) -> None:
    assert " checked" not in client.get("/dang-ky").get_data(as_text=True)
    answer = client.post("/dang-ky", data={key: value for key, value in NEW.items() if key != "consent"})
    assert answer.status_code == 422
    assert "đánh dấu vào ô này" in words(answer)
    assert 'value="0900.000.077"' in answer.get_data(as_text=True)


def test_signing_up_with_a_number_that_has_an_account_looks_the_same_and_lets_its_owner_in(
    market: MarketUnderTest, client: Browser
) -> None:
    answer = client.post("/dang-ky", data={**NEW, "phone": MO})
    assert answer.location == "/dang-ky/ma"
    assert client.post("/dang-ky/ma", data={"phone": MO, "code": last_code(market)}).status_code == 303
    assert "Nguyễn Thị Mơ" in words(client.get("/tai-khoan/"))


@db.action
def _write_email(user_id: int, email: str) -> None:
    db.locked(User, user_id).email = email


def _ask_by_email(market: MarketUnderTest, phone: str, email: str) -> str:
    with market.unit():
        asked = actions.ask_code(
            Actor.stranger(), phone=phone, address="10.0.0.1", by_phone=False, new=SignUp("Kẻ Lạ", "1.0", email)
        )
    return asked.browser  # type: ignore[union-attr]


def test_an_address_typed_at_sign_up_never_gets_the_code_of_somebody_elses_account(market: MarketUnderTest) -> None:
    _ask_by_email(market, MO, "ke-la@example.vn")
    assert codes_sent(market) == []
    with market.unit():
        _write_email(cast.user_id("Mơ"), "mo@example.vn")
    with time_machine.travel(clock.now() + timedelta(minutes=5)):
        _ask_by_email(market, MO, "ke-la@example.vn")
    assert [payload["to"] for _code, payload in codes_sent(market)] == ["mo@example.vn"]


def test_a_code_sent_to_an_address_never_enters_an_account_made_meanwhile(market: MarketUnderTest) -> None:
    browser = _ask_by_email(market, NEW["phone"], "ke-la@example.vn")
    code = last_code(market)
    with market.unit():
        actions.open_account_on_desk(Actor.operator(), phone=NEW["phone"], name="Đặng Thị Na")
    with market.unit():
        answer = actions.enter_with_code(
            Actor.stranger(), phone=NEW["phone"], code=code, browser=browser, device=Device("", "10.0.0.1")
        )
    assert isinstance(answer, Wrong)


def test_an_account_opened_by_e_mail_is_not_proved_by_number(market: MarketUnderTest) -> None:
    browser = _ask_by_email(market, NEW["phone"], "na@example.vn")
    with market.unit():
        answer = actions.enter_with_code(
            Actor.stranger(), phone=NEW["phone"], code=last_code(market), browser=browser, device=Device("", "10.0.0.1")
        )
    assert isinstance(answer, Entered)
    with market.unit():
        assert db.session.scalars(select(User.phone_proved_at).where(User.id == answer.user_id)).all() == [None]


def test_many_askings_do_not_keep_the_owner_from_asking(market: MarketUnderTest) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for n in range(40):
            with market.unit():
                actions.ask_code(Actor.stranger(), phone=MO, address=f"10.2.{n}.1", by_phone=True)
            traveller.shift(timedelta(seconds=30))
        owner = market.client()
        answer = ask(owner, MO)
        if answer.status_code == 429:
            assert int(answer.headers["Retry-After"]) <= 120
            traveller.shift(timedelta(seconds=int(answer.headers["Retry-After"])))
            answer = ask(owner, MO)
        assert answer.status_code == 303


def test_production_without_sms_says_plainly_who_opens_accounts(market: MarketUnderTest, client: Browser) -> None:
    settings = market.app.config["SETTINGS"]
    market.app.config["SETTINGS"] = replace(settings, mode="production")
    try:
        page = client.post("/dang-ky", data=NEW)
        with_mail = client.post("/dang-ky", data={**NEW, "email": "na@example.vn"})
    finally:
        market.app.config["SETTINGS"] = settings
    assert page.status_code == 200
    assert "ủy ban xã" in words(page)
    assert with_mail.status_code == 303
    assert [payload["channel"] for _code, payload in codes_sent(market)] == ["email"]


@pytest.mark.parametrize("left_out", [*NEW])
def test_a_form_that_lacks_a_question_is_answered_all_the_same(client: Browser, left_out: str) -> None:
    answer = client.post("/dang-ky", data={key: value for key, value in NEW.items() if key != left_out})
    assert answer.status_code == (303 if left_out == "email" else 422)


@pytest.mark.parametrize("path", ["/dang-nhap", "/dang-nhap/ma", "/dang-ky", "/dang-ky/ma"])
def test_an_empty_form_is_asked_again(client: Browser, path: str) -> None:
    assert client.post(path).status_code == 422
    nothing = {"phone": "0912 345 678\x00", "code": "\x00", "password": "\x00", "name": "\x00"}
    assert client.post(path, data=nothing).status_code == 400

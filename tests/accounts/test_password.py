"""Number and password through the pages: one answer for all that is wrong, growing delays, no lock-out by strangers."""

import unicodedata
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import argon2
import pytest
import time_machine
from sqlalchemy import select

from marketplace.accounts.models import Attempt
from marketplace.kit import clock, db
from tests import cast
from tests.accounts.story import PASSWORD, give_password, is_in, sign_in, words
from tests.browser_client import Browser
from tests.market import MarketUnderTest

MO = "0900 000 001"
NOBODY = "0900 000 099"


def test_the_right_password_opens_the_account(market: MarketUnderTest, client: Browser) -> None:
    give_password(market, "Mơ")
    answer = sign_in(client, MO, PASSWORD)
    assert answer.status_code == 303
    assert answer.location == "/ban-hang/"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert is_in(client)


def test_the_same_password_from_a_keyboard_that_writes_in_parts_fits(market: MarketUnderTest, client: Browser) -> None:
    give_password(market, "Mơ")
    assert sign_in(client, MO, unicodedata.normalize("NFD", PASSWORD)).status_code == 303


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password hash computed from now on, by the real hasher."""
    hashes: list[str] = []
    real = argon2.PasswordHasher.verify

    def counting(self: argon2.PasswordHasher, stored: str, password: str) -> bool:
        hashes.append(stored)
        return bool(real(self, stored, password))

    monkeypatch.setattr(argon2.PasswordHasher, "verify", counting)
    return hashes


def test_known_and_unknown_numbers_get_the_same_answer_and_the_same_work(
    market: MarketUnderTest, computed: list[str]
) -> None:
    give_password(market, "Mơ")
    answers = {}
    for who, phone in {"known": MO, "unknown": NOBODY, "without password": "0900 000 002"}.items():
        before = len(computed)
        answer = sign_in(
            market.client(), phone, "muối vừng chum tương", environ_base={"REMOTE_ADDR": f"10.0.0.{len(answers)}"}
        )
        answers[who] = (answer.status_code, words(answer), len(computed) - before)
    assert len(set(answers.values())) == 1, answers
    status, text, computations = answers["known"]
    assert (status, computations) == (422, 1)
    assert "chưa đúng" in text
    parameters = {tuple(one.split("$")[2:4]) for one in computed}
    assert parameters == {("v=19", "m=19456,t=2,p=1")}


def test_three_slips_wait_five_seconds_and_the_right_password_waits_too(
    market: MarketUnderTest, client: Browser
) -> None:
    give_password(market, "Mơ")
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for _ in range(3):
            assert sign_in(client, MO, "muối vừng chum tương").status_code == 422
        answer = sign_in(client, MO, PASSWORD)
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "5"
        assert "Xin đợi 5 giây" in words(answer)
        traveller.shift(timedelta(seconds=5))
        assert sign_in(client, MO, PASSWORD).status_code == 303


def test_the_delay_grows_to_an_hour_and_is_forgotten_after_a_day(market: MarketUnderTest, client: Browser) -> None:
    give_password(market, "Mơ")
    with time_machine.travel(clock.now(), tick=False) as traveller:
        waited = []
        for _ in range(12):
            answer = sign_in(client, MO, "muối vừng chum tương")
            if answer.status_code == 429:
                waited.append(int(answer.headers["Retry-After"]))
                traveller.shift(timedelta(seconds=waited[-1]))
        assert waited == sorted(waited)
        assert waited[-1] >= 300
        traveller.shift(timedelta(hours=25))
        for _ in range(2):
            assert sign_in(client, MO, "muối vừng chum tương").status_code == 422


def test_a_stranger_who_guesses_for_hours_does_not_lock_the_owner_out(market: MarketUnderTest) -> None:
    give_password(market, "Mơ")
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for n in range(60):
            stranger = market.client()
            sign_in(stranger, MO, "muối vừng chum tương", environ_base={"REMOTE_ADDR": f"10.1.{n}.1"})
            traveller.shift(timedelta(seconds=5))
        owner = market.client()
        assert sign_in(owner, MO, PASSWORD, environ_base={"REMOTE_ADDR": "10.9.9.9"}).status_code == 303


def test_a_refusal_is_remembered_although_it_is_a_refusal(market: MarketUnderTest, client: Browser) -> None:
    sign_in(client, MO, "muối vừng chum tương")
    with market.unit():
        counted = {row.kind: row.count for row in db.session.scalars(select(Attempt))}
    assert counted == {"pair": 1, "account": 1, "address": 1}


def test_counters_name_nobody(market: MarketUnderTest, client: Browser) -> None:
    sign_in(client, MO, "muối vừng chum tương")
    with market.unit():
        rows = db.session.scalars(select(Attempt)).all()
        assert all(len(row.key) == 64 and "900000001" not in row.key for row in rows)


def test_a_right_password_forgives_the_slips_before(market: MarketUnderTest, client: Browser) -> None:
    give_password(market, "Mơ")
    for _ in range(4):
        for _ in range(2):
            assert sign_in(market.client(), MO, "muối vừng chum tương").status_code == 422
        assert sign_in(market.client(), MO, PASSWORD).status_code == 303


@pytest.mark.parametrize(("name", "lands"), [("Mơ", "/ban-hang/"), ("Hạnh", "/dieu-phoi/"), ("Lan", "/tai-khoan/")])
def test_signing_in_leads_to_the_page_one_works_on(
    market: MarketUnderTest, client: Browser, name: str, lands: str
) -> None:
    give_password(market, name)
    phone = cast.PEOPLE[name].phone
    assert sign_in(client, phone, PASSWORD).location == lands


@pytest.mark.parametrize(
    ("wanted", "lands"),
    [
        ("/tai-khoan/phien", "/tai-khoan/phien"),
        ("//evil.vn", "/ban-hang/"),
        ("/\\evil.vn", "/ban-hang/"),
        ("https://evil.vn", "/ban-hang/"),
    ],
)
def test_signing_in_leads_back_to_a_page_of_the_market_only(
    market: MarketUnderTest, client: Browser, wanted: str, lands: str
) -> None:
    give_password(market, "Mơ")
    answer = client.post("/dang-nhap", query_string={"next": wanted}, data={"phone": MO, "password": PASSWORD})
    assert answer.location == lands


def test_what_was_typed_stays_when_it_is_wrong(client: Browser) -> None:
    answer = client.post("/dang-nhap", data={"phone": "0912.345", "password": ""})
    assert answer.status_code == 422
    assert 'value="0912.345"' in answer.get_data(as_text=True)
    assert "Ví dụ: 0912 345 678" in words(answer)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_burst_of_guesses_learns_no_more_than_three(market: MarketUnderTest) -> None:
    give_password(market, "Mơ")

    def guess(n: int) -> int:
        password = PASSWORD if n % 2 else "muối vừng chum tương"
        return int(sign_in(market.client(), NOBODY, password).status_code)

    with ThreadPoolExecutor(8) as pool:
        statuses = Counter(pool.map(guess, range(24)))
    assert statuses[422] == 3
    assert statuses[422] + statuses[429] == 24

"""Taps about money ask for the PIN, once she has chosen one; what was pressed or typed is not lost over it."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from marketplace.accounts.models import UserSession
from marketplace.kit import db
from marketplace.payments.models import MoneyFact
from marketplace.web.selling import pin
from tests.accounts.test_pin import PIN, write
from tests.browser_client import Browser
from tests.market import MarketUnderTest
from tests.orders.shop import CHE_LAM, actions, does, order, row

As = Callable[[str], Browser]


@pytest.fixture
def mo(market: MarketUnderTest, as_: As) -> Browser:
    """Mơ, who has chosen a PIN and was away for an hour."""
    client = as_("Mơ")
    answer = client.post("/tai-khoan/pin", data={"pin": PIN, "again": PIN})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/tai-khoan/")
    with market.unit():
        write(update(UserSession).values(pin_at=None))
    return client


def carried(page: str) -> dict[str, str]:
    """What the question carries along."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))


def facts(market: MarketUnderTest) -> int:
    with market.unit():
        return len(db.session.scalars(select(MoneyFact.id)).all())


def test_money_came_is_said_only_with_the_pin_and_goods_without(market: MarketUnderTest, mo: Browser) -> None:
    one = order(market, {CHE_LAM: 1})
    path = f"/ban-hang/don/{row(market, one.order).code}"
    does(market, actions.buyer_tap, one.buyer, one.request)
    before = facts(market)
    asked = mo.post(path, data={"verb": "received"})
    assert (asked.status_code, facts(market)) == (403, before)
    wrong = mo.post(path, data={"verb": "received", "pin": "111111"})
    assert (wrong.status_code, "Còn 4 lần thử" in wrong.get_data(as_text=True), facts(market)) == (422, True, before)
    again = carried(wrong.get_data(as_text=True))
    assert again == {"verb": "received"}
    assert mo.post(path, data={**again, "pin": PIN}).status_code == 303
    assert facts(market) > before
    with market.unit():
        write(update(UserSession).values(pin_at=None))
    assert mo.post(path, data={"verb": "accept"}).status_code == 303  # goods ask for nothing
    assert mo.post(path, data={"verb": "not_seen"}).status_code == 403


def test_what_was_typed_into_a_form_travels_with_the_question(market: MarketUnderTest, mo: Browser) -> None:
    typed = {"bank": "970436", "account_no": "12", "holder": 'NGUYEN "T" <MO>'}
    path = "/ban-hang/gian-hang/tai-khoan/doi"
    page = mo.post(path, data=typed).get_data(as_text=True)
    assert [name for name in typed if f'name="{name}"' in page] == list(typed)
    assert "&lt;MO&gt;" in page
    shown = mo.post(path, data={**typed, "pin": PIN})  # the form itself answers: the number is too short
    assert (shown.status_code, 'value="12"' in shown.get_data(as_text=True)) == (422, True)
    assert "Gõ mã PIN" not in mo.post(path, data=typed).get_data(as_text=True)  # open for half an hour


def test_a_form_about_money_asks_before_it_is_filled_in(mo: Browser) -> None:
    path = "/ban-hang/gian-hang/tai-khoan/doi?a=b"
    asked = mo.get(path)
    assert (asked.status_code, carried(asked.get_data(as_text=True))) == (403, {"chi_mo": "1"})
    assert mo.post(path, data={"chi_mo": "1", "pin": "111111"}).status_code == 422
    for _twice in range(2):
        went = mo.post(path, data={"chi_mo": "1", "pin": PIN})
        assert (went.status_code, went.headers["Location"]) == (303, path)
    assert mo.get(path).status_code == 200


ABOUT_MONEY = {
    "money_went_back", "refund_part", "refunded_part", "change_account", "ask_account", "move_order",
    "cash_sum", "cash_told", "cash_came", "move_transfer", "invite", "end_membership", "invitation", "accept_invitation",
}  # fmt: skip


def test_every_address_about_money_asks(market: MarketUnderTest, mo: Browser) -> None:
    assert {f"selling.{name}" for name in ABOUT_MONEY} == pin.BEHIND
    code = row(market, order(market, {CHE_LAM: 1}).order).code
    for rule in market.app.url_map.iter_rules():
        if rule.endpoint in pin.BEHIND:
            for method in {"GET", "POST"} & set(rule.methods or ()):
                path = rule.rule.replace("<code>", code).replace("<int:member_id>", "1")
                data = {"khoan": "1"} if method == "POST" else None
                assert mo.open(path, method=method, data=data).status_code == 403, path


def test_guesses_through_the_page_are_counted(mo: Browser) -> None:
    path = "/ban-hang/tien"
    said = [mo.post(path, data={"khoan": "1", "pin": "111111"}).get_data(as_text=True) for _try in range(5)]
    assert ["Còn 4 lần" in said[0], "Còn 1 lần" in said[3], "sai 5 lần" in said[4]] == [True] * 3
    assert mo.post(path, data={"khoan": "1", "pin": PIN}).status_code == 422


def test_without_one_nobody_is_asked_and_a_guessable_one_is_not_taken(market: MarketUnderTest, as_: As) -> None:
    tin = as_("Tín")
    assert "Đặt mã PIN" in tin.get("/ban-hang/tien").get_data(as_text=True)
    assert tin.post("/ban-hang/tien", data={"khoan": "1"}).status_code == 404  # no such refund, and no question
    for chosen, again in (("123456", "123456"), (PIN, "482908"), ("", "")):
        assert tin.post("/tai-khoan/pin", data={"pin": chosen, "again": again}).status_code == 422

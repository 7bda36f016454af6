"""Where a transfer goes back to: told by the buyer, proved by a code to the order's telephone, scanned by the producer."""

import re

import pytest
import time_machine
from sqlalchemy import select

from marketplace.kit import clock, db, secret
from marketplace.kit.outbox import Promise
from marketplace.payments import actions, vietqr
from marketplace.payments.models import RefundAccount
from marketplace.payments.queries.refund_accounts import back_to, back_transfer
from marketplace.payments.rules.refund_account import BadRefundAccount, NoRefundToAwait, TooManyCodes
from marketplace.producers.rules import PayeeDraft, PayeeKind
from tests.browser_client import Browser
from tests.buying.walk import buy, soup, words
from tests.market import MarketUnderTest
from tests.orders import shop
from tests.orders.shop import CHE_LAM, MO, does, find
from tests.payments.test_refund_lines import gives_back

ACCOUNT = PayeeDraft(PayeeKind.PRODUCER, "970436", "0451 000 555 666", "Trần Thị Lan")
OTHER = PayeeDraft(PayeeKind.PRODUCER, "970405", "1500999888777", "Kẻ Gian")


@pytest.fixture
def bought(market: MarketUnderTest) -> shop.Bought:
    """Two boxes, received, and one goes back."""
    one = shop.order(market, {CHE_LAM: 2})
    does(market, actions.producer_received, MO, one.request)
    gives_back(market, one)
    return one


def code_sent(market: MarketUnderTest) -> str:
    with market.unit():
        sealed = db.session.scalars(
            select(Promise.sealed).where(Promise.topic == "code.send").order_by(Promise.id.desc())
        )
        return secret.unseal(sealed.first() or "")


def transfer(market: MarketUnderTest, bought: shop.Bought) -> object:
    code = shop.row(market, bought.order).code
    with market.unit():
        return back_transfer(1, code, 1)


def test_only_a_proved_account_is_shown_to_the_producer(market: MarketUnderTest, bought: shop.Bought) -> None:
    does(market, actions.name_refund_account, bought.buyer, bought.group_id, draft=ACCOUNT)
    assert transfer(market, bought) is None
    assert not does(market, actions.prove_refund_account, bought.buyer, bought.group_id, code="x")
    assert does(market, actions.prove_refund_account, bought.buyer, bought.group_id, code=code_sent(market))
    code = shop.row(market, bought.order).code
    with market.unit():
        back = back_transfer(1, code, 1)
        assert back_transfer(2, code, 1) is None
    assert back is not None
    read = vietqr.decode(back.payload)
    assert (read.account, read.amount, read.memo) == ("0451000555666", 85_000, f"HOAN TIEN DON {code}")
    does(market, actions.refund_sent, MO, 1)
    assert transfer(market, bought) is None


def test_another_account_needs_another_code(market: MarketUnderTest, bought: shop.Bought) -> None:
    does(market, actions.name_refund_account, bought.buyer, bought.group_id, draft=ACCOUNT)
    first = code_sent(market)
    does(market, actions.prove_refund_account, bought.buyer, bought.group_id, code=first)
    with time_machine.travel(clock.now() + actions.refund_accounts.PAUSE, tick=False):
        does(market, actions.name_refund_account, bought.buyer, bought.group_id, draft=OTHER)
        assert transfer(market, bought) is None
        if code_sent(market) != first:
            assert not does(market, actions.prove_refund_account, bought.buyer, bought.group_id, code=first)
    with market.unit():
        told = back_to(bought.group_id)
    assert told is not None
    assert not told.proved


def test_five_wrong_tries_and_a_late_code_prove_nothing(market: MarketUnderTest, bought: shop.Bought) -> None:
    does(market, actions.name_refund_account, bought.buyer, bought.group_id, draft=ACCOUNT)
    right = code_sent(market)
    late = clock.now() + actions.refund_accounts.CODE_LIFE
    with time_machine.travel(late, tick=False):
        assert not does(market, actions.prove_refund_account, bought.buyer, bought.group_id, code=right)
    for _try in range(5):
        does(market, actions.prove_refund_account, bought.buyer, bought.group_id, code="none")
    assert not does(market, actions.prove_refund_account, bought.buyer, bought.group_id, code=right)


def test_codes_are_not_sent_without_end_or_for_nothing(market: MarketUnderTest, bought: shop.Bought) -> None:
    does(market, actions.name_refund_account, bought.buyer, bought.group_id, draft=ACCOUNT)
    with pytest.raises(TooManyCodes):
        does(market, actions.name_refund_account, bought.buyer, bought.group_id, draft=ACCOUNT)
    other = shop.order(market, {CHE_LAM: 1})
    with pytest.raises(NoRefundToAwait):
        does(market, actions.name_refund_account, other.buyer, other.group_id, draft=ACCOUNT)
    third = shop.order(market, {CHE_LAM: 1})
    does(market, actions.producer_received, MO, third.request)
    gives_back(market, third)
    with pytest.raises(BadRefundAccount):
        does(
            market,
            actions.name_refund_account,
            third.buyer,
            third.group_id,
            draft=PayeeDraft(PayeeKind.PRODUCER, "", "1", ""),
        )


def test_through_the_pages_of_both(market: MarketUnderTest, client: Browser) -> None:
    path = buy(client, CHE_LAM)
    bought = find(market, path.rpartition("/")[2])
    does(market, actions.producer_received, MO, bought.request)
    does(market, actions.cancel_by_buyer, bought.buyer, bought.order)
    assert "Báo tài khoản nhận tiền hoàn" in words(client.get(path))
    assert market.client().get(f"{path}/tai-khoan-hoan").headers["Location"].startswith(path)
    form = {"bank": "970436", "account_no": "0451000555666", "holder": "Trần Thị Lan"}
    assert client.post(f"{path}/tai-khoan-hoan", data={**form, "account_no": "x"}).status_code == 422
    assert client.post(f"{path}/tai-khoan-hoan", data=form).status_code == 303
    assert "Gõ mã đã gửi" in words(client.get(f"{path}/tai-khoan-hoan"))
    assert client.post(f"{path}/tai-khoan-hoan/ma", data={"code": "12"}).status_code == 422
    assert client.post(f"{path}/tai-khoan-hoan/ma", data={"code": code_sent(market)}).status_code == 303
    seller, code = market.signed_in("Mơ"), shop.row(market, bought.order).code
    page = seller.get(f"/ban-hang/don/{code}")
    assert "0451000555666" in words(page)
    picture = soup(page).find("img", src=re.compile(r"/hoan/\d+\.svg"))
    assert picture is not None
    assert seller.get(str(picture["src"])).mimetype == "image/svg+xml"
    assert market.signed_in("Tín").get(str(picture["src"])).status_code == 404
    market.work()
    with market.unit():
        assert db.session.scalars(select(RefundAccount.holder)).all() == ["TRAN THI LAN"]

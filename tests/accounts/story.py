"""What the tests of accounts do over and over: ask, read the outbox as the sender would, sign in through the pages."""

import re
from typing import Any

from sqlalchemy import select

from marketplace.accounts import hashing
from marketplace.accounts.models import User
from marketplace.kit import db, secret
from marketplace.kit.outbox import Promise
from tests import cast
from tests.browser_client import Browser
from tests.market import MarketUnderTest

PASSWORD = "nồi đồng cối đá"


@db.action
def _store(user_id: int, password: str | None) -> None:
    user = db.locked(User, user_id)
    user.password_hash = hashing.hashed(password) if password else None


def give_password(market: MarketUnderTest, name: str, password: str = PASSWORD) -> None:
    """One of the cast has a password."""
    with market.unit():
        _store(cast.user_id(name), password)


def codes_sent(market: MarketUnderTest) -> list[tuple[str, dict[str, Any]]]:
    """Codes waiting to be sent, oldest first, as the sender will read them."""
    with market.unit():
        rows = db.session.scalars(select(Promise).where(Promise.topic == "code.send").order_by(Promise.id)).all()
        return [(secret.unseal(row.sealed), dict(row.payload)) for row in rows if row.sealed]


def last_code(market: MarketUnderTest) -> str:
    """The newest code on its way."""
    return codes_sent(market)[-1][0]


def sign_in(client: Browser, phone: str, password: str, **more: Any) -> Any:
    """Number and password typed on the page."""
    return client.post("/dang-nhap", data={"phone": phone, "password": password}, **more)


def ask(client: Browser, phone: str) -> Any:
    """The button "Nhận mã"."""
    return client.post("/dang-nhap", data={"phone": phone, "cach": "ma"})


def enter(client: Browser, phone: str, code: str) -> Any:
    """The code typed on its page."""
    return client.post("/dang-nhap/ma", data={"phone": phone, "code": code})


def words(response: Any) -> str:
    """The page's text without marks, addresses and single spaces only."""
    html = re.sub(r"<(script|style|head)\b.*?</\1>", "", response.get_data(as_text=True), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def is_in(client: Browser) -> bool:
    """Whether this browser is signed in."""
    return bool(client.get("/tai-khoan/").status_code == 200)

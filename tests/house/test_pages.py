"""Every page that can be opened, opened by the first role that may: well-formed, small, private where it is private."""

import re

import brotli
import pytest

from tests import cast
from tests.browser_client import Browser
from tests.exhibition import visitor_of
from tests.house.matrix import ROWS, STRANGERS, Row
from tests.market import MarketUnderTest

GETS = [row for row in ROWS if row.method == "GET"]
PUBLIC = [row for row in STRANGERS if row.method == "GET"]
MOST_HTML = 14 * 1024

SECRETS = [
    *[re.sub(r"\D", "", person.phone)[2:] for person in cast.PEOPLE.values()],
    *[str(stall["street"]) for stall in cast.STALLS.values()],
    *[stall["account"][1] for stall in cast.STALLS.values()],  # type: ignore[index] # a tuple of three texts
    "Số 5 ngõ 2",
]
"""Telephones, streets, accounts and addresses of the cast, and the order's; a stall's own sales number is public."""


def ids(row: Row) -> str:
    return f"{row.method} {row.rule}"


def opened(market: MarketUnderTest, row: Row, names: dict[str, str]) -> tuple[Browser, str]:
    who = visitor_of(row)
    return (market.signed_in(who) if who else market.client()), row.path.format(**names)


@pytest.mark.parametrize("row", GETS, ids=ids)
def test_every_page_keeps_the_rules_of_pages(market: MarketUnderTest, staged: dict[str, str], row: Row) -> None:
    client, path = opened(market, row, staged)
    answer = client.get(path)  # the client inspects what it is given
    assert answer.status_code < 400 or row.rule == "/bao-van-de/da-gui", path
    if answer.mimetype == "text/html":
        assert len(brotli.compress(answer.data, quality=4)) <= MOST_HTML


@pytest.mark.parametrize("row", PUBLIC, ids=ids)
def test_a_page_for_strangers_carries_nothing_personal(
    market: MarketUnderTest, staged: dict[str, str], row: Row
) -> None:
    path = row.path.format(**staged)
    for client in (market.client(), market.signed_in("Mơ")):
        answer = client.get(path)
        assert "Set-Cookie" not in answer.headers
        digits = re.sub(r"(?<=\d)[\s.](?=\d)", "", answer.get_data(as_text=True))
        assert [secret for secret in SECRETS if secret in digits] == []
        assert re.findall(r"[\w.]+@[\w-]+\.\w+", digits) == []
    assert market.client().get(path).data == market.signed_in("Mơ").get(path).data


@pytest.mark.parametrize("row", [row for row in GETS if row not in PUBLIC], ids=ids)
def test_what_is_not_for_everybody_is_kept_by_nobody(market: MarketUnderTest, staged: dict[str, str], row: Row) -> None:
    if row.rule == "/chon-noi":
        return
    client, path = opened(market, row, staged)
    kept = client.get(path).headers["Cache-Control"]
    assert "no-store" in kept or "private" in kept


@pytest.mark.parametrize("row", PUBLIC[:1] + GETS[-1:], ids=ids)
def test_head_answers_like_get_without_a_body(market: MarketUnderTest, staged: dict[str, str], row: Row) -> None:
    client, path = opened(market, row, staged)
    answer = client.head(path)
    assert answer.status_code == client.get(path).status_code
    assert answer.data == b""


@pytest.mark.parametrize(
    "row", [row for row in ROWS if "<int:" in row.rule], ids=lambda row: f"{row.method} {row.rule}"
)
def test_a_number_no_database_can_hold_is_a_page_that_does_not_exist(
    market: MarketUnderTest, staged: dict[str, str], row: Row
) -> None:
    path = re.sub(r"<int:\w+>", "9" * 20, row.rule)
    path = re.sub(r"<key>", "mo1" if "co-so" in path else "h1", path)
    path = re.sub(r"<\w+>", staged["token"] if path.startswith("/don-hang") else "giay-to", path)
    who = market.signed_in("Bình" if "/dieu-phoi" in path else "Mơ")
    assert who.open(path, method=row.method).status_code in (404, 405)

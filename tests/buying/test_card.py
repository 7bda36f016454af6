"""Paying by card through pages alone: chosen at the review, paid elsewhere, seen on the way back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace.practice import ledger
from tests.browser_client import Browser
from tests.buying.walk import add, answer, buy, press, soup, words
from tests.market import MarketUnderTest
from tests.orders.shop import CHE_LAM, MIEN
from tests.payments.card_shop import CardMarket, taking_cards


@pytest.fixture
def card(market: MarketUnderTest, tmp_path: Path) -> Iterator[CardMarket]:
    with taking_cards(market, tmp_path) as one:
        yield one


def to_the_gateway(client: Browser, path: str, number: int = 1) -> str:
    """Press "Trả bằng thẻ" and follow to where the card is asked for."""
    pressed = client.post(f"{path}/the", data={"khoan": number})
    assert pressed.status_code == 303
    page = client.get(pressed.headers["Location"])
    assert page.status_code == 303
    return page.headers["Location"]


def test_nobody_is_offered_a_card_where_none_is_taken(market: MarketUnderTest, client: Browser) -> None:
    add(client, CHE_LAM)
    review = answer(client)
    assert [one["value"] for one in soup(review).find_all("input", attrs={"name": "pay-1"})] == ["transfer", "cod"]
    page = press(client, review, **{"pay-1": "card"})
    assert page.status_code == 409
    assert "Chợ chưa nhận trả bằng thẻ" in words(page)


def test_transfer_is_chosen_beforehand_and_each_stall_is_asked(card: CardMarket, client: Browser) -> None:
    add(client, CHE_LAM)
    add(client, MIEN)
    review = answer(client)
    for stall in (1, 2):
        [chosen] = soup(review).find_all("input", attrs={"name": f"pay-{stall}", "checked": True})
        assert chosen["value"] == "transfer"


def test_from_the_review_to_paid_and_back(card: CardMarket, client: Browser) -> None:
    path = buy(client, CHE_LAM, MIEN, **{"pay-1": "card", "pay-2": "card"})
    order = client.get(path)
    assert "Trả 170.000 ₫ bằng thẻ một lần" in words(order)
    address = to_the_gateway(client, path)
    status, back, _ = card.stand.visit(address, card=ledger.PAYS)
    assert status == 303
    returned = client.get(back.removeprefix("http://127.0.0.1:5000"))
    assert returned.headers["Location"] == path
    after = words(client.get(path))
    assert "Đã trả 170.000 ₫ bằng thẻ. Không cần trả nữa." in after
    assert "Chờ Cơ sở bà Mơ nhận đơn" in after
    seller = words(card.market.signed_in("Mơ").get("/ban-hang/don"))
    assert "Chờ chuyển khoản" not in seller


def test_a_decline_is_told_there_and_the_order_waits(card: CardMarket, client: Browser) -> None:
    path = buy(client, CHE_LAM, **{"pay-1": "card"})
    address = to_the_gateway(client, path)
    assert card.stand.visit(address, card=ledger.DECLINED)[0] == 402
    client.get(f"{path}/the/ve")
    assert "Trả 110.000 ₫ bằng thẻ trước" in words(client.get(path))
    assert to_the_gateway(client, path) == address


def test_pages_of_another_order_are_not_found_and_head_writes_nothing(card: CardMarket, client: Browser) -> None:
    path = buy(client, CHE_LAM, **{"pay-1": "card"})
    other = buy(client, MIEN)
    pressed = client.post(f"{path}/the", data={"khoan": 1}).headers["Location"]
    assert client.get(pressed.replace(path, other)).status_code == 404
    assert client.post(f"{other}/the", data={"khoan": 1}).status_code == 404
    assert client.head(pressed).status_code == 303
    assert client.head(f"{path}/the/ve").status_code == 303
    assert card.stand.app.calls == []


def test_a_paid_sum_is_not_paid_again(card: CardMarket, client: Browser) -> None:
    path = buy(client, CHE_LAM, **{"pay-1": "card"})
    assert card.stand.visit(to_the_gateway(client, path), card=ledger.PAYS)[0] == 303
    again = client.post(f"{path}/the", data={"khoan": 1})  # before any message: it is looked up first
    assert again.headers["Location"] == path
    assert "không cần trả nữa" in words(client.get(path))


def test_cancelling_closes_the_page_first(card: CardMarket, client: Browser) -> None:
    path = buy(client, CHE_LAM, **{"pay-1": "card"})
    address = to_the_gateway(client, path)
    code = soup(client.get(path)).find("input", attrs={"name": "don"})
    assert code is not None
    client.post(f"{path}/huy", data={"don": code["value"]})
    assert card.stand.visit(address, card=ledger.PAYS)[0] == 410
    assert "Không phải trả tiền nữa" in words(client.get(path))


def test_the_maker_sees_when_her_money_comes(card: CardMarket, client: Browser) -> None:
    path = buy(client, CHE_LAM, **{"pay-1": "card"})
    assert card.stand.visit(to_the_gateway(client, path), card=ledger.SECURE[0], proof="yes")[0] == 303
    card.hears()
    seller = card.market.signed_in("Mơ")
    links = soup(seller.get("/ban-hang/don")).find_all("a", href=True)
    link = next(a["href"] for a in links if "/ban-hang/don/" in a["href"])
    said = words(seller.get(str(link)))
    assert "Khách đã trả thẻ: 110.000 ₫" in said
    assert "trong 3 ngày chợ chuyển tiền cho gian hàng" in said
    assert "Đã nhận tiền" not in said.replace("Tiền đã về: Đã nhận tiền", "Đã nhận tiền")
    money = words(seller.get("/ban-hang/tien"))
    assert "Đã trả bằng thẻ" in money

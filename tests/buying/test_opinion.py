"""An opinion's way: from the order's page to the product's, the maker's answer, and a desk that gives its reason."""

import re
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.payments import actions as payments
from marketplace.payments import queries as payment_queries
from marketplace.producers import queries as producers
from marketplace.reviews import actions, queries
from marketplace.reviews.actions import _keep
from marketplace.reviews.models import Review
from marketplace.reviews.rules import NotDelivered
from tests import stage
from tests.actors import producer
from tests.browser_client import Browser
from tests.market import MarketUnderTest

As = Callable[[str], Browser]
PRODUCT = "/san-pham/che-lam-dai-dong-h1"
SAID = {"feeling": "poor", "text": "Bánh hơi cứng.\nGói cẩn thận."}


def ordered(market: MarketUnderTest) -> tuple[str, int]:
    """The token of Lan's order of chè lam, paid and on its way, and its id."""
    with market.app.app_context():
        token = stage.place_order(1)
    mo = producer("Mơ")
    with market.unit():
        page = payment_queries.group_page(token)
        assert page is not None
        order_id = page.orders[0].order_id
        payments.buyer_tap(Actor.buyer(page.group_id), page.payees[0].request_id)
    with market.unit():
        payments.producer_received(mo, order_id)
    with market.unit():
        payments.accept(mo, order_id)
    with market.unit():
        payments.ready(mo, order_id)
        payments.hand_over(mo, order_id, carrier="Bưu điện")
    return token, order_id


def lan(market: MarketUnderTest, token: str) -> Browser:
    """A browser that has shown the last digits of the order's number."""
    browser = market.client()
    browser.post(f"/don-hang/{token}/xac-nhan-so", data={"digits": stage.ORDERER[-4:]})
    return browser


def stood(market: MarketUnderTest) -> int:
    with market.unit():
        return db.session.scalar(select(func.count()).select_from(Review)) or 0


def link(page: str) -> str:
    found = BeautifulSoup(page, "html.parser").select_one('a[href*="/y-kien/"]')
    return str(found["href"]) if found else ""


def test_from_the_parcel_to_the_product_page_and_back(market: MarketUnderTest, as_: As) -> None:
    token, order_id = ordered(market)
    buyer = lan(market, token)
    assert link(buyer.get(f"/don-hang/{token}").text) == ""  # not delivered yet
    assert buyer.post(f"/don-hang/{token}/y-kien/1", data=SAID).status_code == 404
    with market.unit():
        line_id = db.session.scalars(select(stage.OrderLine.id).where(stage.OrderLine.order_id == order_id)).one()
        lan_herself = Actor.buyer(db.session.get_one(stage.Order, order_id).group_id)
    with market.unit(), pytest.raises(NotDelivered):
        actions.write(lan_herself, line_id, **SAID, address="")
    with market.unit():
        payments.delivered(producer("Mơ"), order_id)
    way = link(buyer.get(f"/don-hang/{token}").text)
    stranger = market.client()
    assert stranger.post(way, data=SAID).headers["Location"].endswith("#xac-nhan")  # the link alone is not enough
    assert stood(market) == 0

    for wrong in ({"text": "Ngon lắm"}, {**SAID, "text": "Gọi 0912 345 678"}, {**SAID, "text": "Ngon, 5 sao"}):
        refused = buyer.post(way, data=wrong)
        assert refused.status_code == 422
        assert wrong["text"] in refused.text
    for _ in range(2):  # a second press of the same page
        assert buyer.post(way, data=SAID).status_code == 303
    assert stood(market) == 1
    page = BeautifulSoup(stranger.get(PRODUCT).text, "html.parser")
    assert "Chưa hài lòng · Lan T." in page.select("#y-kien .opinion")[0].get_text()
    assert "1 chưa hài lòng" in page.select_one("#y-kien").get_text()  # type: ignore[union-attr]
    assert "aggregateRating" not in str(page)
    assert "Trần Thị Lan" not in str(page)
    assert page.select("#y-kien .grade") == []

    assert "Sửa ý kiến" in buyer.get(f"/don-hang/{token}").text
    assert buyer.post(way, data={"feeling": "fair", "text": "Hôm sau mềm hơn."}).status_code == 303
    assert buyer.get(way).status_code == 404  # changed once
    assert buyer.post(way, data=SAID).status_code == 404

    mo = as_("Mơ")
    assert "Hôm sau mềm hơn." in mo.get("/ban-hang/y-kien").text
    with market.unit():
        review_id = db.session.scalars(select(Review.id)).one()
    answer = f"/ban-hang/y-kien/{review_id}"
    assert mo.post(answer, data={"text": "Gọi 0912 345 678"}).status_code == 422
    assert mo.post(answer, data={"text": "Cảm ơn, mẻ sau sẽ mềm hơn."}).status_code == 303
    assert mo.post(answer, data={"text": "Thêm câu nữa."}).status_code == 409
    assert "Cảm ơn, mẻ sau sẽ mềm hơn." in stranger.get(f"{PRODUCT}/y-kien").text

    desk, hanh = f"/dieu-phoi/y-kien/{review_id}", as_("Hạnh")
    assert "Hôm sau mềm hơn." in hanh.get("/dieu-phoi/y-kien").text
    for reason in ("", "…", "Người viết là 0912 345 678"):
        assert hanh.post(desk, data={"verb": "hide", "reason": reason}).status_code == 422
    hanh.post(desk, data={"verb": "hide", "reason": "Nói về hàng của cơ sở khác."})
    shown = re.sub(r"\s+", " ", stranger.get(PRODUCT).text)
    assert "Hôm sau mềm hơn" not in shown
    assert "Cảm ơn, mẻ sau" not in shown
    assert "Ý kiến này đã bị gỡ ngày" in shown
    assert "Nói về hàng của cơ sở khác." in shown
    assert "0 người mua" in shown
    log = stranger.get("/nhat-ky-duyet").text
    assert "Gỡ ý kiến người mua" in log
    assert "Nói về hàng của cơ sở khác." in log
    assert "đã bị gỡ" in buyer.get(f"/don-hang/{token}").text
    hanh.post(desk, data={"verb": "show"})
    assert "Hôm sau mềm hơn" in stranger.get(PRODUCT).text
    with market.unit():
        decision = producers.last_decision("review", review_id)
        assert decision is not None
        assert decision.verb == "show"
    assert stood(market) == 1
    market.work()


def test_opinions_of_a_product_come_in_pages_newest_first(market: MarketUnderTest) -> None:
    token, order_id = ordered(market)
    with market.unit():
        payments.delivered(producer("Mơ"), order_id)
    way = link(lan(market, token).get(f"/don-hang/{token}").text)
    lan(market, token).post(way, data=SAID)
    with market.unit():
        _more(Actor.system("test"), 12)
    page = market.client().get(f"{PRODUCT}/y-kien").text
    assert page.count('class="opinion"') == 10
    older = re.search(r'href="(/san-pham/[^"]+truoc=\d+)"', page)
    assert older is not None
    assert market.client().get(older[1]).text.count('class="opinion"') == 3
    assert market.client().get(PRODUCT).text.count('class="opinion"') == 3
    with market.unit():
        assert queries.of_product(1, limit=3).total == 13


@db.action
def _more(actor: Actor, wanted: int) -> None:
    """As many other buyers have said the same of the same product."""
    first = db.session.scalars(select(Review)).one()
    line = db.session.get_one(stage.OrderLine, first.order_line_id)
    order = db.session.get_one(stage.Order, first.order_id)
    for number in range(wanted):
        copied = {
            c.key: getattr(order, c.key) for c in order.__table__.columns if c.key not in ("id", "code", "group_id")
        }
        group = db.session.get_one(stage.OrderGroup, order.group_id)
        kept = {
            c.key: getattr(group, c.key) for c in group.__table__.columns if c.key not in ("id", "token", "cart_id")
        }
        again = stage.OrderGroup(**kept, token=f"nhu-the-{number}")
        db.session.add(again)
        db.session.flush()
        other = stage.Order(**copied, code=f"90000{number:02}", group_id=again.id)
        db.session.add(other)
        db.session.flush()
        same = {c.key: getattr(line, c.key) for c in line.__table__.columns if c.key not in ("id", "order_id")}
        bought = stage.OrderLine(**same, order_id=other.id)
        db.session.add(bought)
        db.session.flush()
        said = {
            c.key: getattr(first, c.key)
            for c in first.__table__.columns
            if c.key not in ("id", "order_line_id", "order_id")
        }
        db.session.add(Review(**said, order_line_id=bought.id, order_id=other.id))
    _keep(1)

"""What officials were told, on a page of their own."""

from collections.abc import Callable

from sqlalchemy import select

from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.notices.models import Notice
from tests import cast, stage
from tests.accounts.story import words
from tests.browser_client import Browser
from tests.market import MarketUnderTest

As = Callable[[str], Browser]
INBOX = "/dieu-phoi/thong-bao"


def test_messages_are_opened_one_by_one_or_all_and_by_nobody_else(market: MarketUnderTest, as_: As) -> None:
    with market.app.app_context():
        stage.report_problem()
    with market.unit():
        stage.waiting_product(Actor.operator())
    market.work()
    with market.unit():
        told = db.session.scalars(
            select(Notice.id).where(Notice.user_id == cast.user_id("Hạnh"), Notice.url != "").order_by(Notice.id)
        ).all()
    hanh = as_("Hạnh")
    assert f"{len(told)} tin chưa xem" in words(hanh.get(INBOX))
    assert as_("Quân").post(f"{INBOX}/{told[0]}").status_code == 404
    assert hanh.post(f"{INBOX}/{told[0]}").headers["Location"].startswith("/dieu-phoi/")
    hanh.post(INBOX)
    assert "chưa xem" not in words(hanh.get(INBOX))


def test_an_empty_inbox_says_what_will_come(as_: As) -> None:
    assert "Chưa có tin nào" in words(as_("Thu").get(INBOX))

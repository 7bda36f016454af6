"""One of each thing that somebody may look at or decide about: staged once, copied for each test."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from marketplace.app import create_app
from marketplace.kit import db
from marketplace.kit.actor import Actor, Place
from marketplace.notices.models import Notice
from marketplace.orders.models import Order
from marketplace.places import actions as places
from marketplace.places import queries as place_queries
from tests import cast, stage
from tests.conftest import settings_for
from tests.market import MarketUnderTest


@pytest.fixture(scope="session")
def _staged(template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A folder with one of each thing in it, and the words that fill addresses."""
    folder = tmp_path_factory.mktemp("staged")
    shutil.copytree(template, folder, dirs_exist_ok=True)
    market = MarketUnderTest(create_app(settings_for(folder)), folder)
    names = _everything(market)
    market.close()
    return folder, names


@pytest.fixture
def staged(market: MarketUnderTest, _staged: tuple[Path, dict[str, str]]) -> dict[str, str]:
    """The cast, and one of each thing that somebody may decide about."""
    folder, names = _staged
    market.reset(folder)
    return names


def _everything(market: MarketUnderTest) -> dict[str, str]:
    with market.unit():
        stage.waiting_product(Actor.operator())
        stage.waiting_revision(Actor.operator())
        stage.claimed_certificate(Actor.operator())
        stage.application_begun(Actor.operator())
        village_id = places.open_village(Actor.operator(), name="Làng Mẫu", place=Place("01", "09955"))
    with market.app.app_context():
        found = {"problem": stage.report_problem(), "token": stage.place_order(1)}
        found["address"] = str(stage.saved_address())
        found["case"] = stage.report_broken(found["token"])
        back, refund = stage.money_to_send_back()
        found["backcode"] = stage.told_where_back(back)
        found["card"] = stage.card_order()
        found["change"], found["stop"] = stage.account_change()
        found["payout"] = str(stage.card_money_to_pay_out())
        found["entry"] = stage.sign_in_card()
        stage.something_lost()
        found["cashcode"] = stage.cash_orders()
        found |= stage.opinion_written()
        found |= stage.shared_money()
    market.work()
    with market.unit():
        village = place_queries.village(village_id)
        assert village is not None
        code = db.session.scalars(select(Order.code).order_by(Order.id)).first() or ""
        notice = db.session.scalars(select(Notice.id).where(Notice.producer_id == 1)).first()
        told = db.session.scalars(select(Notice.id).where(Notice.user_id == cast.user_id("Hạnh"))).first()
        return {
            **found,
            "village": village.slug,
            "code": code,
            "notice": str(notice),
            "told": str(told),
            "back": back,
            "refund": str(refund),
        }

"""Every route, every role: what the hand-written matrix says is what happens."""

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from marketplace.kit import db
from marketplace.kit.actor import Actor, Place
from marketplace.notices.models import Notice
from marketplace.orders.models import Order
from marketplace.places import actions as places
from marketplace.places import queries as place_queries
from tests import stage
from tests.house.matrix import ROLES, ROWS, Row
from tests.market import MarketUnderTest


@pytest.fixture
def staged(market: MarketUnderTest) -> dict[str, str]:
    """The cast, and one of each thing that somebody may decide about."""
    with market.unit():
        stage.waiting_product(Actor.operator())
        stage.claimed_certificate(Actor.operator())
        village_id = places.open_village(Actor.operator(), name="Làng Mẫu", place=Place("01", "09955"))
    with market.app.app_context():
        found = {"problem": stage.report_problem(), "token": stage.place_order(1)}
        back, refund = stage.money_to_send_back()
    market.work()
    with market.unit():
        village = place_queries.village(village_id)
        assert village is not None
        code = db.session.scalars(select(Order.code).order_by(Order.id)).first() or ""
        notice = db.session.scalars(select(Notice.id).where(Notice.producer_id == 1)).first()
        return {
            **found,
            "village": village.slug,
            "code": code,
            "notice": str(notice),
            "back": back,
            "refund": str(refund),
        }


def came_out(response: TestResponse) -> str:
    """The matrix's letter for this answer."""
    if response.status_code in (302, 303, 307):
        location = response.headers["Location"]
        if "/dang-nhap?" in location:
            return "l"
        return "a" if location.endswith("/dang-ky-ban-hang/") else "o"
    assert response.status_code < 500, response.get_data(as_text=True)
    return {404: "-", 403: "x"}.get(response.status_code, "o")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.rule}")
def test_each_role_gets_what_the_matrix_says(market: MarketUnderTest, staged: dict[str, str], row: Row) -> None:
    letters = dict.fromkeys(ROLES, "")
    for role, _ in sorted(
        zip(ROLES, row.who, strict=True), key=lambda pair: pair[1] == "o"
    ):  # those refused come first
        client = market.signed_in(role) if role else market.client()
        client.inspects = False
        data = {name: value.format(**staged) for name, value in row.data.items()}
        letters[role] = came_out(client.open(row.path.format(**staged), method=row.method, data=data or None))
    assert "".join(letters.values()) == row.who, f"{row.method} {row.path}"


def test_every_route_has_its_rows(market: MarketUnderTest) -> None:
    wanted = {
        (method, rule.rule)
        for rule in market.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert wanted - {(row.method, row.rule) for row in ROWS} == set()
    assert {(row.method, row.rule) for row in ROWS} - wanted == set()

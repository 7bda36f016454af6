"""Two addresses for machines, whatever name they ask by."""

from pathlib import Path

import pytest

from marketplace.app import create_app
from marketplace.kit import db
from tests.conftest import settings_for
from tests.market import MarketUnderTest


@pytest.mark.parametrize("host", ["127.0.0.1:5000", "10.0.0.7", "cho.example"])
def test_alive_and_ready_are_answered_under_any_name(market: MarketUnderTest, host: str) -> None:
    client = market.app.test_client()
    alive, ready = (client.get(path, headers={"Host": host}) for path in ("/healthz", "/readyz"))
    assert (alive.status_code, alive.json) == (200, {"alive": True})
    assert (ready.status_code, ready.json) == (200, {"ready": True, "database": True, "schema": True})
    assert "no-store" in ready.headers["Cache-Control"]


def test_a_market_whose_tables_are_not_the_newest_is_alive_but_not_ready(tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path))
    client = app.test_client()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"ready": False, "database": True, "schema": False})
    with app.app_context():
        db.sqla.engine.dispose()


def test_without_a_database_it_is_alive_but_not_ready(tmp_path: Path) -> None:
    nowhere = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"
    app = create_app(settings_for(tmp_path, DATABASE_URL=nowhere))
    client = app.test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").json == {"ready": False, "database": False, "schema": False}
    page = client.get("/", headers={"Host": "127.0.0.1:5000"})
    assert page.status_code == 503
    assert page.headers["Retry-After"] == "10"


def test_they_take_no_orders(market: MarketUnderTest) -> None:
    client = market.app.test_client()
    assert client.post("/readyz", data="x").status_code == 405
    assert client.head("/healthz").data == b""

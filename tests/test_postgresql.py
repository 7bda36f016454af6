"""The same market on PostgreSQL: it migrates, approves one product and takes one order."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace.app import create_app
from marketplace.catalog import actions as catalog
from marketplace.catalog import queries as catalog_queries
from marketplace.catalog.rules import ProductState
from marketplace.kit.actor import Actor, ActorKind, Place
from tests import cast, postgres, stage
from tests.conftest import settings_for
from tests.market import MarketUnderTest
from tests.skipping import skip_loudly

pytestmark = [pytest.mark.postgres, pytest.mark.xdist_group("postgres")]


@pytest.fixture(scope="module")
def on_postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MarketUnderTest]:
    """A market whose only difference is the address of its database."""
    if postgres.binaries() is None:
        skip_loudly("no PostgreSQL binaries on this machine")
    folder = tmp_path_factory.mktemp("on-postgresql")
    with postgres.server() as url:
        app = create_app(settings_for(folder, DATABASE_URL=url))
        with app.app_context():
            cast.build(app)
            cast.number_on_from_the_cast()
        market = MarketUnderTest(app, Path(folder))
        yield market
        market.close()


def test_a_coordinator_approves_a_product(on_postgresql: MarketUnderTest) -> None:
    with on_postgresql.unit():
        stage.waiting_product(Actor.operator())
    hanh = Actor(ActorKind.COORDINATOR, user_id=cast.user_id("Hạnh"), areas=(Place("01", "09955"),))
    with on_postgresql.unit():
        catalog.approve(hanh, 21)
    with on_postgresql.unit():
        product = catalog_queries.product(21)
        assert product is not None
        assert product.state is ProductState.ON_SALE


def test_a_buyer_orders_from_two_stalls_once(on_postgresql: MarketUnderTest) -> None:
    with on_postgresql.app.app_context():
        token = stage.place_order(1, 3)
    with on_postgresql.unit():
        assert cast.variant_stock(1) == (24, 1)
        assert cast.variant_stock(3) == (40, 1)
    assert on_postgresql.client().get(f"/don-hang/{token}").status_code == 200

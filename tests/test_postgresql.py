"""The same market on PostgreSQL: it migrates, approves one product and takes one order."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace.app import create_app
from tests import cast, postgres
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

"""The market under test: a real file database per test, a fresh app context per request, no network but loopback."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest

import config
from marketplace.app import create_app
from tests import cast, postgres
from tests.browser_client import Browser
from tests.market import MarketUnderTest

PUBLIC_URL = "http://127.0.0.1:5000"
ON_BOTH = {
    "accounts", "buying", "cart", "cases", "catalog", "certificates", "delivery", "kit", "notices", "orders", "payments",
    "places", "producers", "races", "shelf", "worker",
}  # fmt: skip


def _loopback_only(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = str(arguments[1][0])
        if not host.startswith("127.") and host not in ("::1", "localhost"):
            raise RuntimeError(f"tests reach nothing but this machine, not {host}")


sys.addaudithook(_loopback_only)
hypothesis.settings.register_profile("market", deadline=None)  # a busy machine is not a bug
hypothesis.settings.load_profile("market")


def settings_for(folder: Path, **changes: Any) -> config.Settings:
    """Settings of a demo market in this folder."""
    values = {"DATA_DIR": str(folder), "PUBLIC_URL": PUBLIC_URL, "WEB_THREADS": "8", **changes}
    return config.read(values)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the migrated database and the cast in it, copied for each test."""
    folder = tmp_path_factory.mktemp("template")
    app = create_app(settings_for(folder))
    with app.app_context():
        cast.build(app)
    return folder


@pytest.fixture(scope="session")
def _application(template: Path, tmp_path_factory: pytest.TempPathFactory) -> MarketUnderTest:
    folder = tmp_path_factory.mktemp("market")
    shutil.copytree(template, folder, dirs_exist_ok=True)
    return MarketUnderTest(create_app(settings_for(folder)), folder)


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    """A PostgreSQL server of our own, for all tests of this process."""
    with postgres.cluster() as server:
        yield server


@pytest.fixture(scope="session")
def _on_postgresql(
    cluster: postgres.Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[postgres.MarketOnPostgresql]:
    folder, url = tmp_path_factory.mktemp("on-postgresql"), cluster.make("market")
    app = create_app(settings_for(folder, DATABASE_URL=url))
    with app.app_context():
        cast.build(app)
        cast.number_on_from_the_cast()
    with psycopg.connect(url.replace("+psycopg", "")) as server:
        market = postgres.MarketOnPostgresql(app, folder, server)
        market.close()
        market.keep()
        yield market


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> str:
    """Which database this test runs on: SQLite, and for the tests of rooms PostgreSQL as well."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def market(request: pytest.FixtureRequest, database: str, template: Path) -> Iterator[MarketUnderTest]:
    """The market with its cast, as new for each test."""
    found: MarketUnderTest = request.getfixturevalue("_application" if database == "sqlite" else "_on_postgresql")
    found.reset(template)
    yield found
    found.close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What touches the database is tested on both."""
    folder = metafunc.definition.path.parent.name
    own = any(mark.args[0] == "database" for mark in metafunc.definition.iter_markers("parametrize"))
    if "database" in metafunc.fixturenames and folder in ON_BOTH and not own:
        both = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))
        metafunc.parametrize("database", both, indirect=True, scope="session")


@pytest.fixture
def client(market: MarketUnderTest) -> Browser:
    """Somebody unknown."""
    return market.client()


@pytest.fixture
def as_(market: MarketUnderTest) -> Callable[[str], Browser]:
    """`as_("Mơ")`: a client signed in as one of the cast."""
    return market.signed_in


@pytest.fixture
def unit(market: MarketUnderTest) -> Callable[[], Any]:
    """`with unit():` one unit of work on the market's database, committed at the end."""
    return market.unit


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Write each marked test's marker into the report, so that tests/ran_all.py can count what really ran."""
    for item in items:
        for marker in ("browser", "postgres"):
            if item.get_closest_marker(marker):
                item.user_properties.append(("kind", marker))

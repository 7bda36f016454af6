"""The market under test: a real file database per test, a fresh app context per request, no network but loopback."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

import config
from marketplace.app import create_app
from tests import cast
from tests.browser_client import Browser
from tests.market import MarketUnderTest

PUBLIC_URL = "http://127.0.0.1:5000"


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


@pytest.fixture
def market(_application: MarketUnderTest, template: Path) -> Iterator[MarketUnderTest]:
    """The market with its cast, as new for each test."""
    _application.reset(template)
    yield _application
    _application.close()


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

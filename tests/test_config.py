"""Settings are read once; unsafe ones do not start."""

from pathlib import Path

import pytest

import config
from marketplace.app import create_app
from marketplace.cli import starting
from marketplace.kit import db, marking
from marketplace.kit.actor import Actor
from tests.conftest import settings_for
from tests.market import MarketUnderTest

REAL = {"MARKET_MODE": "production", "PUBLIC_URL": "https://cho.example", "SMTP_URL": "smtp://127.0.0.1"}
STRIPE = {"STRIPE_SECRET_KEY": "sk_live_x", "STRIPE_WEBHOOK_SECRET": "whsec_x"}


def test_nothing_set_is_a_demo_on_this_machine() -> None:
    settings = config.read({})
    assert (settings.port, settings.public_url, settings.is_demo) == (5000, "http://127.0.0.1:5000", True)


def test_the_port_moves_the_address() -> None:
    assert config.read({"PORT": "5050"}).public_url == "http://127.0.0.1:5050"


@pytest.mark.parametrize(
    "wrong",
    [
        {"PORT": "five"},
        {"PUBLIC_URL": "cho.example"},
        {"PUBLIC_URL": "https://cho.example/shop"},
        {"MARKET_MODE": "test"},
        {**REAL, "PUBLIC_URL": "http://cho.example"},
        {**REAL, "SMTP_URL": ""},
        {"STRIPE_SECRET_KEY": "sk_test_x"},
        {"STRIPE_SECRET_KEY": "sk_live_x", "STRIPE_WEBHOOK_SECRET": "whsec_x"},
        {**REAL, "STRIPE_SECRET_KEY": "sk_test_x", "STRIPE_WEBHOOK_SECRET": "whsec_x"},
        {**REAL, **STRIPE, "STRIPE_API": "http://127.0.0.1:12111"},
    ],
)
def test_what_is_unsafe_or_unreadable_does_not_start(wrong: dict[str, str]) -> None:
    with pytest.raises(config.UnsafeSettings):
        config.read(wrong)


def test_production_refuses_a_database_marked_demo(market: MarketUnderTest) -> None:
    settings = config.read({**REAL, "DATA_DIR": str(market.folder)})
    with market.app.app_context(), pytest.raises(SystemExit, match="demo"):
        starting.prepare(settings)


def test_a_real_market_is_never_seeded(tmp_path: Path) -> None:
    app = create_app(config.read({**REAL, "DATA_DIR": str(tmp_path)}))
    with app.app_context():
        starting.prepare(app.config["SETTINGS"])
        with db.unit():
            assert marking.mode() == "production"
    result = app.test_cli_runner().invoke(args=["seed-demo"])
    assert result.exit_code == 1
    assert "không đánh dấu là chợ mẫu" in result.output
    with app.app_context():
        db.sqla.engine.dispose()


def test_a_market_with_goods_is_never_seeded_again(market: MarketUnderTest) -> None:
    result = market.app.test_cli_runner().invoke(args=["seed-demo"])
    assert result.exit_code == 1
    assert "đã có hàng" in result.output


def test_a_mark_once_made_stays(market: MarketUnderTest) -> None:
    with market.unit():
        assert marking.mark(Actor.operator(), "production") == "demo"


@pytest.mark.parametrize(
    "name",
    ["seed-demo", "import-products", "create-user", "reindex", "worker", "build-places", "draw-states", "law-check"],
)
def test_every_command_explains_itself(market: MarketUnderTest, name: str) -> None:
    result = market.app.test_cli_runner().invoke(args=[name, "--help"])
    assert result.exit_code == 0
    assert "Usage" in result.output


def test_secrets_lie_under_the_data_folder_for_its_owner_alone(market: MarketUnderTest) -> None:
    assert (market.folder / "secret").stat().st_mode & 0o077 == 0


def test_settings_of_tests_are_those_of_a_demo(tmp_path: Path) -> None:
    assert settings_for(tmp_path).is_demo


def test_only_a_demo_without_keys_practises_cards() -> None:
    assert config.read({}).practises_cards
    assert not config.read({"STRIPE_SECRET_KEY": "sk_test_x", "STRIPE_WEBHOOK_SECRET": "whsec_x"}).practises_cards
    assert not config.read(REAL).practises_cards
    assert not config.read({**REAL, **STRIPE}).practises_cards

"""A market moves from its file into PostgreSQL whole, and never opens on the file again."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from marketplace.accounts.models import User
from marketplace.app import create_app
from marketplace.cli import starting
from marketplace.kit import carrying, changes, db, outbox, trail
from marketplace.kit.actor import Actor
from marketplace.kit.journal import Change
from marketplace.kit.outbox import Promise
from tests import postgres, stage
from tests.conftest import settings_for
from tests.market import MarketUnderTest
from tests.orders import shop

pytestmark = [pytest.mark.postgres]


@db.action
def _long_name(actor: Actor) -> None:
    db.session.execute(db.sqla.update(User).where(User.id == 1).values(name="Mơ" * 60))


@db.action
def _forget_last_change(actor: Actor) -> None:
    db.session.execute(
        db.sqla.delete(Change).where(Change.seq == changes.newest()), execution_options={"synchronize_session": False}
    )


@pytest.fixture
def eventful(market: MarketUnderTest) -> MarketUnderTest:
    """A market in which a good deal has happened, told and sealed."""
    with market.unit():
        stage.waiting_product(Actor.operator())
        stage.waiting_revision(Actor.operator())
    with market.app.app_context():
        stage.place_order(1, 3)
        stage.money_to_send_back()
        stage.report_problem()
    market.work()
    with market.unit():
        trail.seal(Actor.system("test"))
    with market.app.app_context():
        stage.place_order(2)  # its promises still wait
    return market


@pytest.fixture
def moved(eventful: MarketUnderTest, cluster: postgres.Cluster) -> Iterator[MarketUnderTest]:
    """The same market on PostgreSQL."""
    address = cluster.make("moved")
    eventful.close()
    result = eventful.app.test_cli_runner().invoke(args=["move-database", address])
    assert result.exit_code == 0, result.output
    there = MarketUnderTest(create_app(settings_for(eventful.folder, DATABASE_URL=address)), eventful.folder)
    yield there
    there.close()


def counts(market: MarketUnderTest) -> dict[str, int]:
    with market.unit():
        found = carrying.count(db.session.connection())
    market.close()
    return found


def test_every_row_arrives_and_every_page_says_the_same(eventful: MarketUnderTest, cluster: postgres.Cluster) -> None:
    before = counts(eventful)
    assert {name for name, rows in before.items() if rows} >= {"order", "user", "outbox", "changes", "trail", "notice"}
    pages = ("/", "/san-pham/che-lam-dai-dong-h1", "/gian-hang/co-so-ba-mo-mo1", "/nhat-ky-duyet")
    shown = [eventful.client().get(path).data for path in pages]
    eventful.close()
    address = cluster.make("moved")
    result = eventful.app.test_cli_runner().invoke(args=["move-database", address])
    assert result.exit_code == 0, result.output
    there = MarketUnderTest(create_app(settings_for(eventful.folder, DATABASE_URL=address)), eventful.folder)
    after = counts(there)
    assert after == before
    for name, rows in before.items():
        assert f"{name:28}{rows:>10}{rows:>10}" in result.output
    assert [there.client().get(path).data for path in pages] == shown
    with there.unit():
        assert trail.first_broken() is None
    there.close()


def test_the_moved_market_goes_on_with_new_numbers_and_old_promises(moved: MarketUnderTest) -> None:
    with moved.unit():
        newest = changes.newest()
        waiting = db.session.scalar(select(func.count()).where(Promise.state == "waiting"))
    assert waiting
    assert moved.work() > waiting
    bought = shop.order(moved, {1: 1})
    assert moved.client().get(f"/don-hang/{bought.token}").status_code == 200
    with moved.unit():
        _change(Actor.operator())
    with moved.unit():
        assert changes.newest() == newest + 1


def test_the_number_of_a_change_that_is_gone_never_comes_back(
    eventful: MarketUnderTest, cluster: postgres.Cluster
) -> None:
    with eventful.unit():
        highest = changes.newest()
        _forget_last_change(Actor.operator())
    eventful.close()
    address = cluster.make("moved")
    assert eventful.app.test_cli_runner().invoke(args=["move-database", address]).exit_code == 0
    there = MarketUnderTest(create_app(settings_for(eventful.folder, DATABASE_URL=address)), eventful.folder)
    with there.unit():
        _change(Actor.operator())
    with there.unit():
        assert changes.newest() == highest + 1
    there.close()


@db.action
def _change(actor: Actor) -> None:
    changes.add("product", 1)


def test_nothing_opens_on_the_file_again(moved: MarketUnderTest) -> None:
    left = create_app(settings_for(moved.folder))
    with left.app_context():
        with pytest.raises(SystemExit, match="đã chuyển"):
            starting.prepare(left.config["SETTINGS"])
        db.sqla.engine.dispose()


def refused(market: MarketUnderTest, address: str) -> str:
    market.close()
    result = market.app.test_cli_runner().invoke(args=["move-database", address])
    assert result.exit_code == 1, result.output
    with market.unit():
        assert db.session.scalar(text("SELECT mode FROM marking")) == "demo"
    market.close()
    return result.output


def test_a_running_market_is_not_moved(market: MarketUnderTest, cluster: postgres.Cluster) -> None:
    code = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT 1 FROM user'); print(1, flush=True); input()"
    command = [sys.executable, "-c", code, str(market.folder / "market.sqlite3")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as somebody:
        assert somebody.stdout
        assert somebody.stdout.readline() == b"1\n"  # the file is open, though nothing is being done
        assert "Dừng chợ" in refused(market, cluster.make("moved"))
        somebody.communicate(b"\n")


def test_a_database_that_is_not_empty_is_left_alone(market: MarketUnderTest, moved: MarketUnderTest) -> None:
    with moved.unit():
        address = str(db.session.get_bind().url.render_as_string(hide_password=False))  # type: ignore[union-attr]
    before = counts(moved)
    with market.app.app_context(), db.sqla.engine.execution_options(writing=True).begin() as connection:
        connection.execute(text("UPDATE marking SET mode = 'demo'"))
    assert "không trống" in refused(market, address)
    assert counts(moved) == before


def test_a_text_that_does_not_fit_is_named_and_nothing_is_carried(
    market: MarketUnderTest, cluster: postgres.Cluster
) -> None:
    with market.unit():
        _long_name(Actor.operator())
    address = cluster.make("moved")
    assert "user.name" in refused(market, address)
    there = MarketUnderTest(create_app(settings_for(market.folder, DATABASE_URL=address)), market.folder)
    assert set(counts(there).values()) == {0}


def test_the_promise_keeps_its_key(eventful: MarketUnderTest, cluster: postgres.Cluster, tmp_path: Path) -> None:
    with eventful.unit():
        before = {row.key: (row.state, row.sealed, row.run_at) for row in db.session.scalars(select(Promise))}
    eventful.close()
    address = cluster.make("moved")
    assert eventful.app.test_cli_runner().invoke(args=["move-database", address]).exit_code == 0
    there = MarketUnderTest(create_app(settings_for(eventful.folder, DATABASE_URL=address)), tmp_path)
    with there.unit():
        assert {row.key: (row.state, row.sealed, row.run_at) for row in db.session.scalars(select(Promise))} == before
        assert outbox.given_up_count() == 0
    there.close()

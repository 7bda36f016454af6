"""The daily sweep: what a row points to stays, what nobody points to goes, and never what was just written."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from marketplace.catalog.models import Photo
from marketplace.kit import clock, db
from marketplace.kit.actor import Actor
from marketplace.kit.storage import FolderStore, private_store, public_store
from marketplace.worker.files import GRACE, order_sweep
from tests import stage
from tests.market import MarketUnderTest

KEY = re.compile(r"\b[0-9a-f]{64}\.[a-z0-9]+\b")


def put_old(store: FolderStore, key: str) -> Path:
    """A file of this name, put three days ago."""
    path = store.path(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    long_ago = (clock.now() - GRACE - timedelta(days=1)).timestamp()
    os.utime(path, (long_ago, long_ago))
    return path


def every_key_in_the_database() -> set[str]:
    """Whatever looks like the name of a file, in any column of any table."""
    said = " ".join(str(row) for table in db.Base.metadata.tables.values() for row in db.session.execute(select(table)))
    return set(KEY.findall(said))


@pytest.fixture
def filled(market: MarketUnderTest) -> MarketUnderTest:
    """Goods with photos, papers and evidence."""
    with market.unit():
        stage.waiting_product(Actor.operator())
        stage.claimed_certificate(Actor.operator())
    with market.app.app_context():
        stage.hang_pictures()
    return market


@db.action
def photo_removed(actor: Actor, key: str, days_ago: int) -> None:
    """The waiting product's photo, with this one file, taken down some days ago."""
    values = {"sizes": {"320": key}, "public_key": key, "removed_at": clock.now() - timedelta(days=days_ago)}
    db.session.execute(update(Photo).where(Photo.product_id == 21).values(values))


def sweep(market: MarketUnderTest) -> None:
    with market.unit():
        order_sweep(Actor.system("sweep-files"))
    market.work()


def test_every_file_a_row_names_stays(filled: MarketUnderTest) -> None:
    with filled.unit():
        keys = every_key_in_the_database()
        files = [put_old(store, key) for store in (public_store(), private_store()) for key in keys]
    assert len(keys) >= 5
    sweep(filled)
    assert [file for file in files if not file.exists()] == []


def test_what_nobody_names_goes_unless_it_was_just_written(filled: MarketUnderTest) -> None:
    with filled.app.app_context():
        orphan = put_old(private_store(), "a" * 64 + ".pdf")
        half = put_old(private_store(), "b" * 64 + ".pdf").rename(private_store().root / ".half.tmp")
        fresh = private_store().path(private_store().put(b"just arrived", "pdf"))
    sweep(filled)
    assert [file.exists() for file in (orphan, half, fresh)] == [False, False, True]


@pytest.mark.parametrize(("days_ago", "stays"), [(29, True), (31, False)])
def test_a_removed_photo_can_be_taken_back_for_thirty_days(filled: MarketUnderTest, days_ago: int, stays: bool) -> None:
    with filled.unit():
        key = "c" * 64 + ".webp"
        photo_removed(Actor.operator(), key, days_ago)
        file = put_old(public_store(), key)
    sweep(filled)
    assert file.exists() == stays

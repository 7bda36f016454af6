"""Having the market's database to oneself: for commands that need the market to stand still."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy import Connection, create_engine, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool


@contextmanager
def alone(url: str) -> Iterator[Connection]:
    """The SQLite file, with nobody else in it: the market must have been stopped. Refuses with a sentence."""
    path = make_url(url).database or ""

    def enter() -> sqlite3.Connection:
        driver = sqlite3.connect(path, isolation_level=None, timeout=2)
        driver.execute("PRAGMA locking_mode=EXCLUSIVE")  # before anything else is asked, or others keep their place
        driver.execute("BEGIN EXCLUSIVE").execute("COMMIT")
        return driver

    engine = create_engine("sqlite://", creator=enter, poolclass=NullPool)
    try:
        source = engine.connect()
    except OperationalError as error:
        if "locked" not in str(error.orig):
            raise
        raise click.ClickException("Chợ đang chạy trên cơ sở dữ liệu này. Dừng chợ rồi chạy lại lệnh.") from error
    with source:
        source.exec_driver_sql("BEGIN EXCLUSIVE")
        yield source
        source.exec_driver_sql("COMMIT")

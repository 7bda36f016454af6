"""Carry a market from its SQLite file into PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import current_app
from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

import config
from marketplace.cli import migrate
from marketplace.kit import carrying, db, marking, trail


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
        with engine.connect() as source:
            source.exec_driver_sql("BEGIN EXCLUSIVE")
            yield source
            source.exec_driver_sql("COMMIT")
    except OperationalError as error:
        if "locked" not in str(error.orig):
            raise
        raise click.ClickException("Chợ đang chạy trên cơ sở dữ liệu này. Dừng chợ rồi chạy lại lệnh.") from error


def move(settings: config.Settings, address: str) -> list[carrying.Count]:
    """Carry everything, then mark the file as moved, so that no market starts on it again; the counts.

    Refuses (ClickException, NotCarried) when it cannot be done; then neither side has changed.
    """
    other = create_engine(address, poolclass=NullPool, hide_parameters=True)
    db.open_engine(other)
    with alone(settings.database_url) as source:
        migrate.upgrade(other)
        with other.execution_options(writing=True).begin() as target:
            counts = carrying.carry(source, target, told=lambda name: click.echo(f"  {name}"))
            with Session(target) as rows:
                broken = trail.first_broken(rows)
            if broken is not None:
                raise carrying.NotCarried(f"nhật ký không còn khớp từ dòng {broken}")
        source.execute(text("UPDATE marking SET mode = :mode"), {"mode": marking.MOVED})
    return counts


@click.command("move-database")
@click.argument("address")
def command(address: str) -> None:
    """Carry this market into PostgreSQL at ADDRESS (postgresql+psycopg://…), then start it with DATABASE_URL=ADDRESS."""
    settings: config.Settings = current_app.config["SETTINGS"]
    if db.dialect() != "sqlite" or not address.startswith("postgresql"):
        raise click.ClickException("Lệnh này chuyển một chợ từ SQLite sang PostgreSQL.")
    if migrate.reached() != migrate.newest():
        raise click.ClickException("Cơ sở dữ liệu chưa ở bản mới nhất. Chạy `flask --app run migrate` trước.")
    db.session.remove()
    db.sqla.engine.dispose()
    try:
        counts = move(settings, address)
    except carrying.NotCarried as refusal:
        raise click.ClickException(f"Chưa chuyển: {refusal}.") from refusal
    for each in counts:
        click.echo(f"{each.table:28}{each.before:>10}{each.after:>10}")
    click.echo(f"Đã chuyển {sum(each.after for each in counts)} dòng. Từ nay mở chợ với DATABASE_URL={address}.")

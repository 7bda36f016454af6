"""Carry a market from its SQLite file into PostgreSQL."""

import click
from flask import current_app
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

import config
from marketplace.cli import schema
from marketplace.cli.alone import alone
from marketplace.cli.speaking import Command
from marketplace.kit import carrying, db, marking, trail


def move(settings: config.Settings, address: str) -> list[carrying.Count]:
    """Carry everything, then mark the file as moved, so that no market starts on it again; the counts.

    Refuses (ClickException, NotCarried) when it cannot be done; then neither side has changed.
    """
    other = create_engine(address, poolclass=NullPool, hide_parameters=True)
    db.open_engine(other)
    with alone(settings.database_url) as source:
        schema.upgrade(other)
        with other.execution_options(writing=True).begin() as target:
            counts = carrying.carry(source, target, told=lambda name: click.echo(f"  {name}"))
            with Session(target) as rows:
                broken = trail.first_broken(rows)
            if broken is not None:
                raise carrying.NotCarried(f"nhật ký không còn khớp từ dòng {broken}")
        source.execute(text("UPDATE marking SET mode = :mode"), {"mode": marking.MOVED})
    return counts


@click.command("move-database", cls=Command)
@click.argument("address")
def command(address: str) -> None:
    """Carry this market into PostgreSQL at ADDRESS (postgresql+psycopg://…), then start it with DATABASE_URL=ADDRESS."""
    settings: config.Settings = current_app.config["SETTINGS"]
    if db.dialect() != "sqlite" or not address.startswith("postgresql"):
        raise click.ClickException("Lệnh này chuyển một chợ từ SQLite sang PostgreSQL.")
    if schema.reached() != schema.newest():
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

"""Bring the database to the newest shape, with a backup of the one it has."""

import click
from flask import current_app
from sqlalchemy import text

import config
from marketplace.cli import backup, schema
from marketplace.cli.speaking import Command
from marketplace.kit import db


def upgrade() -> None:
    """Run every migration that this database has not seen; rows that are there are copied first."""
    before = schema.reached()
    if before and before != schema.newest():
        settings: config.Settings = current_app.config["SETTINGS"]
        if db.dialect() == "sqlite":
            click.echo(
                f"Sao lưu trước khi đổi cơ sở dữ liệu: {backup.take(settings, name='-' + before, with_files=False)}"
            )
        else:
            click.echo(f"Sao lưu trước khi đổi cơ sở dữ liệu: lược đồ {keep_beside(before)}")
    schema.upgrade()


def keep_beside(revision: str) -> str:
    """Copy every table of a server into a schema of its own, all at one moment; its name. Older shapes cannot be read as rows."""
    name = f"before_{schema.newest()}"
    with db.sqla.engine.execution_options(writing=True).begin() as connection:
        found = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"))
        tables = sorted(found)
        connection.execute(text(f'DROP SCHEMA IF EXISTS "{name}" CASCADE'))
        connection.execute(text(f'CREATE SCHEMA "{name}"'))
        for table in tables:
            connection.execute(text(f'CREATE TABLE "{name}"."{table}" AS TABLE "{table}"'))
        connection.execute(text(f"COMMENT ON SCHEMA \"{name}\" IS 'rows as of migration {revision}'"))
    return name


@click.command("migrate", cls=Command)
def command() -> None:
    """Run the migrations that this database has not seen yet, after a backup of its rows."""
    upgrade()
    click.echo("Cơ sở dữ liệu đã ở bản mới nhất.")

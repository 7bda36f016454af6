"""Bring the database to the newest shape."""

from functools import cache
from pathlib import Path

import click
from alembic import command as alembic
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from marketplace.cli.speaking import Command
from marketplace.kit import db

ROOT = Path(__file__).resolve().parent.parent.parent


def _settings() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(ROOT / "migrations"))
    return settings


@cache
def newest() -> str:
    """The name of the newest migration of this code."""
    return ScriptDirectory.from_config(_settings()).get_current_head() or ""


def reached() -> str:
    """The name of the newest migration that this database has seen, empty for none."""
    try:
        return str(db.session.scalar(text("SELECT version_num FROM alembic_version")) or "")
    except (OperationalError, ProgrammingError):
        db.session.rollback()
        return ""


def upgrade(engine: Engine | None = None) -> None:
    """Run every migration that the market's database, or the one behind `engine`, has not seen."""
    settings = _settings()
    if engine is not None:
        settings.attributes["engine"] = engine
    alembic.upgrade(settings, "head")


@click.command("migrate", cls=Command)
def command() -> None:
    """Run the migrations that this database has not seen yet."""
    upgrade()
    click.echo("Cơ sở dữ liệu đã ở bản mới nhất.")

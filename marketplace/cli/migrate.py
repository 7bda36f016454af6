"""Bring the database to the newest shape."""

from pathlib import Path

import click
from alembic import command as alembic
from alembic.config import Config

ROOT = Path(__file__).resolve().parent.parent.parent


def upgrade() -> None:
    """Run every migration that this database has not seen."""
    settings = Config()
    settings.set_main_option("script_location", str(ROOT / "migrations"))
    alembic.upgrade(settings, "head")


@click.command("migrate")
def command() -> None:
    """Run the migrations that this database has not seen yet."""
    upgrade()
    click.echo("Cơ sở dữ liệu đã ở bản mới nhất.")

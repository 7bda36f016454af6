"""The shape of a database: which migration it has seen, and running the others."""

from functools import cache
from pathlib import Path

from alembic import command as alembic
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError

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
    """The name of the newest migration that the market's database has seen, empty for none."""
    try:
        found = str(db.session.scalar(text("SELECT version_num FROM alembic_version")) or "")
    except (OperationalError, ProgrammingError):
        found = ""
    db.session.rollback()
    return found


def upgrade(engine: Engine | None = None) -> None:
    """Run every migration that the market's database, or the one behind `engine`, has not seen."""
    settings = _settings()
    if engine is not None:
        settings.attributes["engine"] = engine
    alembic.upgrade(settings, "head")

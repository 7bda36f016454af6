"""Alembic's way in: the tables of every room, on the database that the settings name."""

from typing import Any

from alembic import context
from flask import has_app_context
from sqlalchemy import Connection

from marketplace.app import create_app
from marketplace.kit import db


def render_item(kind: str, item: Any, autogen: Any) -> str | bool:  # noqa: ARG001 - the hook's signature
    """Migrations name plain types, so that they outlive our own classes."""
    if kind == "type" and isinstance(item, db.UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Run migrations in one transaction of their own.

    SQLite changes a column by making the table anew, which its foreign keys would forbid: they rest meanwhile (that can
    only be said before a transaction) and every one of them is checked before the commit.
    """
    engine = context.config.attributes.get("engine", db.sqla.engine).execution_options(writing=True)
    with engine.connect() as connection:
        on_sqlite = connection.dialect.name == "sqlite"
        if on_sqlite:
            _foreign_keys(connection, "OFF")
        context.configure(
            connection=connection,
            target_metadata=db.Base.metadata,
            render_as_batch=on_sqlite,
            compare_type=True,
            render_item=render_item,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()
            if on_sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
                raise RuntimeError(f"a migration left a row that points at nothing: {broken}")
        connection.commit()
        if on_sqlite:
            _foreign_keys(connection, "ON")


def _foreign_keys(connection: Connection, state: str) -> None:
    """Past SQLAlchemy, which would begin a transaction first."""
    driver: Any = connection.connection.dbapi_connection
    driver.execute(f"PRAGMA foreign_keys={state}")


if has_app_context():
    run()
else:
    with create_app().app_context():
        run()

"""Alembic's way in: the tables of every room, on the database that the settings name."""

from typing import Any

from alembic import context
from flask import has_app_context

from marketplace.app import create_app
from marketplace.kit import db


def render_item(kind: str, item: Any, autogen: Any) -> str | bool:  # noqa: ARG001 - the hook's signature
    """Migrations name plain types, so that they outlive our own classes."""
    if kind == "type" and isinstance(item, db.UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Run migrations in one transaction of their own."""
    engine = context.config.attributes.get("engine", db.sqla.engine).execution_options(writing=True)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.Base.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            render_item=render_item,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


if has_app_context():
    run()
else:
    with create_app().app_context():
        run()

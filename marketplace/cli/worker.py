"""Keep promises, run timers, follow the index."""

import click
from flask import current_app

from marketplace.cli.speaking import Command
from marketplace.search import indexer
from marketplace.worker.loop import Worker


@click.command("worker", cls=Command)
def command() -> None:
    """Work until stopped: messages, photos, timers, the search index."""
    Worker(current_app._get_current_object(), follow_index=indexer.follow).run()  # type: ignore[attr-defined]

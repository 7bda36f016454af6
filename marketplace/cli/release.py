"""Let a restored market go on."""

import click

from marketplace.cli.speaking import Command
from marketplace.kit import db, holding
from marketplace.kit.actor import Actor


@click.command("release", cls=Command)
def command() -> None:
    """Let the held market keep its promises again, as the button on the desk does."""
    with db.unit():
        was_held = holding.release(Actor.operator())
    click.echo("Chợ chạy tiếp: các tin đang chờ được gửi đi." if was_held else "Chợ không bị tạm giữ.")

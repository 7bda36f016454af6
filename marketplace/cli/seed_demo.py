"""Fill an empty demo market."""

import click

from marketplace.cli.demo.seeding import seed, sign_ins
from marketplace.cli.speaking import Command
from marketplace.kit import db


@click.command("seed-demo", cls=Command)
def command() -> None:
    """Put 240 sample products with drawings, stalls and people on an empty market that is marked demo."""
    seed()
    click.echo("Chợ mẫu đã bày xong. Đăng nhập bằng:")
    with db.unit():
        lines = sign_ins()
    for line in lines:
        click.echo(f"  {line}")

"""Fill an empty demo market."""

import click

from marketplace.cli.demo.seeding import seed, sign_ins


@click.command("seed-demo")
def command() -> None:
    """Put 240 sample products with drawings, stalls and people on an empty market that is marked demo."""
    seed()
    click.echo("Chợ mẫu đã bày xong. Đăng nhập bằng:")
    for line in sign_ins():
        click.echo(f"  {line}")

"""Build the search index anew, beside the live one."""

import time

import click

from marketplace.cli.speaking import Command
from marketplace.search import indexer


@click.command("reindex", cls=Command)
def command() -> None:
    """Build the search index anew from the database and switch to it at once. May run while the market is open."""
    began = time.monotonic()
    with click.progressbar(length=indexer.expected(), label="Đang lập chỉ mục") as bar:
        try:
            count = indexer.rebuild(lambda done: bar.update(done - bar.pos))
        except indexer.Busy as busy:
            raise click.ClickException("Một tiến trình khác đang ghi chỉ mục. Thử lại sau ít phút.") from busy
    click.echo(f"Đã lập chỉ mục {count} sản phẩm trong {time.monotonic() - began:.1f} giây.")

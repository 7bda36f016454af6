"""Say whether the market still relies on law that holds today."""

import click

from marketplace.cli.speaking import Command
from marketplace.kit import clock
from marketplace.law import review, table


@click.command("law-check", cls=Command)
def command() -> None:
    """Compare the table of law with today's date. Exit code 1, and a sentence each, for what lapsed or was not reviewed for 90 days."""
    today = clock.today()
    for day, row in review.coming(today):
        verb = "bắt đầu" if day == row.effective_from else "hết hiệu lực"
        click.echo(f"Sắp tới: “{row.title}” ({row.source}) {verb} ngày {review.written_day(day)}.")
    warnings = review.warnings(today)
    for sentence in warnings:
        click.echo(sentence, err=True)
    if warnings:
        raise SystemExit(1)
    click.echo(f"{len(table.LAW)} mục còn dùng được. Rà soát lần cuối {review.written_day(table.REVIEWED_ON)}.")

"""Bring products in from a .csv or .xlsx file."""

from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import click
from flask import current_app

from marketplace.cli.importing.illustrating import illustrate
from marketplace.cli.importing.judging import judge
from marketplace.cli.importing.reading import UnreadableFile, read
from marketplace.cli.importing.samples import SAMPLE_PRICES
from marketplace.cli.importing.writing import Report, Writer
from marketplace.cli.speaking import Command
from marketplace.kit import db, marking
from marketplace.kit.money import show_dong
from marketplace.law.rules import SETS


@click.command("import-products", cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--demo", is_flag=True, help="Found sample stalls, prices and certificates marked MẪU for what is missing."
)
@click.option(
    "--on-sale",
    is_flag=True,
    help="Put them on sale at once; the operator is recorded as approver. Drinks without a licence stay drafts.",
)
@click.option("--skip-bad", is_flag=True, help="Import the good rows and leave the bad ones out.")
def command(file: Path, *, demo: bool, on_sale: bool, skip_bad: bool) -> None:
    """Import the products of FILE (.csv or .xlsx with the header of the product list).

    Every bad row is reported by line and reason, and then nothing is imported unless --skip-bad. A product that is
    there already is reported as "đã có" and never changed.
    """
    report = run(file, demo=demo, on_sale=on_sale, skip_bad=skip_bad)
    if demo:
        _print_prices()
    _say("đã có", report.known)
    _say("ghi chú", report.remarks)
    _say("bỏ qua", report.bad)
    click.echo(f"Nhập mới {len(report.new)}, đã có {len(report.known)}, bỏ qua {len(report.bad)}.")


def run(file: Path, *, demo: bool, on_sale: bool, skip_bad: bool) -> Report:
    """Do it with a progress bar. Raises ClickException (exit code 1) with every bad row when nothing may be imported."""
    writer = Writer(demo=demo, on_sale=on_sale)
    with db.unit():
        if demo and not (current_app.config["SETTINGS"].is_demo and marking.mode() == "demo"):
            raise click.ClickException("Cơ sở dữ liệu này không đánh dấu là chợ mẫu, nên không nhập với --demo.")
        try:
            rows = writer.set_known_apart(read(file))
        except UnreadableFile as error:
            raise click.ClickException(str(error)) from None
        judgement = judge(rows, demo=demo)
        strangers = writer.unknown_producers(rows)
    bad = _by_line(judgement.bad, strangers)
    if bad and not skip_bad:
        lines = "\n".join(f"  dòng {line}: {reason}" for line, reason in bad)
        raise click.ClickException(f"{len(bad)} dòng chưa nhập được, chưa nhập dòng nào:\n{lines}")
    unknown = {line for line, _ in strangers}
    good = [row for row in judgement.good if row.line not in unknown]
    writer.report.bad = bad
    writer.report.remarks = [remark for remark in judgement.remarks if remark[0] not in unknown]
    with click.progressbar(length=len(good), label="Nhập sản phẩm") as bar:
        for done in writer.write(good):
            bar.update(done)
    if demo:
        illustrate(writer.report.new)
    return writer.report


def _by_line(*found: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Everything that is wrong with a row in one entry, in the order of the file."""
    reasons: dict[int, list[str]] = {}
    for line, reason in chain(*found):
        reasons.setdefault(line, []).append(reason)
    return sorted((line, " ".join(said)) for line, said in reasons.items())


def _say(word: str, lines: Iterable[tuple[int, str]]) -> None:
    for line, text in lines:
        click.echo(f"  dòng {line}: {word}: {text}")


def _print_prices() -> None:
    click.echo("Giá mẫu theo bộ sản phẩm (cho dòng không có giá):")
    for number, sample in SAMPLE_PRICES.items():
        click.echo(
            f"  {number:2} {SETS[number].short}: {show_dong(sample.price)} / {sample.unit} {sample.net}".rstrip()
        )

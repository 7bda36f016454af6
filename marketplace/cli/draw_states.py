"""Draw docs/states.md from the state tables in the code."""

from pathlib import Path
from typing import Any

import click

from marketplace.cases.rules import PROBLEM_MOVES
from marketplace.catalog.rules import PRODUCT_MOVES, REVISION_MOVES
from marketplace.cli.speaking import Command
from marketplace.cli.writing import write
from marketplace.kit.states import StateTable
from marketplace.orders.rules import ORDER_MOVES
from marketplace.producers.rules import CHANGE_MOVES, PRODUCER_MOVES

TARGET = Path(__file__).resolve().parents[2] / "docs" / "states.md"

TABLES: dict[str, StateTable[Any]] = {
    "Producer (người bán)": PRODUCER_MOVES,
    "PayeeChange (đổi tài khoản nhận tiền)": CHANGE_MOVES,
    "Product (sản phẩm)": PRODUCT_MOVES,
    "Revision (bản sửa)": REVISION_MOVES,
    "Order (đơn hàng)": ORDER_MOVES,
    "Problem (vấn đề)": PROBLEM_MOVES,
}


def drawn() -> str:
    """The whole document."""
    parts = ["# States\n\nDrawn from the code by `flask --app run draw-states`; do not edit by hand.\n"]
    for title, table in TABLES.items():
        parts.append(f"## {title}\n\n```mermaid\n{table.diagram()}\n```\n")
    return "\n".join(parts)


@click.command("draw-states", cls=Command)
@click.option("--to", "target", default=TARGET, type=click.Path(path_type=Path), help="The file to write.")
def command(target: Path) -> None:
    """Draw the states of producers, products and orders into docs/states.md."""
    write(target, drawn().encode())
    click.echo(f"{target.name}: {len(TABLES)} bảng.")

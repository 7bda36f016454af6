"""Drawings in place of photos for sample goods, stalls and villages, marked as illustrations."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click
from PIL import Image
from sqlalchemy import select

from marketplace.catalog import actions as catalog
from marketplace.catalog.models import Product
from marketplace.catalog.pictures import Sizes, sizes_of
from marketplace.cli.demo.drawings import Drawing, drawing_of, maker_of, scene_of
from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.kit.storage import public_store

ART = Path(__file__).resolve().parent.parent / "demo" / "art"
BATCH = 40


@dataclass(frozen=True)
class _Wanted:
    """A sample product to be drawn."""

    id: int
    name: str
    set_no: int


@cache
def _sizes(name: str) -> Sizes:
    with Image.open(ART / f"{name}.webp") as picture:
        return sizes_of(picture.convert("RGB"), public_store())


def portrait_key(number: int) -> str:
    """The public key of a drawn face for the sample stall of this number."""
    return str(_sizes(maker_of(number)).keys["320"])  # a face is never shown larger


def scene_key(set_no: int) -> str:
    """The public key of a drawn village where goods of this set are made."""
    return _largest(scene_of(set_no))


def _largest(name: str) -> str:
    keys = _sizes(name).keys
    return str(keys[max(keys, key=int)])


def illustrate(product_ids: Sequence[int]) -> None:
    """Give each of these sample products its drawing."""
    with db.unit():  # a reading of its own: the command's may have begun before the products were written
        wanted = _wanted(product_ids)
    with click.progressbar(length=len(wanted), label="Vẽ ảnh minh họa") as bar:
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            drawn = [(one, drawing_of(one.name, one.set_no)) for one in batch]
            for _, drawing in drawn:
                _sizes(drawing.name)  # reading and encoding pictures is done before the write lock is taken
            with db.unit():
                for one, drawing in drawn:
                    _draw(one, drawing)
            bar.update(len(batch))


def _wanted(product_ids: Sequence[int]) -> list[_Wanted]:
    rows = db.session.execute(
        select(Product.id, Product.name, Product.set_no)
        .where(Product.id.in_(product_ids), Product.is_sample)
        .order_by(Product.id)
    )
    return [_Wanted(row.id, row.name, row.set_no or 0) for row in rows]


def _draw(one: _Wanted, drawing: Drawing) -> None:
    actor, made = Actor.operator(), _sizes(drawing.name)
    catalog.add_illustration(
        actor,
        one.id,
        sizes=made.keys,
        width=made.width,
        height=made.height,
        alt=f"{one.name}, tranh vẽ {drawing.words}",
    )

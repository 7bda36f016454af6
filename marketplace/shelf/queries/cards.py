"""Product cards for any list, in one statement: rows and ready texts, no entities."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, select
from sqlalchemy.orm import aliased

from marketplace.catalog.models import Photo, Product, Variant
from marketplace.kit import db
from marketplace.kit.actor import Place
from marketplace.kit.money import Dong, show_dong
from marketplace.law.rules import ALCOHOL_SETS, TOURISM_SETS
from marketplace.places.models import CraftVillage
from marketplace.places.queries import label, province
from marketplace.places.rules.lines import upper_first
from marketplace.producers.models import Producer
from marketplace.shelf.queries.sale import (
    Rows,
    best_variant,
    first_photo,
    free_units,
    has_stock,
    live_stars,
    on_sale,
    prices,
)
from marketplace.shelf.rules import Card, Picture, stock_of

_variant = aliased(Variant)
_photo = aliased(Photo)


@cache
def card_rows() -> Rows:
    """The statement behind every list. Built once: with its six inner questions that costs more than running it."""
    return (
        select(
            Product.id,
            Product.slug,
            Product.name,
            Product.klass,
            Product.set_no,
            Product.province_code,
            Product.commune_code,
            CraftVillage.name.label("village"),
            Producer.name.label("producer"),
            Producer.slug.label("producer_slug"),
            _variant.price,
            _variant.unit,
            free_units().label("free"),
            prices().label("prices"),
            live_stars().label("stars"),
            _photo.sizes,
            _photo.width,
            _photo.height,
            _photo.alt,
            _photo.is_illustration,
        )
        .select_from(Product)
        .join(Producer, Producer.id == Product.producer_id)
        .outerjoin(CraftVillage, CraftVillage.id == Product.village_id)
        .outerjoin(_variant, _variant.id == best_variant())
        .outerjoin(_photo, _photo.id == first_photo())
        .where(on_sale())
    )


@cache
def _by_id() -> Rows:
    return card_rows().where(Product.id.in_(bindparam("ids", expanding=True)))


def cards(ids: Sequence[int], *, adult_ok: bool = False) -> list[Card]:
    """Cards of the products among `ids` that are on sale now, in the order given.

    Without the visitor's age answer (`adult_ok`) alcoholic drinks show name and place only.
    """
    if not ids:
        return []
    rows = db.session.execute(_by_id(), {"ids": list(ids)}).all()
    found = {card.id: card for card in cards_of(rows, adult_ok=adult_ok)}
    return [found[one] for one in ids if one in found]


def cards_of(rows: Sequence[Any], *, adult_ok: bool = False) -> list[Card]:
    """Cards of rows already read, one each and in their order."""
    return [card if adult_ok or not card.adult else card.until_age_answer() for card in map(_card, rows)]


def not_alcohol() -> ColumnElement[bool]:
    """For the places where alcoholic drinks never appear: home, suggestions, sitemap, feeds."""
    return Product.set_no.not_in(ALCOHOL_SETS)


def place_text(place: Place) -> str:
    """`Xã Thạch Thất, Hà Nội`, or `Tỉnh Lâm Đồng`, as a line of its own begins."""
    whole = province(place.province_code) if place.commune_code is None else None
    return whole.name if whole else upper_first(label(place))


def picture(row: Any, alt: str) -> Picture | None:
    """The photo joined to a row, or None while it has none."""
    if not row.sizes:
        return None
    return Picture(row.sizes, row.width, row.height, row.alt or alt, row.is_illustration)


def _card(row: Any) -> Card:
    contact_only = row.set_no in TOURISM_SETS
    price: Dong | None = None if contact_only or row.price is None else row.price
    return Card(
        id=row.id,
        url=f"/san-pham/{row.slug}",
        name=row.name,
        price=price,
        price_text="" if price is None else show_dong(price),
        several_prices=(row.prices or 0) > 1,
        unit=row.unit or "",
        stars=row.stars,
        set_no=row.set_no,
        klass=row.klass.value,
        place=place_text(Place(row.province_code, row.commune_code)),
        village=row.village or "",
        producer=row.producer,
        producer_url=f"/gian-hang/{row.producer_slug}",
        picture=picture(row, row.name),
        stock=stock_of(row.free or 0),
        left=row.free or 0,
        adult=row.set_no in ALCOHOL_SETS,
        contact_only=contact_only,
    )


def of_producer(producer_id: int, *, limit: int = 60, adult_ok: bool = False) -> list[Card]:
    """What one stall sells, in-stock goods first, then the newest."""
    ids = select(Product.id).where(Product.producer_id == producer_id)
    return cards(on_sale_ids(ids, Product.approved_at.desc(), limit=limit), adult_ok=adult_ok)


def on_sale_ids(statement: Select[int], *order: ColumnElement[Any], limit: int) -> list[int]:
    """Ids of a statement on Product that are on sale: what can be had first, then by `order`."""
    sold_out = case((has_stock(), 0), else_=1)
    ordered = (
        statement.join(Producer, Producer.id == Product.producer_id)
        .where(on_sale())
        .order_by(sold_out, *order, Product.id.desc())
        .limit(limit)
    )
    return list(db.session.scalars(ordered))

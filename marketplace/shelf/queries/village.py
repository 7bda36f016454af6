"""Craft villages and provinces as a stranger sees them: who works there, what is made there."""

from functools import cache
from typing import Any

from sqlalchemy import func, select

from marketplace.catalog.models import Product
from marketplace.kit import db
from marketplace.kit.actor import Place
from marketplace.places.models import CraftVillage
from marketplace.places.queries import full_line, village_by_slug
from marketplace.places.queries import slug as place_slug
from marketplace.places.rules import village_title
from marketplace.producers.models import Producer
from marketplace.producers.rules import KIND_LABELS
from marketplace.shelf.queries.cards import cards, on_sale_ids, place_text
from marketplace.shelf.queries.sale import Rows, on_sale
from marketplace.shelf.rules import Card, MakerLine, Moved, VillagePage, VillageTile, key_of

NEAR = 4
FIRST_CARDS = 8


@cache
def _tiles() -> Rows:
    """Villages with the number of their open stalls and goods on sale, and how many villages there are in all.

    Those with nothing on sale are left out.
    """
    return (
        select(
            CraftVillage.slug,
            CraftVillage.name,
            CraftVillage.province_code,
            CraftVillage.commune_code,
            CraftVillage.picture,
            func.count(Product.id).label("products"),
            func.count(Product.producer_id.distinct()).label("makers"),
            func.count().over().label("villages"),
        )
        .join(Product, Product.village_id == CraftVillage.id)
        .join(Producer, Producer.id == Product.producer_id)
        .where(on_sale())
        .group_by(CraftVillage.id)
    )


def _tile(row: Any) -> VillageTile:
    return VillageTile(
        url=f"/lang-nghe/{row.slug}",
        name=village_title(row.name),
        place=place_text(Place(row.province_code, row.commune_code)),
        province_code=row.province_code,
        makers=row.makers,
        products=row.products,
        picture=f"/anh/{row.picture}" if row.picture else "",
    )


def all_villages() -> list[VillageTile]:
    """Every village with goods on sale, by province and name."""
    rows = db.session.execute(_tiles().order_by(CraftVillage.province_code, CraftVillage.folded)).all()
    return [_tile(row) for row in rows]


@cache
def _busiest(limit: int) -> Rows:
    return _tiles().order_by(func.count(Product.id).desc(), CraftVillage.id).limit(limit)


def busiest(limit: int = 4) -> tuple[list[VillageTile], int]:
    """The villages with most goods on sale, and how many villages there are in all."""
    rows = db.session.execute(_busiest(limit)).all()
    return [_tile(row) for row in rows], rows[0].villages if rows else 0


def village_page(slug: str, *, adult_ok: bool = False) -> VillagePage | Moved | None:
    """The village at this address, or where it moved to."""
    village = village_by_slug(slug) if key_of(slug) else None
    if village is None:
        return None
    if village.slug != slug:
        return Moved(village.slug)
    place = Place(village.province_code, village.commune_code)
    makers = _makers(village.id)
    return VillagePage(
        id=village.id,
        slug=village.slug,
        name=village_title(village.name),
        story=village.story,
        place=place,
        place_text=place_text(place),
        place_url=f"/noi-lam/{place_slug(place)}",
        old_place=village.old_place,
        full_line=full_line(place, village.name, village.old_place),
        picture=f"/anh/{village.picture}" if village.picture else "",
        makers=tuple(makers),
        cards=tuple(_goods(village.id, adult_ok=adult_ok)),
        products=sum(maker.products for maker in makers),
        near=tuple(_near(village)),
    )


def _makers(village_id: int) -> list[MakerLine]:
    rows = db.session.execute(
        select(
            Producer.name, Producer.slug, Producer.kind, Producer.photo_key, func.count(Product.id).label("products")
        )
        .join(Product, Product.producer_id == Producer.id)
        .where(Product.village_id == village_id, on_sale())
        .group_by(Producer.id)
        .order_by(func.count(Product.id).desc(), Producer.name)
    ).all()
    return [
        MakerLine(
            url=f"/gian-hang/{row.slug}",
            name=row.name,
            kind=KIND_LABELS[row.kind],
            products=row.products,
            picture=f"/anh/{row.photo_key}" if row.photo_key else "",
        )
        for row in rows
    ]


def _goods(village_id: int, *, adult_ok: bool) -> list[Card]:
    ids = select(Product.id).where(Product.village_id == village_id)
    return cards(on_sale_ids(ids, Product.sold.desc(), limit=FIRST_CARDS), adult_ok=adult_ok)


def _near(village: CraftVillage) -> list[VillageTile]:
    """Other villages of the province; those of the same commune first."""
    rows = db.session.execute(
        _tiles()
        .where(CraftVillage.province_code == village.province_code, CraftVillage.id != village.id)
        .order_by((CraftVillage.commune_code == village.commune_code).desc(), func.count(Product.id).desc())
        .limit(NEAR)
    ).all()
    return [_tile(row) for row in rows]


def province_counts() -> dict[str, int]:
    """Goods on sale by province code."""
    rows = db.session.execute(
        select(Product.province_code, func.count(Product.id).label("goods"))
        .join(Producer, Producer.id == Product.producer_id)
        .where(on_sale())
        .group_by(Product.province_code)
    ).all()
    return {row.province_code: row.goods for row in rows}


def villages_in(place: Place, limit: int = 6) -> list[VillageTile]:
    """Villages of a province or commune with goods on sale, the busiest first."""
    statement = _tiles().where(CraftVillage.province_code == place.province_code)
    if place.commune_code:
        statement = statement.where(CraftVillage.commune_code == place.commune_code)
    ordered = statement.order_by(func.count(Product.id).desc(), CraftVillage.folded).limit(limit)
    return [_tile(row) for row in db.session.execute(ordered)]

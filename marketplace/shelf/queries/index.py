"""What the search index and the sitemap read of the shelf."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from marketplace.catalog.models import Product
from marketplace.certificates.queries import Dated, dated
from marketplace.kit import clock, db
from marketplace.kit.actor import Place
from marketplace.law.rules import ALCOHOL_SETS, SETS, TOURISM_SETS
from marketplace.places.models import CraftVillage
from marketplace.places.queries import search_words
from marketplace.producers.models import Producer
from marketplace.shelf.queries.cards import card_rows, not_alcohol
from marketplace.shelf.queries.sale import on_sale
from marketplace.shelf.rules import SearchDocument, stock_of


def index_documents(product_ids: Iterable[int]) -> list[SearchDocument]:
    """Documents of those products that are on sale now; one that is missing from the answer leaves the index."""
    wanted = list(product_ids)
    statement = (
        card_rows()
        .add_columns(
            Product.description,
            Product.ingredients,
            Product.village_id,
            Product.sold,
            Product.created_at,
            Product.approved_at,
            CraftVillage.old_place,
            Producer.village.label("producer_village"),
            Producer.old_place.label("producer_old_place"),
        )
        .where(Product.id.in_(wanted))
        .order_by(Product.id)
    )
    rows = db.session.execute(statement).all()
    grades = grades_of(dated([row.id for row in rows]), clock.today())
    return [_document(row, grades.get(row.id)) for row in rows]


def grades_of(recognitions: Iterable[Dated], today: date) -> dict[int, Dated]:
    """Of each product's recognitions, oldest decision first, the one that holds today, else the last to come or to end."""
    chosen: dict[int, Dated] = {}
    for one in recognitions:
        kept = chosen.get(one.product_id)
        holds = one.begins <= today <= one.until
        if kept is None or holds or not kept.begins <= today <= kept.until:
            chosen[one.product_id] = one
    return chosen


def _document(row: Any, grade: Dated | None) -> SearchDocument:
    product_set = SETS[row.set_no]
    village = row.village or row.producer_village or ""
    return SearchDocument(
        id=row.id,
        name=row.name,
        kind_words=product_set.name,
        description=f"{row.description} {row.ingredients}".strip(),
        set_no=row.set_no,
        group_no=product_set.group,
        klass=row.klass.value,
        stars=grade.stars if grade else None,
        stars_from=grade.begins if grade else None,
        stars_until=grade.until if grade else None,
        province_code=row.province_code,
        commune_code=row.commune_code,
        village_id=row.village_id,
        village=village,
        place_words=search_words(Place(row.province_code, row.commune_code), row.old_place or row.producer_old_place),
        producer=row.producer,
        price=None if row.set_no in TOURISM_SETS else row.price,
        stock_word=stock_of(row.free or 0).value,
        sold=row.sold,
        created_at=row.approved_at or row.created_at,
        adult=row.set_no in ALCOHOL_SETS,
        contact_only=row.set_no in TOURISM_SETS,
    )


def indexable_ids(after: int = 0, limit: int = 500) -> list[int]:
    """Ids of goods on sale above `after`, in order: one step of a rebuild."""
    statement = (
        select(Product.id)
        .join(Producer, Producer.id == Product.producer_id)
        .where(on_sale(), Product.id > after)
        .order_by(Product.id)
        .limit(limit)
    )
    return list(db.session.scalars(statement))


def sitemap() -> list[tuple[str, datetime]]:
    """Addresses of goods and open stalls with the moment each changed last; no alcoholic drinks."""
    goods = db.session.execute(
        select(Product.slug, Product.updated_at, Producer.slug.label("stall"))
        .join(Producer, Producer.id == Product.producer_id)
        .where(on_sale(), not_alcohol())
        .order_by(Product.id)
    ).all()
    stalls: dict[str, datetime] = {}
    for row in goods:
        stalls[row.stall] = max(stalls.get(row.stall, row.updated_at), row.updated_at)
    return [
        *((f"/san-pham/{row.slug}", row.updated_at) for row in goods),
        *((f"/gian-hang/{slug}", moment) for slug, moment in stalls.items()),
    ]

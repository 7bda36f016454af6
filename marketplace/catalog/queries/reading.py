"""Reads of the catalogue, each with exactly what its page needs."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from marketplace.catalog.models import Document, Photo, Product, StockMove, Variant
from marketplace.catalog.rules.missing import ProductFacts, VariantFacts
from marketplace.catalog.rules.states import PhotoState, ProductState
from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.law.rules import DocumentKind
from marketplace.producers.queries import in_areas

ANSWERED = (
    "description", "ingredients", "origin", "shelf_life", "storage", "usage", "warnings", "material", "dimensions",
    "strength", "declaration_no", "days_to_make", "reach", "collect_ok",
)  # fmt: skip
"""Columns that `missing` may ask for."""


def product(product_id: int) -> Product | None:
    """One product in any state."""
    return db.session.get(Product, product_id)


def by_key(key: str) -> Product | None:
    """The product with this permanent key, in any state."""
    return db.session.scalar(select(Product).where(Product.key == key))


def by_slug(slug: str) -> Product | None:
    """The product at an address; the key at the slug's end decides, so an old slug is found too."""
    return by_key(slug.rpartition("-")[2])


def of_producer(producer_id: int, key: str) -> Product | None:
    """The product with this key, if it is hers."""
    return db.session.scalar(select(Product).where(Product.key == key, Product.producer_id == producer_id))


def variants(product_id: int, *, all_of_them: bool = False) -> Sequence[Variant]:
    """Variants in the order shown; those taken off sale only when asked for."""
    query = select(Variant).where(Variant.product_id == product_id).order_by(Variant.position, Variant.id)
    return db.session.scalars(query if all_of_them else query.where(Variant.active)).all()


def variant(product_id: int, variant_id: int) -> Variant | None:
    """One variant of this product."""
    return db.session.scalar(select(Variant).where(Variant.id == variant_id, Variant.product_id == product_id))


def photos(product_id: int) -> Sequence[Photo]:
    """Photos that were not removed, the first one being the face of the product."""
    query = select(Photo).where(Photo.product_id == product_id, Photo.removed_at.is_(None))
    return db.session.scalars(query.order_by(Photo.position, Photo.id)).all()


def photo(product_id: int, key: str) -> Photo | None:
    """One photo of this product, removed or not."""
    return db.session.scalar(select(Photo).where(Photo.key == key, Photo.product_id == product_id))


def photo_by_id(photo_id: int) -> Photo | None:
    """One photo, by its number: for the desk and the worker."""
    return db.session.get(Photo, photo_id)


def documents(product_id: int) -> Sequence[Document]:
    """Papers sent for a product, oldest first; a revision has those of its product besides its own."""
    revised = select(Product.revises_id).where(Product.id == product_id).scalar_subquery()
    its = or_(Document.product_id == product_id, Document.product_id == revised)
    query = select(Document).where(its, Document.removed_at.is_(None))
    return db.session.scalars(query.order_by(Document.id)).all()


def document(document_id: int) -> Document | None:
    """One paper, removed or not; who may open it is for the door to check against its product."""
    return db.session.get(Document, document_id)


def facts(one: Product) -> ProductFacts:
    """What `missing` decides on, read afresh."""
    return ProductFacts(
        name=one.name,
        set_no=one.set_no,
        photos=tuple(photo.state for photo in photos(one.id)),
        variants=tuple(
            VariantFacts(
                unit=v.unit,
                price=v.price,
                has_measure=v.net_weight_g is not None or v.net_volume_ml is not None,
                shipping_weight_g=v.shipping_weight_g,
            )
            for v in variants(one.id)
        ),
        answers={field: getattr(one, field) for field in ANSWERED},
    )


def waiting(actor: Actor) -> Sequence[Product]:
    """Products and revisions waiting for a decision in the actor's areas, oldest first."""
    query = (
        select(Product)
        .where(
            Product.state == ProductState.SUBMITTED,
            in_areas(actor, Product.province_code, Product.commune_code),
        )
        .order_by(Product.submitted_at, Product.id)
    )
    return db.session.scalars(query).all()


def by_external_id(external_id: str) -> int | None:
    """The product that was imported under this id."""
    return db.session.scalar(select(Product.id).where(Product.external_id == external_id))


def by_name_and_unit(producer_id: int, name_folded: str, unit: str) -> int | None:
    """A producer's product of this folded name sold by this unit: how an import knows a row without an id."""
    query = (
        select(Product.id)
        .join(Variant, Variant.product_id == Product.id)
        .where(
            Product.producer_id == producer_id,
            Product.revises_id.is_(None),
            Product.name_folded == name_folded,
            Variant.unit == unit,
        )
        .limit(1)
    )
    return db.session.scalar(query)


def stock_moves(variant_id: int, limit: int = 20) -> Sequence[StockMove]:
    """Why the stock of a variant changed, newest first."""
    query = select(StockMove).where(StockMove.variant_id == variant_id).order_by(StockMove.id.desc()).limit(limit)
    return db.session.scalars(query).all()


def papers_sent(product_ids: Iterable[int]) -> dict[int, set[DocumentKind]]:
    """The kinds of paper sent for each of these products (for a revision, its product's too), in one statement."""
    query = (
        select(Product.id, Document.kind)
        .join(Document, or_(Document.product_id == Product.id, Document.product_id == Product.revises_id))
        .where(Product.id.in_(list(product_ids)), Document.removed_at.is_(None))
    )
    sent: dict[int, set[DocumentKind]] = {}
    for product_id, kind in db.session.execute(query):
        sent.setdefault(product_id, set()).add(kind)
    return sent


def first_photos(product_ids: Iterable[int]) -> dict[int, Photo]:
    """The face of each product, whatever its state; one that can be shown before one that cannot."""
    query = (
        select(Photo)
        .where(Photo.product_id.in_(list(product_ids)), Photo.removed_at.is_(None))
        .order_by(Photo.state != PhotoState.READY, Photo.position, Photo.id)
    )
    first: dict[int, Photo] = {}
    for row in db.session.scalars(query):
        first.setdefault(row.product_id, row)
    return first


def longest_days_to_make(product_ids: Iterable[int]) -> int:
    """Days until the slowest of these products is made; 0 where none says."""
    query = select(func.max(Product.days_to_make)).where(Product.id.in_(list(product_ids)))
    return db.session.scalar(query) or 0


def photos_not_ready(product_ids: Iterable[int]) -> set[int]:
    """Products with a photo that was not looked at yet or was refused."""
    query = select(Photo.product_id).where(
        Photo.product_id.in_(list(product_ids)), Photo.removed_at.is_(None), Photo.state != PhotoState.READY
    )
    return set(db.session.scalars(query))


def by_commune(actor: Actor) -> list[tuple[str, str | None, int]]:
    """(province, commune, number of products on sale) in the actor's areas."""
    query = (
        select(Product.province_code, Product.commune_code, func.count())
        .where(Product.state == ProductState.ON_SALE, in_areas(actor, Product.province_code, Product.commune_code))
        .group_by(Product.province_code, Product.commune_code)
    )
    return [(province, commune, count) for province, commune, count in db.session.execute(query)]


def file_keys(removed_after: datetime) -> set[str]:
    """Files of photos (unless removed before this moment) and of papers, which are kept as they were decided on."""
    photos = db.session.execute(
        select(Photo.original_key, Photo.public_key, Photo.sizes).where(
            or_(Photo.removed_at.is_(None), Photo.removed_at > removed_after)
        )
    )
    keys = {key for row in photos for key in (row.original_key, row.public_key, *row.sizes.values()) if key}
    return keys | set(db.session.scalars(select(Document.key)))

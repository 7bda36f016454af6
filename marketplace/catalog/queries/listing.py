"""A maker's own lists: everything she has, what runs out, how many in each state."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import and_, func, select

from marketplace.catalog.models import Photo, Product, Variant
from marketplace.catalog.rules.states import PhotoState, ProductState
from marketplace.kit import db
from marketplace.kit.money import Dong


@dataclass(frozen=True)
class ListedProduct:
    """A row of the maker's own list. `photo_key` is a photo that can be shown, `left` pieces nobody ordered yet."""

    id: int
    key: str
    name: str
    state: ProductState
    set_no: int | None
    price: Dong | None
    unit: str
    left: int
    photo_key: str | None
    returned_reason: str


def for_producer(producer_id: int, *, withdrawn: bool = False) -> list[ListedProduct]:
    """Everything a producer has, newest first; what she deleted only when asked for. Revisions belong to their products."""
    is_gone = Product.state == ProductState.WITHDRAWN
    query = (
        select(Product)
        .where(Product.producer_id == producer_id, Product.revises_id.is_(None), is_gone if withdrawn else ~is_gone)
        .order_by(Product.created_at.desc(), Product.id.desc())
    )
    rows = db.session.scalars(query).all()
    ids = [row.id for row in rows]
    first, left = _first_variants(ids)
    faces = _faces(ids)
    return [
        ListedProduct(
            id=row.id,
            key=row.key,
            name=row.name,
            state=row.state,
            set_no=row.set_no,
            price=first[row.id].price if row.id in first else None,
            unit=first[row.id].unit if row.id in first else "",
            left=left.get(row.id, 0),
            photo_key=faces.get(row.id),
            returned_reason=row.returned_reason,
        )
        for row in rows
    ]


def _first_variants(product_ids: Iterable[int]) -> tuple[dict[int, Variant], dict[int, int]]:
    query = (
        select(Variant)
        .where(Variant.product_id.in_(list(product_ids)), Variant.active)
        .order_by(Variant.position, Variant.id)
    )
    first: dict[int, Variant] = {}
    left: dict[int, int] = {}
    for row in db.session.scalars(query):
        first.setdefault(row.product_id, row)
        left[row.product_id] = left.get(row.product_id, 0) + row.on_hand - row.held
    return first, left


def _faces(product_ids: Iterable[int]) -> dict[int, str]:
    query = (
        select(Photo.product_id, Photo.key)
        .where(Photo.product_id.in_(list(product_ids)), Photo.removed_at.is_(None), Photo.state == PhotoState.READY)
        .order_by(Photo.position, Photo.id)
    )
    faces: dict[int, str] = {}
    for product_id, key in db.session.execute(query):
        faces.setdefault(product_id, key)
    return faces


@dataclass(frozen=True)
class RunningOut:
    """A variant on sale with few pieces left."""

    product_key: str
    product_name: str
    label: str
    unit: str
    left: int


def running_out(producer_id: int, few: int) -> list[RunningOut]:
    """Variants on sale with at most `few` pieces nobody ordered, the emptiest first."""
    left = Variant.on_hand - Variant.held
    query = (
        select(Product.key, Product.name, Variant.label, Variant.unit, left)
        .join(Variant, Variant.product_id == Product.id)
        .where(
            Product.producer_id == producer_id,
            Product.state == ProductState.ON_SALE,
            Product.set_no.is_distinct_from(26),
            Variant.active,
            left <= few,
        )
        .order_by(left, Product.id)
    )
    return [RunningOut(*row) for row in db.session.execute(query)]


def count_by_state(producer_id: int) -> dict[ProductState, int]:
    """How many products a producer has in each state."""
    hers = and_(Product.producer_id == producer_id, Product.revises_id.is_(None))
    query = select(Product.state, func.count()).where(hers).group_by(Product.state)
    return {row.state: row[1] for row in db.session.execute(query)}

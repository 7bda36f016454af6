"""The one definition of "on sale", and the pieces of SQL that every public list shares."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, ScalarSelect, Select, and_, bindparam, case, exists, func, select
from sqlalchemy.orm import aliased

from marketplace.catalog.models import Photo, Product, Variant
from marketplace.catalog.rules.states import PhotoState, ProductState
from marketplace.certificates.models import Certificate
from marketplace.certificates.queries import live_clause
from marketplace.kit import clock
from marketplace.producers.models import Producer
from marketplace.producers.rules import ProducerState

Rows = Select[*tuple[Any, ...]]
"""A statement that answers rows of named columns."""


def on_sale() -> ColumnElement[bool]:
    """Approved and not paused, in a stall that is open. The statement must join Product and Producer."""
    return and_(Product.state == ProductState.ON_SALE, Producer.state == ProducerState.ACTIVE)


def best_variant() -> ScalarSelect[int]:
    """Id of the variant a list quotes: the cheapest that can be had, else the cheapest. Correlates with Product."""
    variant = aliased(Variant)
    sold_out = case((variant.on_hand > variant.held, 0), else_=1)
    return (
        select(variant.id)
        .where(variant.product_id == Product.id, variant.active, variant.price > 0)
        .order_by(sold_out, variant.price, variant.position, variant.id)
        .limit(1)
        .correlate(Product)
        .scalar_subquery()
    )


def first_photo() -> ScalarSelect[int]:
    """Id of the first photo that is ready. Correlates with Product."""
    photo = aliased(Photo)
    return (
        select(photo.id)
        .where(photo.product_id == Product.id, photo.state == PhotoState.READY, photo.removed_at.is_(None))
        .order_by(photo.position, photo.id)
        .limit(1)
        .correlate(Product)
        .scalar_subquery()
    )


def _of_variants(measure: ColumnElement[int]) -> ScalarSelect[int]:
    return (
        select(measure)
        .where(Variant.product_id == Product.id, Variant.active, Variant.price > 0)
        .correlate(Product)
        .scalar_subquery()
    )


def free_units() -> ScalarSelect[int]:
    """Units of all variants that nobody waits for. Correlates with Product."""
    return _of_variants(func.coalesce(func.sum(Variant.on_hand - Variant.held), 0))


def has_stock() -> ColumnElement[bool]:
    """Whether anything of the product can be had. Correlates with Product."""
    return exists().where(
        Variant.product_id == Product.id, Variant.active, Variant.price > 0, Variant.on_hand > Variant.held
    )


def prices() -> ScalarSelect[int]:
    """How many different prices the product has. Correlates with Product."""
    return _of_variants(func.count(Variant.price.distinct()))


TODAY: Any = bindparam("today", callable_=clock.today, type_=Date())
"""The day in Vietnam when the statement is executed, so that one statement serves every day."""


def live_stars(day: date = TODAY) -> ScalarSelect[int]:
    """The grade of the recognition that holds on `day`, else NULL. Correlates with Product."""
    return (
        select(Certificate.stars)
        .where(Certificate.product_id == Product.id, live_clause(day))
        .order_by(Certificate.decision_date.desc(), Certificate.id.desc())
        .limit(1)
        .correlate(Product)
        .scalar_subquery()
    )

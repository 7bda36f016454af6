"""What can be bought now: asked by the cart and again by the checkout."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from marketplace.catalog.models import Photo, Product, Variant
from marketplace.certificates.queries import live
from marketplace.delivery.rules import Reach
from marketplace.kit import clock, db
from marketplace.kit.actor import Place
from marketplace.law.rules import ALCOHOL_SETS, TOURISM_SETS
from marketplace.producers.models import Producer
from marketplace.shelf.queries.cards import picture
from marketplace.shelf.queries.sale import Rows, first_photo, on_sale
from marketplace.shelf.rules import Purchasable

_photo = aliased(Photo)


def purchasable(variant_ids: Iterable[int]) -> dict[int, Purchasable]:
    """Those of the variants that are on sale and have a cart button, sold out ones included (`free` says so)."""
    rows = db.session.execute(_rows().where(Variant.id.in_(list(variant_ids)))).all()
    badges = live({row.product_id for row in rows}, clock.today()) if rows else {}
    return {row.variant_id: _purchasable(row, badges.get(row.product_id)) for row in rows}


@cache
def _rows() -> Rows:
    """Built once: every checkout asks it while others wait to write."""
    return (
        select(
            Variant.id.label("variant_id"),
            Variant.label,
            Variant.unit,
            Variant.price,
            (Variant.on_hand - Variant.held).label("free"),
            Variant.shipping_weight_g,
            Product.id.label("product_id"),
            Product.name,
            Product.slug,
            Product.set_no,
            Product.reach,
            Product.collect_ok,
            Product.days_to_make,
            Producer.id.label("producer_id"),
            Producer.name.label("producer"),
            Producer.slug.label("producer_slug"),
            Producer.phone,
            Producer.province_code,
            Producer.commune_code,
            _photo.sizes,
            _photo.width,
            _photo.height,
            _photo.alt,
            _photo.is_illustration,
        )
        .join(Product, Product.id == Variant.product_id)
        .join(Producer, Producer.id == Product.producer_id)
        .outerjoin(_photo, _photo.id == first_photo())
        .where(on_sale(), Variant.active, Variant.price > 0, Product.set_no.not_in(TOURISM_SETS))
    )


def _purchasable(row: Any, badge: Any) -> Purchasable:
    return Purchasable(
        variant_id=row.variant_id,
        product_id=row.product_id,
        producer_id=row.producer_id,
        product_name=row.name,
        product_url=f"/san-pham/{row.slug}",
        product_slug=row.slug,
        variant_label=row.label or row.unit,
        unit=row.unit,
        price=row.price,
        free=row.free,
        weight_g=row.shipping_weight_g,
        set_no=row.set_no,
        reach=row.reach or Reach.COLLECT,
        collect_ok=bool(row.collect_ok),
        days_to_make=row.days_to_make or 0,
        adult=row.set_no in ALCOHOL_SETS,
        origin=Place(row.province_code, row.commune_code),
        producer_name=row.producer,
        producer_url=f"/gian-hang/{row.producer_slug}",
        producer_phone=row.phone,
        picture=picture(row, row.name),
        stars=badge.stars if badge else None,
        certificate_no=badge.decision_no if badge else "",
    )

"""A producer's public stall."""

from sqlalchemy import select

from marketplace.accounts.rules import show_phone
from marketplace.catalog.models import Product
from marketplace.certificates.models import Certificate
from marketplace.certificates.queries import live_clause
from marketplace.delivery.rules import REACH_LABELS, Reach
from marketplace.kit import clock, db
from marketplace.places.models import CraftVillage
from marketplace.places.rules import village_title
from marketplace.producers.models import Producer
from marketplace.producers.rules import KIND_LABELS, ProducerState
from marketplace.shelf.queries.cards import of_producer, place_text
from marketplace.shelf.queries.sale import on_sale
from marketplace.shelf.rules import Badge, Delivery, Maker, Moved, StallBadge, StallPage, key_of


def stall_page(slug: str, *, adult_ok: bool = False) -> StallPage | Moved | None:
    """The open stall at this address, or where it moved to."""
    row = db.session.execute(
        select(Producer, CraftVillage)
        .outerjoin(CraftVillage, CraftVillage.id == Producer.village_id)
        .where(Producer.key == key_of(slug), Producer.state == ProducerState.ACTIVE)
    ).one_or_none()
    if row is None:
        return None
    producer, village = row
    if producer.slug != slug:
        return Moved(producer.slug)
    return StallPage(
        maker=maker(producer, village),
        slug=producer.slug,
        key=producer.key,
        story=producer.story,
        cards=tuple(of_producer(producer.id, adult_ok=adult_ok)),
        badges=_badges(producer.id),
        delivery=_delivery(producer.id),
        place=producer.place,
    )


def maker(producer: Producer, village: CraftVillage | None) -> Maker:
    """What is said of a seller beside her goods. Never the street: the commune is enough until an order is placed."""
    return Maker(
        id=producer.id,
        url=f"/gian-hang/{producer.slug}",
        name=producer.name,
        kind=KIND_LABELS[producer.kind],
        place=place_text(producer.place),
        village=village_title(village.name if village else producer.village),
        village_url=f"/lang-nghe/{village.slug}" if village else "",
        old_place=village.old_place if village else producer.old_place,
        since=clock.day_of(producer.approved_at) if producer.approved_at else None,
        delivered=producer.delivered,
        phone=producer.phone,
        phone_text=show_phone(producer.phone) if producer.phone else "",
        zalo=producer.zalo,
        picture=f"/anh/{producer.photo_key}" if producer.photo_key else "",
        registration_no=producer.registration_no,
        tax_code=producer.tax_code,
        representative=producer.representative,
        is_sample=producer.is_sample,
    )


def _badges(producer_id: int) -> tuple[StallBadge, ...]:
    rows = db.session.execute(
        select(Certificate, Product.name, Product.slug)
        .join(Product, Product.id == Certificate.product_id)
        .join(Producer, Producer.id == Product.producer_id)
        .where(Product.producer_id == producer_id, on_sale(), live_clause(clock.today()))
        .order_by(Certificate.stars.desc(), Product.name)
    ).all()
    return tuple(
        StallBadge(
            name,
            f"/san-pham/{slug}",
            Badge(row.stars, row.decision_no, row.issuer, row.decision_date, row.facts.until, row.is_sample),
        )
        for row, name, slug in rows
    )


def _delivery(producer_id: int) -> Delivery:
    """The widest reach of what the stall sells, whether anything may be collected, the longest making time."""
    rows = db.session.execute(
        select(Product.reach, Product.collect_ok, Product.days_to_make)
        .join(Producer, Producer.id == Product.producer_id)
        .where(Product.producer_id == producer_id, on_sale())
        .distinct()
    ).all()
    widest = max((row.reach for row in rows if row.reach), key=list(Reach).index, default=Reach.COLLECT)
    sent = widest is not Reach.COLLECT
    collect = any(row.collect_ok for row in rows) or not sent
    return Delivery(REACH_LABELS[widest], sent, collect, max((row.days_to_make or 0 for row in rows), default=0))

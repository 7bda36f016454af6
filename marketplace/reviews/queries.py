"""Reads of opinions: under a product, of one order, of one maker, and in an office's area."""

from collections.abc import Sequence

from sqlalchemy import func, select

from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotFound
from marketplace.producers.models import Producer
from marketplace.producers.queries import in_areas
from marketplace.reviews.models import Review
from marketplace.reviews.rules import Feeling, Opinions


def of_product(product_id: int, *, limit: int, before: int | None = None) -> Opinions:
    """A page of opinions, those taken down in their place among them. Two statements. `before`: id of the last one seen."""
    query = select(Review).where(Review.product_id == product_id).order_by(Review.id.desc()).limit(limit + 1)
    rows = db.session.scalars(query if before is None else query.where(Review.id < before)).all()
    standing = select(Review.feeling, func.count()).where(Review.product_id == product_id, Review.hidden_at.is_(None))
    counts = {row.feeling: row[1] for row in db.session.execute(standing.group_by(Review.feeling))}
    shown = rows[:limit]
    return Opinions(shown, {f: counts[f] for f in Feeling if f in counts}, shown[-1].id if len(rows) > limit else None)


def of_orders(order_ids: Sequence[int]) -> dict[int, Review]:
    """Opinions by the line of the order they are about."""
    query = select(Review).where(Review.order_id.in_(list(order_ids)))
    return {row.order_line_id: row for row in db.session.scalars(query)}


def of_producer(producer_id: int, limit: int = 50) -> Sequence[Review]:
    """A maker's newest, those she has not answered first."""
    query = select(Review).where(Review.producer_id == producer_id)
    return db.session.scalars(query.order_by(Review.answered_at.is_not(None), Review.id.desc()).limit(limit)).all()


def own(producer_id: int, review_id: int) -> Review:
    """One opinion about this maker's goods. Refuses any other (NotFound)."""
    found = db.session.get(Review, review_id)
    if found is None or found.producer_id != producer_id:
        raise NotFound
    return found


def in_area(actor: Actor, limit: int = 50) -> Sequence[tuple[Review, Producer]]:
    """The newest in the actor's areas."""
    query = (
        select(Review, Producer)
        .join(Producer, Producer.id == Review.producer_id)
        .where(in_areas(actor, Producer.province_code, Producer.commune_code))
        .order_by(Review.id.desc())
        .limit(limit)
    )
    return [(row.Review, row.Producer) for row in db.session.execute(query)]


def on_desk(actor: Actor, review_id: int) -> tuple[Review, Producer]:
    """One opinion in the actor's areas. Refuses: none there (NotFound)."""
    query = (
        select(Review, Producer)
        .join(Producer, Producer.id == Review.producer_id)
        .where(Review.id == review_id, in_areas(actor, Producer.province_code, Producer.commune_code))
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    return found.Review, found.Producer

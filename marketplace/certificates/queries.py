"""Reads about recognitions. Whether a badge shows is asked with a day, never stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select

from marketplace.catalog.models import Product
from marketplace.certificates.models import Certificate
from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotFound
from marketplace.producers.queries import in_areas


@dataclass(frozen=True)
class LiveBadge:
    """A recognition that holds on the day asked about. `until` is its last day."""

    certificate_id: int
    stars: int
    decision_no: str
    issuer: str
    decision_date: date
    until: date
    is_sample: bool


@dataclass(frozen=True)
class Dated:
    """A confirmed recognition with all its dates, for readers that ask about other days (the search index)."""

    product_id: int
    stars: int
    begins: date
    until: date


def live_clause(day: date) -> ColumnElement[bool]:
    """The same rule as `rules.live_on`, in SQL."""
    return and_(
        Certificate.confirmed_at.is_not(None),
        Certificate.decision_date <= day,
        or_(Certificate.revoked_on.is_(None), Certificate.revoked_on > day),
        func.coalesce(Certificate.extended_until, Certificate.expires_on) >= day,
    )


def live(product_ids: Iterable[int], day: date) -> dict[int, LiveBadge]:
    """Badges that may show on this day, by product; of several the newest decision counts."""
    query = (
        select(
            Certificate.product_id,
            Certificate.id,
            Certificate.stars,
            Certificate.decision_no,
            Certificate.issuer,
            Certificate.decision_date,
            func.coalesce(Certificate.extended_until, Certificate.expires_on),
            Certificate.is_sample,
        )
        .where(Certificate.product_id.in_(list(product_ids)), live_clause(day))
        .order_by(Certificate.decision_date, Certificate.id)
    )
    return {row[0]: LiveBadge(*row[1:]) for row in db.session.execute(query)}


def dated(product_ids: Iterable[int]) -> list[Dated]:
    """Confirmed recognitions of these products with the days on which each begins and ends; revocation ends one."""
    query = select(Certificate).where(
        Certificate.product_id.in_(list(product_ids)), Certificate.confirmed_at.is_not(None)
    )
    rows = db.session.scalars(query.order_by(Certificate.decision_date, Certificate.id)).all()
    return [Dated(row.product_id, row.stars, row.decision_date, row.facts.last_day) for row in rows]


def certificate(certificate_id: int) -> Certificate | None:
    """One recognition."""
    return db.session.get(Certificate, certificate_id)


def of_product(product_id: int) -> Sequence[Certificate]:
    """Every recognition claimed for a product, newest decision first."""
    query = select(Certificate).where(Certificate.product_id == product_id)
    return db.session.scalars(query.order_by(Certificate.decision_date.desc(), Certificate.id.desc())).all()


def by_number(product_id: int, decision_no: str) -> Certificate | None:
    """The recognition of a product by its decision number."""
    query = select(Certificate).where(Certificate.product_id == product_id, Certificate.decision_no == decision_no)
    return db.session.scalar(query)


def waiting(actor: Actor) -> Sequence[tuple[Certificate, Product]]:
    """Claims waiting in the actor's areas with their products, oldest first."""
    query = (
        select(Certificate, Product)
        .join(Product, Product.id == Certificate.product_id)
        .where(
            Certificate.confirmed_at.is_(None),
            Certificate.refused_at.is_(None),
            in_areas(actor, Product.province_code, Product.commune_code),
        )
        .order_by(Certificate.claimed_at, Certificate.id)
    )
    return [(certificate, product) for certificate, product in db.session.execute(query)]


def endings(actor: Actor) -> list[date]:
    """The last days of all confirmed, unrevoked recognitions in the actor's areas."""
    query = (
        select(func.coalesce(Certificate.extended_until, Certificate.expires_on))
        .join(Product, Product.id == Certificate.product_id)
        .where(
            Certificate.confirmed_at.is_not(None),
            Certificate.revoked_on.is_(None),
            in_areas(actor, Product.province_code, Product.commune_code),
        )
    )
    return sorted(db.session.scalars(query))


def on_desk(actor: Actor, certificate_id: int) -> tuple[Certificate, Product]:
    """The recognition with its product, in the actor's areas. Refuses: none there (NotFound)."""
    query = (
        select(Certificate, Product)
        .join(Product, Product.id == Certificate.product_id)
        .where(Certificate.id == certificate_id, in_areas(actor, Product.province_code, Product.commune_code))
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]


def file_keys() -> set[str]:
    """Files of evidence."""
    rows = db.session.execute(select(Certificate.evidence_key, Certificate.extension_evidence_key))
    return {key for row in rows for key in row if key}

"""What the home page opens with."""

from datetime import date
from functools import cache

from sqlalchemy import case, func, select

from marketplace.catalog.models import Product
from marketplace.certificates.models import Certificate
from marketplace.certificates.queries import live_clause
from marketplace.kit import db
from marketplace.kit.actor import Place
from marketplace.places.models import CraftVillage
from marketplace.producers.models import Producer
from marketplace.producers.rules import KIND_LABELS
from marketplace.shelf.queries.cards import cards, not_alcohol, place_text
from marketplace.shelf.queries.sale import TODAY, Rows, has_stock, on_sale
from marketplace.shelf.rules import Card, NewBadge, Story, first_sentence, spread, words_of

SHOWN = 8
NEW_SHOWN = 4
_CONSIDERED = 60
_LAST = 99


def season(today: date) -> list[Card]:
    """Goods people look for in this month, then what sells and what is new, with as many stalls as there are."""
    rows = db.session.execute(_of_month(today.month))
    return cards(spread(((row.id, row.producer_id, row.name) for row in rows), SHOWN))


@cache
def _of_month(month: int) -> Rows:
    ranks = [(Product.name.icontains(word, autoescape=True), rank) for rank, word in enumerate(words_of(month))]
    return (
        select(Product.id, Product.producer_id, Product.name)
        .join(Producer, Producer.id == Product.producer_id)
        .where(on_sale(), not_alcohol(), has_stock())
        .order_by(case(*ranks, else_=_LAST), Product.sold.desc(), Product.approved_at.desc(), Product.id.desc())
        .limit(_CONSIDERED)
    )


def newly_recognised() -> list[NewBadge]:
    """Goods whose live recognition was signed last, newest first; no alcoholic drinks."""
    days = {row.id: row.signed for row in db.session.execute(_signed_last())}
    return [NewBadge(card, days[card.id]) for card in cards(list(days))]


@cache
def _signed_last() -> Rows:
    signed = func.max(Certificate.decision_date).label("signed")
    return (
        select(Product.id, signed)
        .join(Certificate, Certificate.product_id == Product.id)
        .join(Producer, Producer.id == Product.producer_id)
        .where(on_sale(), not_alcohol(), live_clause(TODAY))
        .group_by(Product.id)
        .order_by(signed.desc(), Product.id.desc())
        .limit(NEW_SHOWN)
    )


def story() -> Story | None:
    """One maker and her own words: real stalls before samples, those with a photo first."""
    row = db.session.execute(_storytellers()).one_or_none()
    if row is None:
        return None
    place = place_text(Place(row.province_code, row.commune_code))
    return Story(
        url=f"/gian-hang/{row.slug}",
        name=row.name,
        kind=KIND_LABELS[row.kind],
        place=place,
        quote=first_sentence(row.story),
        face=f"/anh/{row.photo_key}" if row.photo_key else "",
        scene=f"/anh/{row.picture}" if row.picture else "",
    )


@cache
def _storytellers() -> Rows:
    return (
        select(
            Producer.slug,
            Producer.name,
            Producer.kind,
            Producer.province_code,
            Producer.commune_code,
            Producer.story,
            Producer.photo_key,
            CraftVillage.picture,
        )
        .outerjoin(CraftVillage, CraftVillage.id == Producer.village_id)
        .join(Product, Product.producer_id == Producer.id)
        .where(on_sale(), not_alcohol(), Producer.story != "")
        .group_by(Producer.id, CraftVillage.picture)
        .order_by(
            Producer.is_sample,
            Producer.photo_key.is_(None),
            CraftVillage.picture.is_(None),
            func.count(Product.id).desc(),
            Producer.id,
        )
        .limit(1)
    )

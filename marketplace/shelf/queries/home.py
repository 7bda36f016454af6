"""What the home page opens with."""

from datetime import date
from typing import Any

from sqlalchemy import case, func, select

from marketplace.catalog.models import Product
from marketplace.certificates.models import Certificate
from marketplace.certificates.queries import live_clause
from marketplace.kit import db
from marketplace.kit.actor import Place
from marketplace.producers.models import Producer
from marketplace.producers.rules import KIND_LABELS
from marketplace.shelf.queries.cards import card_rows, cards_of, not_alcohol, place_text, read
from marketplace.shelf.queries.sale import Rows, free_units, on_sale
from marketplace.shelf.rules import Card, NewBadge, Story, first_sentence, spread, words_of

SHOWN = 8
NEW_SHOWN = 4
_CONSIDERED = 60
_LAST = 99


def season(today: date) -> list[Card]:
    """Goods people look for in this month, then what sells and what is new, with as many stalls as there are."""
    ranks = [(Product.name.icontains(word, autoescape=True), rank) for rank, word in enumerate(words_of(today.month))]
    statement = (
        card_rows(today)
        .where(not_alcohol(), free_units() > 0)
        .order_by(case(*ranks, else_=_LAST), Product.sold.desc(), Product.approved_at.desc(), Product.id.desc())
        .limit(_CONSIDERED)
    )
    return spread(read(statement), SHOWN)


def newly_recognised(today: date) -> list[NewBadge]:
    """Goods whose live recognition was signed last, newest first; no alcoholic drinks."""
    signed = _signed_last(today)
    statement = (
        card_rows(today)
        .add_columns(signed.c.signed)
        .join(signed, signed.c.product_id == Product.id)
        .where(not_alcohol())
        .order_by(signed.c.signed.desc(), Product.id.desc())
        .limit(NEW_SHOWN)
    )
    rows = db.session.execute(statement).all()
    return [NewBadge(card, row.signed) for card, row in zip(cards_of(rows), rows, strict=True)]


def _signed_last(today: date) -> Any:
    return (
        select(Certificate.product_id, func.max(Certificate.decision_date).label("signed"))
        .where(live_clause(today))
        .group_by(Certificate.product_id)
        .subquery()
    )


def story() -> Story | None:
    """One maker and her own words: real stalls before samples, those with a photo first."""
    row = db.session.execute(_storytellers().limit(1)).one_or_none()
    if row is None:
        return None
    place = place_text(Place(row.province_code, row.commune_code))
    return Story(
        url=f"/gian-hang/{row.slug}",
        name=row.name,
        kind=KIND_LABELS[row.kind],
        place=place,
        quote=first_sentence(row.story),
        picture=f"/anh/{row.photo_key}" if row.photo_key else "",
    )


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
        )
        .join(Product, Product.producer_id == Producer.id)
        .where(on_sale(), not_alcohol(), Producer.story != "")
        .group_by(Producer.id)
        .order_by(Producer.is_sample, Producer.photo_key.is_(None), func.count(Product.id).desc(), Producer.id)
    )

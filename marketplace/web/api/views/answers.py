"""What the API says of a product: the facts of the pages, by English names."""

from typing import Any

from marketplace.kit.i18n import Text
from marketplace.shelf.rules import Badge, Card, Option, Picture, ProductPage, Stock, group_of
from marketplace.web.api.views.door import absolute


def of_card(card: Card) -> dict[str, Any]:
    """One line of a list. Before the age answer an alcoholic drink has neither price nor picture."""
    return {
        "name": card.name,
        "slug": card.url.removeprefix("/san-pham/"),
        "url": absolute(card.url),
        "price": card.price,
        "currency": "VND",
        "unit": card.unit,
        "several_prices": card.several_prices,
        "stars": card.stars,
        "class": card.klass,
        "producer": card.producer,
        "producer_url": absolute(card.producer_url),
        "place": card.place,
        "village": card.village,
        "set": card.set_no,
        "group": group_of(card.set_no).slug,
        "in_stock": card.contact_only or card.stock is not Stock.NONE,
        "picture": _picture(card.picture),
        "adult": card.adult,
        "contact_only": card.contact_only,
    }


def of_page(page: ProductPage) -> dict[str, Any]:
    """Everything on a product's page."""
    chosen = page.chosen
    return {
        "name": page.name,
        "slug": page.slug,
        "url": absolute(page.url),
        "price": chosen.price if chosen else None,
        "currency": "VND",
        "unit": chosen.unit if chosen else "",
        "stars": page.badge.stars if page.badge else None,
        "class": page.klass,
        "description": page.description,
        "facts": [{"name": str(name), "value": text} for name, text in page.facts],
        "variants": [_variant(option) for option in page.options],
        "certificate": _certificate(page.badge),
        "producer": page.maker.name,
        "producer_url": absolute(page.maker.url),
        "seller": _seller(page),
        "place": page.place_text,
        "village": page.village,
        "set": page.set_no,
        "group": page.group.slug,
        "in_stock": page.contact_only or page.buyable,
        "pictures": [_picture(picture) for picture in page.pictures],
        "picture": _picture(page.pictures[0]) if page.pictures else None,
        "delivery": _delivery(page),
        "adult": page.adult,
        "contact_only": page.contact_only,
        "sample": page.is_sample,
    }


def until_age_answer(answer: dict[str, Any]) -> dict[str, Any]:
    """A product's answer with everything taken out that the page shows only after the age answer."""
    shown = (
        "name",
        "slug",
        "url",
        "place",
        "village",
        "set",
        "group",
        "adult",
        "producer",
        "producer_url",
        "class",
        "stars",
    )
    return {key: answer[key] for key in shown} | {"price": None, "picture": None}


def _picture(picture: Picture | None) -> dict[str, Any] | None:
    if picture is None:
        return None
    return {
        "url": absolute(picture.url(720)),
        "small": absolute(picture.url(320)),
        "alt": picture.alt,
        "illustration": picture.illustration,
    }


def _variant(option: Option) -> dict[str, Any]:
    return {
        "id": option.variant_id,
        "label": option.label,
        "unit": option.unit,
        "price": option.price,
        "price_per_measure": option.per_measure,
        "stock": option.stock.value,
    }


def _certificate(badge: Badge | None) -> dict[str, Any] | None:
    if badge is None:
        return None
    return {
        "stars": badge.stars,
        "decision_no": badge.decision_no,
        "issuer": badge.issuer,
        "decided_on": badge.decision_date.isoformat(),
        "valid_until": badge.until.isoformat(),
        "sample": badge.is_sample,
    }


def _seller(page: ProductPage) -> dict[str, Any]:
    maker = page.maker
    kind: Text = maker.kind
    return {
        "name": maker.name,
        "url": absolute(maker.url),
        "kind": str(kind),
        "place": maker.place,
        "sample": maker.is_sample,
    }


def _delivery(page: ProductPage) -> dict[str, Any]:
    said = page.delivery
    return {"reach": str(said.reach), "sent": said.sent, "collect": said.collect_ok, "days_to_make": said.days}

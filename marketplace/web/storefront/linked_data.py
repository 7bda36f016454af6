"""What search engines read of a page: schema.org as a JSON data block, saying what the page says and nothing else."""

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from marketplace.shelf.rules import ProductPage, StallPage, Stock

Crumb = tuple[str, str]
"""Name and absolute address."""

_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def block(data: dict[str, Any]) -> Markup:
    """The object as text that can stand inside a script element whatever a producer typed."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_ESCAPES))  # noqa: S704 - everything that could end the element is escaped above


def breadcrumbs(crumbs: Sequence[Crumb]) -> Markup:
    """Where the page stands."""
    return block(
        {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": position, "name": name, "item": url}
                for position, (name, url) in enumerate(crumbs, 1)
            ],
        }
    )


def product(page: ProductPage, origin: str) -> Markup:
    """A product with the offer whose price the page shows first. `origin` is the market's own address.

    The state's grade is an award; it never becomes a rating, which is what buyers think.
    """
    data: dict[str, Any] = {
        "@type": "Product",
        "name": page.name,
        "description": page.description or page.name,
        "sku": page.key,
        "url": origin + page.url,
        "brand": {"@type": "Brand", "name": page.maker.name},
        "category": str(page.group.label),
    }
    if page.pictures:
        data["image"] = [origin + picture.url(1200) for picture in page.pictures]
    if page.badge:
        data["award"] = f"OCOP {page.badge.stars} sao"
    if offer := _offer(page, origin):
        data["offers"] = offer
    return block(data)


def _offer(page: ProductPage, origin: str) -> dict[str, Any] | None:
    chosen = page.chosen
    if chosen is None:
        return None
    free = chosen.stock is not Stock.NONE
    return {
        "@type": "Offer",
        "price": str(chosen.price),
        "priceCurrency": "VND",
        "availability": f"https://schema.org/{'InStock' if free else 'OutOfStock'}",
        "itemCondition": "https://schema.org/NewCondition",
        "url": origin + page.url,
        "seller": {"@type": "Organization", "name": page.maker.name, "url": origin + page.maker.url},
    }


def stall(page: StallPage, origin: str) -> Markup:
    """A stall as an organisation, by what its page says of it."""
    return block(
        {
            "@type": "Organization",
            "name": page.maker.name,
            "url": origin + page.maker.url,
            "address": {"@type": "PostalAddress", "addressLocality": page.maker.place, "addressCountry": "VN"},
        }
    )


def market(origin: str, name: str) -> Markup:
    """The market itself with its search box."""
    return block(
        {
            "@type": "WebSite",
            "name": name,
            "url": f"{origin}/",
            "potentialAction": {
                "@type": "SearchAction",
                "target": f"{origin}/tim?q={{q}}",
                "query-input": "required name=q",
            },
        }
    )

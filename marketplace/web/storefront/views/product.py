"""A product's page and its print view."""

from typing import Any

from flask import Response, abort, make_response, redirect
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from marketplace.delivery import queries as delivery
from marketplace.kit.i18n import _
from marketplace.kit.money import show_dong
from marketplace.reviews.rules import FEELING_LABELS, opinions_from
from marketplace.shelf import queries as shelf
from marketplace.shelf.rules import Gone, Moved, ProductPage, cheapest_fee
from marketplace.web import frame
from marketplace.web.frame.age import adult_ok
from marketplace.web.storefront import linked_data
from marketplace.web.storefront.views.door import absolute, bp


@bp.get("/san-pham/<slug>")
def product(slug: str) -> AnyResponse:
    """Everything about one product; the age question first where the law asks for it."""
    found = shelf.product_page(slug)
    if not isinstance(found, ProductPage):
        return elsewhere(found, "/san-pham/{}")
    if found.adult and not adult_ok():
        return ask_age(found)
    return frame.page(
        "storefront/product.html",
        product=found,
        fee_from=_fee_from(found),
        opinions=opinions_from(found.opinions),
        feelings=FEELING_LABELS,
        more=shelf.more_like(found, adult_ok=adult_ok()),
        crumbs=_crumbs(found),
        canonical=absolute(found.url),
        linked=linked_product(found),
    )


@bp.get("/san-pham/<slug>/in")
def product_print(slug: str) -> AnyResponse:
    """The same facts on one sheet of paper."""
    found = shelf.product_page(slug)
    if not isinstance(found, ProductPage):
        return elsewhere(found, "/san-pham/{}/in")
    if found.adult and not adult_ok():
        return ask_age(found)
    return frame.page(
        "storefront/product_print.html",
        product=found,
        address=absolute(found.url),
        noindex=True,
        canonical=absolute(found.url),
        linked=linked_product(found),
    )


def elsewhere(found: Moved | Gone | None, address: str) -> AnyResponse:
    """Not here: its new address, or a page that leads to its stall."""
    if isinstance(found, Moved):
        return redirect(address.format(found.slug), 301)
    if found is None:
        abort(404)
    response = frame.page("storefront/gone.html", status=404, gone=found)
    response.headers["Cache-Control"] = "no-store"
    return response


def ask_age(found: ProductPage) -> Response:
    """The question the law wants answered first."""
    response = make_response(
        frame.page("storefront/age.html", name=found.name, place=found.place_text, back=found.url, group=found.group)
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _fee_from(found: ProductPage) -> str:
    """The cheapest fee at which the offered variant is sent anywhere; empty when it is only collected."""
    if not found.delivery.sent or found.chosen is None:
        return ""
    return show_dong(cheapest_fee(delivery.fees(), found.chosen.shipping_weight_g, found.place))


def linked_product(found: ProductPage) -> list[Markup]:
    """What search engines read on every page of one product."""
    crumbs = [(name, absolute(path)) for name, path in _crumbs(found)]
    return [linked_data.product(found, absolute("")), linked_data.breadcrumbs(crumbs)]


def _crumbs(found: ProductPage) -> list[tuple[str, str]]:
    crumbs: list[tuple[str, Any]] = [(_("Chợ"), "/"), (str(found.group.label), found.group.url)]
    if found.village:
        crumbs.append((found.village, found.village_url))
    return crumbs

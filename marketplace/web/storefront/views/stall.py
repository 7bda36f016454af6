"""A producer's stall."""

from flask import abort, redirect
from werkzeug.wrappers import Response as AnyResponse

from marketplace.cases import queries as cases
from marketplace.delivery import queries as delivery
from marketplace.kit.money import show_dong
from marketplace.shelf import queries as shelf
from marketplace.shelf.rules import Moved, cheapest_fee
from marketplace.web import frame
from marketplace.web.frame.age import adult_ok
from marketplace.web.storefront import linked_data
from marketplace.web.storefront.views.door import absolute, bp, standing

LIGHT_G = 1_000
"""Grams of the parcel whose fee a stall quotes: the first step of the fee table."""


@bp.get("/gian-hang/<slug>")
def stall(slug: str) -> AnyResponse:
    """Who makes it, what they make, their recognitions and how to reach them."""
    found = shelf.stall_page(slug, adult_ok=adult_ok())
    if isinstance(found, Moved):
        return redirect(f"/gian-hang/{found.slug}", 301)
    if found is None:
        abort(404)
    return frame.page(
        "storefront/stall.html",
        stall=found,
        problems=cases.stall_figures(found.maker.id),
        fee_from=show_dong(cheapest_fee(delivery.fees(), LIGHT_G, found.place)) if found.delivery.sent else "",
        canonical=absolute(found.maker.url),
        linked=[linked_data.stall(found, absolute("")), *standing((found.maker.name, found.maker.url))],
    )

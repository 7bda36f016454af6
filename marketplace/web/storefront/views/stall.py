"""A producer's stall."""

from flask import abort, redirect
from werkzeug.wrappers import Response as AnyResponse

from marketplace.kit.i18n import _
from marketplace.shelf import queries as shelf
from marketplace.shelf.rules import Moved
from marketplace.web import frame
from marketplace.web.storefront import linked_data
from marketplace.web.storefront.views.door import absolute, adult_ok, bp


@bp.get("/gian-hang/<slug>")
def stall(slug: str) -> AnyResponse:
    """Who makes it, what they make, their recognitions and how to reach them."""
    found = shelf.stall_page(slug, adult_ok=adult_ok())
    if isinstance(found, Moved):
        return redirect(f"/gian-hang/{found.slug}", 301)
    if found is None:
        abort(404)
    crumbs = [(_("Chợ"), absolute("/")), (found.maker.name, absolute(found.maker.url))]
    return frame.page(
        "storefront/stall.html",
        stall=found,
        canonical=absolute(found.maker.url),
        linked=[linked_data.stall(found, absolute("")), linked_data.breadcrumbs(crumbs)],
    )

"""Craft villages and provinces: who works there and what they make."""

from itertools import groupby

from flask import Response, abort, redirect
from werkzeug.wrappers import Response as AnyResponse

from marketplace.kit.actor import Place
from marketplace.kit.i18n import _
from marketplace.places import queries as places
from marketplace.shelf import queries as shelf
from marketplace.shelf.rules import Moved
from marketplace.web import frame
from marketplace.web.frame.age import adult_ok
from marketplace.web.storefront.views.door import absolute, bp, standing


@bp.get("/lang-nghe/")
def villages() -> Response:
    """Every craft village with goods on sale, by province."""
    found = shelf.all_villages()
    by_province = [
        (places.province(code), list(tiles)) for code, tiles in groupby(found, key=lambda tile: tile.province_code)
    ]
    return frame.page(
        "storefront/villages.html",
        by_province=by_province,
        count=len(found),
        canonical=absolute("/lang-nghe/"),
        linked=standing((_("Làng nghề"), "/lang-nghe/")),
    )


@bp.get("/lang-nghe/<slug>")
def village(slug: str) -> AnyResponse:
    """One craft village: its story, makers, goods, names then and now, neighbours."""
    found = shelf.village_page(slug, adult_ok=adult_ok())
    if isinstance(found, Moved):
        return redirect(f"/lang-nghe/{found.slug}", 301)
    if found is None:
        abort(404)
    path = f"/lang-nghe/{found.slug}"
    return frame.page(
        "storefront/village.html",
        village=found,
        canonical=absolute(path),
        linked=standing((_("Làng nghề"), "/lang-nghe/"), (found.name, path)),
    )


@bp.get("/noi-lam/")
def provinces() -> Response:
    """All provinces with how much of their goods is on sale."""
    counts = shelf.province_counts()
    rows = [(one, f"/noi-lam/{places.slug(Place(one.code))}", counts.get(one.code, 0)) for one in places.provinces()]
    return frame.page(
        "storefront/provinces.html",
        rows=rows,
        canonical=absolute("/noi-lam/"),
        linked=standing((_("Hàng theo nơi làm"), "/noi-lam/")),
    )

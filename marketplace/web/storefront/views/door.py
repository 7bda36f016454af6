"""The blueprint, what its templates share, and how long a cache may keep a page."""

from typing import Any

from flask import Blueprint, Response, current_app, request
from markupsafe import Markup

from marketplace.kit.edge import language
from marketplace.kit.edge.flashes import COOKIE as FLASHES
from marketplace.kit.i18n import _
from marketplace.web.storefront import linked_data

KEPT = "public, no-cache"
"""Anybody may keep the page, and asks again before showing it: a price, a badge or a new product is never a minute late."""

bp = Blueprint("storefront", __name__)


def absolute(path: str) -> str:
    """The one public address of a path, in the language of the request."""
    return f"{current_app.config['PUBLIC_URL']}{language.prefix()}{path}"


def standing(*crumbs: linked_data.Crumb) -> list[Markup]:
    """The data block that says where a page stands, from the market's first page on; addresses are paths."""
    return [linked_data.breadcrumbs([(name, absolute(path)) for name, path in ((_("Chợ"), "/"), *crumbs)])]


@bp.context_processor
def shared() -> dict[str, Any]:
    """What templates may leave out: data blocks, and the wish not to be found by search engines."""
    return {"linked": [], "noindex": False}


@bp.after_request
def may_be_kept(response: Response) -> Response:
    """Anybody's cache may keep a good answer, apart from other age answers, and asks before it shows it again.

    Errors are not kept, nor a page that says what the page before it wanted said.
    """
    if response.status_code == 200:
        response.vary.add("Cookie")
    if FLASHES in request.cookies:
        response.headers["Cache-Control"] = "no-store"
    elif request.method in ("GET", "HEAD") and response.status_code in (200, 301):
        response.headers.setdefault("Cache-Control", KEPT)
    return response

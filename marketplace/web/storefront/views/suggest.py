"""Suggestions under the search box."""

from dataclasses import asdict

from flask import Response, jsonify, request

from marketplace.search import queries as search
from marketplace.web.storefront.views.door import bp

SHOWN = 8


@bp.get("/goi-y")
def suggest() -> Response:
    """What may be meant: `[{kind, label, url}]`, products, sets, villages and places; no alcoholic drinks."""
    found = search.suggest(request.args.get("q", ""))
    return jsonify([asdict(one) for one in found[:SHOWN]])

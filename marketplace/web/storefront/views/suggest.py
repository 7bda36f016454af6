"""Suggestions under the search box."""

from flask import Response, jsonify, request

from marketplace.kit.edge import language
from marketplace.kit.i18n import lazy
from marketplace.search import queries as search
from marketplace.web.storefront.views.door import bp

SHOWN = 8
NOTES = {"set": lazy("Nhóm hàng"), "village": lazy("Làng nghề"), "place": lazy("Nơi làm"), "product": ""}


def _address(path: str) -> str:
    return language.prefix() + path if path else ""


@bp.get("/goi-y")
def suggest() -> Response:
    """What may be meant: `{"items": [{kind, text, note, url}]}`; no alcoholic drinks."""
    found = search.suggest(request.args.get("q", ""))[:SHOWN]
    return jsonify(
        items=[
            {"kind": one.kind, "text": one.label, "note": str(NOTES.get(one.kind, "")), "url": _address(one.url)}
            for one in found
        ]
    )

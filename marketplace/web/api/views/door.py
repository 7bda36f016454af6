"""The blueprint of the API and what holds for all its answers."""

from flask import Blueprint, Response, current_app

KEPT = "public, no-cache"
"""Anybody may keep an answer, and asks again before using it."""

bp = Blueprint("api", __name__, url_prefix="/api/v1")


def absolute(path: str) -> str:
    """The one public address of a path; nothing for nothing."""
    return f"{current_app.config['PUBLIC_URL']}{path}" if path else ""


@bp.after_request
def for_anyone(response: Response) -> Response:
    """Other sites may read it; a good answer may be kept, and is asked for again before it is used."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.vary.add("Cookie")
    if response.status_code == 200:
        response.headers.setdefault("Cache-Control", KEPT)
    return response

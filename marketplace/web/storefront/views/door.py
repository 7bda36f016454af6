"""The blueprint, what its templates share, and how long a cache may keep a page."""

from typing import Any

from flask import Blueprint, Response, current_app, request

AGE_COOKIE = "tuoi"
SECONDS = 60
"""A page for strangers may be this old: prices and badges are said again within a minute."""

bp = Blueprint("storefront", __name__)


def adult_ok() -> bool:
    """Whether this browser has answered that its owner is 18 or older."""
    return request.cookies.get(AGE_COOKIE) == "1"


def absolute(path: str) -> str:
    """The one public address of a path."""
    return f"{current_app.config['PUBLIC_URL']}{path}"


@bp.context_processor
def shared() -> dict[str, Any]:
    """What templates may leave out: data blocks, and the wish not to be found by search engines."""
    return {"linked": [], "noindex": False}


@bp.after_request
def may_be_kept(response: Response) -> Response:
    """Anybody's cache may keep a good answer for a minute, apart from other age answers; errors are not kept."""
    if (
        request.method in ("GET", "HEAD")
        and response.status_code in (200, 301)
        and "Cache-Control" not in response.headers
    ):
        response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    response.vary.add("Cookie") if response.status_code == 200 else None
    return response

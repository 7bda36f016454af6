"""New codes on paper, carried from the form to the page that shows them by the browser itself: encrypted, for ten minutes."""

import json

from flask import current_app, request
from werkzeug.wrappers import Response

from marketplace.kit import secret
from marketplace.web import frame

COOKIE = "ma_du_phong"
PATH = "/tai-khoan/xac-thuc/du-phong"
SECONDS = 600


def _use() -> str:
    """One key for each session: whoever signs in next on this machine reads nothing."""
    person = frame.viewer()
    return f"on-paper-{person.session_id if person else 0}"


def carry(codes: tuple[str, ...], response: Response) -> Response:
    """Send the codes along; the market itself keeps only their hashes."""
    response.set_cookie(
        COOKIE, secret.seal_for(_use(), json.dumps(codes)), max_age=SECONDS, path=PATH, httponly=True, samesite="Strict",
        secure=_secure(),
    )  # fmt: skip
    return response


def carried() -> list[str]:
    """The codes made by this session in the last ten minutes, until it said that they are put away."""
    sealed = request.cookies.get(COOKIE)
    text = secret.unseal_for(_use(), sealed, SECONDS) if sealed else None
    return list(json.loads(text)) if text else []


def put_away(response: Response) -> Response:
    """They are on paper: nothing shows them again."""
    response.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="Strict", secure=_secure())
    return response


def _secure() -> bool:
    return str(current_app.config["PUBLIC_URL"]).startswith("https://")

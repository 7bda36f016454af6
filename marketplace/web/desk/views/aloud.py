"""The code to read aloud, carried from the form to its page by the official's own browser: encrypted, for ten minutes."""

import json
from dataclasses import asdict

from flask import current_app, request
from werkzeug.wrappers import Response

from marketplace.accounts.rules import CODE_LIFE, OpenedCode
from marketplace.kit import secret
from marketplace.web import frame

COOKIE = "ma_doc"
PATH = "/dieu-phoi/nguoi-dung/ma"
SECONDS = int(CODE_LIFE.total_seconds())


def _use() -> str:
    """One key for each official: whoever signs in next on this machine reads nothing."""
    person = frame.viewer()
    return f"aloud-{person.user_id if person else 0}"


def carry(opened: OpenedCode, response: Response) -> Response:
    """Send the code along; it lies in no address, and nobody without the market's secret can read the cookie."""
    response.set_cookie(
        COOKIE,
        secret.seal_for(_use(), json.dumps(asdict(opened))),
        max_age=SECONDS,
        path=PATH,
        httponly=True,
        samesite="Strict",
        secure=str(current_app.config["PUBLIC_URL"]).startswith("https://"),
    )
    return response


def carried() -> OpenedCode | None:
    """The code this official opened here in the last ten minutes."""
    sealed = request.cookies.get(COOKIE)
    text = secret.unseal_for(_use(), sealed, SECONDS) if sealed else None
    return OpenedCode(**json.loads(text)) if text else None

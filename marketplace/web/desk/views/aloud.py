"""The code to read aloud, carried from the form to its page by the official's own browser: encrypted, for ten minutes."""

import json
from dataclasses import asdict
from typing import Any

from flask import current_app, request
from werkzeug.wrappers import Response

from marketplace.accounts.rules import CODE_LIFE, OpenedCode, PrintedCard
from marketplace.kit import secret
from marketplace.web import frame

COOKIE = "ma_doc"
PATH = "/dieu-phoi/nguoi-dung/ma"
CARD_COOKIE = "the_in"
CARD_PATH = "/dieu-phoi/co-so"
SECONDS = int(CODE_LIFE.total_seconds())


def _use() -> str:
    """One key for each official: whoever signs in next on this machine reads nothing."""
    person = frame.viewer()
    return f"aloud-{person.user_id if person else 0}"


def carry(opened: OpenedCode, response: Response) -> Response:
    """Send the code along; it lies in no address, and nobody without the market's secret can read the cookie."""
    return _carry(COOKIE, PATH, asdict(opened), response)


def carried() -> OpenedCode | None:
    """The code this official opened here in the last ten minutes."""
    found = _carried(COOKIE)
    return OpenedCode(**found) if found else None


def carry_card(printed: PrintedCard, response: Response) -> Response:
    """Send along what is to be printed, in the same way."""
    return _carry(CARD_COOKIE, CARD_PATH, asdict(printed), response)


def carried_card() -> PrintedCard | None:
    """The card this official made here in the last ten minutes."""
    found = _carried(CARD_COOKIE)
    return PrintedCard(**found) if found else None


def _carry(name: str, path: str, what: dict[str, Any], response: Response) -> Response:
    response.set_cookie(
        name,
        secret.seal_for(f"{name}-{_use()}", json.dumps(what)),
        max_age=SECONDS,
        path=path,
        httponly=True,
        samesite="Strict",
        secure=str(current_app.config["PUBLIC_URL"]).startswith("https://"),
    )
    return response


def _carried(name: str) -> dict[str, Any] | None:
    sealed = request.cookies.get(name)
    text = secret.unseal_for(f"{name}-{_use()}", sealed, SECONDS) if sealed else None
    found: dict[str, Any] | None = json.loads(text) if text else None
    return found

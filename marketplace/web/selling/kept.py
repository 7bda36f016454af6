"""A file that was accepted while something else on the page was not: its key travels with the page, signed."""

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from marketplace.web import frame

HOURS_KEPT = 12


def _signer() -> URLSafeTimedSerializer:
    person = frame.viewer()
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"kept-{person.user_id if person else 0}")


def seal(key: str) -> str:
    """The key of a private file as the page may carry it: for this person only."""
    return str(_signer().dumps(key))


def unseal(sealed: str | None) -> str | None:
    """The key again; None for anything this person was not given in the last hours."""
    if not sealed:
        return None
    try:
        return str(_signer().loads(sealed, max_age=HOURS_KEPT * 3600))
    except BadSignature:
        return None

"""The blueprint, the two cookies of signing in, and where people go afterwards. Nothing here is kept by any cache."""

import secrets

from flask import Blueprint, Response, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts import queries as accounts
from marketplace.accounts.rules import (
    INSTEAD,
    SESSION_DAYS,
    BadPhone,
    Device,
    Entered,
    Viewer,
    Wait,
    device_name,
    phone_number,
)
from marketplace.kit.i18n import _
from marketplace.notices.senders import reaches_phones
from marketplace.producers import queries as producers
from marketplace.web import frame

bp = Blueprint("account", __name__)

ASKING = "xin_ma"
"""Cookie of ten minutes: the browser a code was asked from, and the number it was asked for."""

MARK = "may"
"""Cookie that outlives sessions: a browser signed in before is no new device."""


def device() -> Device:
    """Where this request comes from."""
    return Device(device_name(request.headers.get("User-Agent", "")), request.remote_addr or "", _mark())


def _mark() -> str:
    """What this browser has kept since it first signed in; a new one when it has kept nothing."""
    if "browser_mark" not in g:
        g.browser_mark = request.cookies.get(MARK, "")[:64] or secrets.token_urlsafe(16)
    return str(g.browser_mark)


def token() -> str:
    """The sign-in cookie as sent, empty when there is none."""
    return request.cookies.get(frame.cookie_name(), "")


def can_text() -> bool:
    """Whether a code can reach a telephone."""
    return reaches_phones()


def wanted() -> str:
    """Where the person was going when asked to sign in; empty when nowhere in particular."""
    return frame.local_path(request.values.get("next"), "")


def asked() -> tuple[str, str]:
    """Browser token and number of the code asked for; empty texts when none was."""
    browser, _sep, phone = request.cookies.get(ASKING, "").partition("~")
    try:
        return (browser[:64], phone_number(phone)) if phone else ("", "")
    except BadPhone:
        return "", ""


def home_of(person: Viewer | None) -> str:
    """The page a signed-in person works on: the stall, the desk, or, with neither, the account."""
    if person is None:
        return "/"
    if producers.for_user(person.user_id):
        return url_for("selling.today")
    return url_for("desk.queue") if person.is_official else url_for("account.me.overview")


def go_in(entered: Entered) -> AnyResponse:
    """Signed in: the new token in the cookie, and on to where the person was going."""
    response = redirect(wanted() or home_of(accounts.viewer(entered.token)), 303)
    keep_token(response, entered.token)
    response.delete_cookie(ASKING, path="/", samesite="Lax", httponly=True, secure=_secure())
    return response


def keep_token(response: AnyResponse, value: str) -> None:
    """Put the token into the sign-in cookie of this answer, and beside it what the browser is known by next time."""
    for name, text, days in ((frame.cookie_name(), value, SESSION_DAYS), (MARK, _mark(), 2 * SESSION_DAYS)):
        response.set_cookie(name, text, max_age=days * 86400, path="/", samesite="Lax", httponly=True, secure=_secure())


def drop_token(response: AnyResponse) -> None:
    """Take the sign-in cookie away."""
    response.delete_cookie(frame.cookie_name(), path="/", samesite="Lax", httponly=True, secure=_secure())


def remember_asking(response: AnyResponse, browser: str, phone: str) -> None:
    """Which browser asked for a code, and for which number, for as long as the code lives."""
    response.set_cookie(
        ASKING,
        f"{browser}~{phone_number(phone)}",
        max_age=600,
        path="/",
        samesite="Lax",
        httponly=True,
        secure=_secure(),
    )


def _secure() -> bool:
    return str(current_app.config["PUBLIC_URL"]).startswith("https://")


def wait_words(wait: Wait) -> str:
    """`Xin đợi 15 giây rồi thử lại.`"""
    if wait.why:
        return f"{wait.why} {INSTEAD}"
    if wait.seconds < 90:
        return _("Xin đợi %(n)s giây rồi thử lại.", n=wait.seconds)
    return _("Xin đợi %(n)s phút rồi thử lại.", n=-(-wait.seconds // 60))


def must_wait(response: Response, wait: Wait) -> Response:
    """The same page with 429, saying to machines as well how long."""
    response.status_code = 429
    response.headers["Retry-After"] = str(wait.seconds)
    return response


@bp.after_request
def nobody_keeps(response: Response) -> Response:
    """Not even the browser's own back button shows these pages to the next person."""
    response.headers["Cache-Control"] = "no-store"
    return response

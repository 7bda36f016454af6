"""Flask's session, cut down to what it is used for here: one-minute messages after a redirect, in a signed cookie.

Signing in lives in rows of its own; a page for strangers never gets a cookie from here.
"""

from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SessionInterface
from itsdangerous import BadSignature, URLSafeSerializer

COOKIE = "loi_nhan"
SECONDS = 60


class FlashSessions(SessionInterface):
    """Signed without a timestamp: the browser forgets after a minute, and a jump of the clock breaks nothing."""

    session_class = SecureCookieSession

    def _signer(self, app: Flask) -> URLSafeSerializer:
        return URLSafeSerializer(str(app.config["SECRET_KEY"]), salt="flashes")

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """What the last page wanted to say, or nothing."""
        cookie = request.cookies.get(COOKIE)
        if not cookie:
            return self.session_class()
        try:
            content: Any = self._signer(app).loads(cookie)
        except BadSignature:
            return self.session_class()
        return self.session_class(content)

    def save_session(self, app: Flask, session: Any, response: Response) -> None:
        """Set the cookie when there is something to say, take it away when it was said."""
        if not session.modified:
            return
        if not session:
            response.delete_cookie(COOKIE, path="/", samesite="Lax", httponly=True, secure=self._secure(app))
            return
        value = self._signer(app).dumps(dict(session))
        response.set_cookie(
            COOKIE, str(value), max_age=SECONDS, path="/", samesite="Lax", httponly=True, secure=self._secure(app)
        )

    def _secure(self, app: Flask) -> bool:
        return str(app.config["PUBLIC_URL"]).startswith("https://")

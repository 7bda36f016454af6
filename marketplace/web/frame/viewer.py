"""Who looks at this page: nobody known, or a signed-in person found by the row of their session.

Flask-Login is a shell here: no login_user, no remember-me, no session protection; a remember-me cookie outlived
sign-out and password change when tried.
"""

import logging
from typing import Any, cast

from flask import Request, Response, current_app, g
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from marketplace.accounts import actions as account_actions
from marketplace.accounts import queries as accounts
from marketplace.accounts.rules import Viewer
from marketplace.kit import db
from marketplace.kit.actor import Actor, ActorKind

log = logging.getLogger(__name__)
login = LoginManager()
login.session_protection = None


class SignedIn(UserMixin):  # type: ignore[misc] # the library publishes no types
    """Flask-Login's idea of a user, round our frozen viewer."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer

    def get_id(self) -> str:
        """Only the interface asks; nothing of ours stores it."""
        return str(self.viewer.user_id)


def cookie_name() -> str:
    """The sign-in cookie; under https bound to this host alone."""
    return "__Host-phien" if str(current_app.config["PUBLIC_URL"]).startswith("https://") else "phien"


@login.request_loader  # type: ignore[untyped-decorator] # the library publishes no types
def _from_cookie(request: Request) -> SignedIn | None:
    token = request.cookies.get(cookie_name())
    if not token:
        return None
    found = accounts.viewer(token)
    return SignedIn(found) if found else None


def remember_seen(response: Response) -> Response:
    """Once a minute, after an answer has gone out, write down when sessions were last seen: a loss we can afford."""
    if accounts.seen_is_due():
        app = cast(Any, current_app)._get_current_object()

        def flush() -> None:
            try:
                with app.app_context(), db.unit():
                    account_actions.flush_seen(Actor.system("seen"))
            except (OperationalError, NoConnectionFree):  # locked or full: the page has been sent, and this may be lost
                log.warning("when sessions were last seen was not written down")

        response.call_on_close(flush)
    return response


def viewer() -> Viewer | None:
    """The signed-in person, or None. Without a sign-in cookie this costs no statement."""
    user: Any = current_user
    return user.viewer if user.is_authenticated else None


def actor() -> Actor:
    """The actor of this request: what the door's guard made of it, else what the viewer may be everywhere."""
    if "actor" not in g:
        g.actor = _actor_of(viewer())
    return g.actor  # type: ignore[no-any-return] # flask.g holds anything


def _actor_of(person: Viewer | None) -> Actor:
    """Without the second factor an official is a person like any other, at every door."""
    if person is None:
        return Actor.stranger()
    if person.is_admin and person.factor_shown:
        return Actor(ActorKind.ADMIN, user_id=person.user_id)
    if person.areas and person.factor_shown:
        return Actor(ActorKind.COORDINATOR, user_id=person.user_id, areas=person.areas)
    return Actor(ActorKind.STRANGER, user_id=person.user_id)

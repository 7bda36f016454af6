"""The door of producers: signed in, member of a producer, and acting for exactly one of hers. Anyone else gets 404."""

from typing import Any

from flask import Blueprint, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response

from marketplace.kit.actor import Actor, ActorKind
from marketplace.producers import queries as producers
from marketplace.producers.models import Producer
from marketplace.producers.queries import changes
from marketplace.web import frame

bp = Blueprint("selling", __name__)

STALL_COOKIE = "gian-hang"
"""Which of her producers a member of several acts for: a key, believed only when she is a member of it."""


@bp.before_request
def guard() -> Response | None:
    """Applications are open to everyone signed in; everything under /ban-hang/ to members only."""
    person = frame.viewer()
    if person is None:
        return frame.to_sign_in()
    if request.path.startswith("/dang-ky-ban-hang"):
        return None
    mine = producers.for_user(person.user_id)
    if not mine:
        if request.path == "/ban-hang/" and request.method == "GET":
            return redirect(url_for("selling.application"), 303)
        abort(404)
    wanted = request.cookies.get(STALL_COOKIE, "")
    g.producer = next((one for one in mine if one.key == wanted), mine[0])
    g.stalls = [(one.key, one.name) for one in mine]
    g.actor = Actor(ActorKind.PRODUCER, user_id=person.user_id, on_behalf_of=g.producer.id, name=person.name)
    return None


@bp.context_processor
def account_under_way() -> dict[str, Any]:
    """Every page of the stall says so, on every telephone, while its account is being changed or is frozen."""
    if "producer" not in g:
        return {}
    said = changes.warnings(g.producer.id)
    return {"account_change": said.change, "account_frozen": said.frozen, "account_shared": said.shared}


@bp.after_request
def private(response: Response) -> Response:
    """Nothing behind this door is kept by anybody."""
    if not response.cache_control.immutable:  # a picture of her own goods may be kept; nothing else of hers
        response.headers["Cache-Control"] = "no-store"
    return response


def acting() -> Producer:
    """The producer of this request: every query of the door is scoped to her."""
    return g.producer  # type: ignore[no-any-return] # flask.g holds anything; the guard put a Producer there


def producer_id() -> int:
    """Her id, as the actor carries it."""
    return int(frame.actor().on_behalf_of or 0)


def as_member(of: int) -> Actor:
    """The signed-in person acting for a producer she is a member of; 404 for anybody else's."""
    person = frame.viewer()
    if person is None or of not in producers.ids_for_user(person.user_id):
        abort(404)
    return Actor(ActorKind.PRODUCER, user_id=person.user_id, on_behalf_of=of, name=person.name)

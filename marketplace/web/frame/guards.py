"""Who may enter a door. A door's blueprint installs one of these; the finer questions are asked by the actions."""

from urllib.parse import quote

from flask import Blueprint, abort, redirect, request
from werkzeug.wrappers import Response

from marketplace.kit.actor import ActorKind
from marketplace.web.frame.viewer import actor, viewer


def to_sign_in() -> Response:
    """Off to sign in, and back here afterwards."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return redirect(f"/dang-nhap?next={quote(wanted, safe='/')}", 303)


def signed_in_only(bp: Blueprint) -> None:
    """Anyone signed in."""

    @bp.before_request
    def check() -> Response | None:
        return to_sign_in() if viewer() is None else None


def officials_only(bp: Blueprint) -> None:
    """Coordinators and admins. Anyone else signed in gets 404: the desk is none of their business."""

    @bp.before_request
    def check() -> Response | None:
        if viewer() is None:
            return to_sign_in()
        if actor().kind not in (ActorKind.COORDINATOR, ActorKind.ADMIN):
            abort(404)
        return None

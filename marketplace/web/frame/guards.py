"""Who may enter a door. A door's blueprint installs one of these; the finer questions are asked by the actions."""

from urllib.parse import quote

from flask import Blueprint, abort, redirect, request
from werkzeug.wrappers import Response

from marketplace.web.frame.errors import nearest_page
from marketplace.web.frame.viewer import viewer


def to_sign_in() -> Response:
    """Off to sign in, and back here afterwards."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return redirect(f"/dang-nhap?next={quote(wanted, safe='/')}", 303)


def to_factor() -> Response:
    """Off to show the second factor, and back here afterwards; what was being sent is not, so back to the page it hangs on."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else nearest_page(request.path)
    return redirect(f"/tai-khoan/xac-thuc/?next={quote(wanted, safe='/')}", 303)


def signed_in_only(bp: Blueprint) -> None:
    """Anyone signed in."""

    @bp.before_request
    def check() -> Response | None:
        return to_sign_in() if viewer() is None else None


def officials_only(bp: Blueprint) -> None:
    """Coordinators and admins who have shown their second factor. Anyone else signed in gets 404: the desk is none of their business."""

    @bp.before_request
    def check() -> Response | None:
        person = viewer()
        if person is None:
            return to_sign_in()
        if not person.is_official:
            abort(404)
        return None if person.factor_shown else to_factor()

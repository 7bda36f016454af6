"""Asking for the PIN before a tap about money takes effect. What was sent travels with the question, so nothing is typed twice."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts import actions
from marketplace.accounts.rules import PinRight
from marketplace.kit.i18n import _
from marketplace.web import frame

P = ParamSpec("P")
BEHIND: set[str] = set()
"""Endpoints behind the PIN, as the doors' files declare them."""
GOODS = frozenset({"accept", "ready", "delivered", "back", "lost"})
"""Presses on an order that are about goods; every other one there is about money."""
FIELD, ONLY_OPEN = "pin", "chi_mo"


def asked(view: Callable[P, AnyResponse]) -> Callable[P, AnyResponse]:
    """Money came or went, or where it is to go, or a form for that: behind the PIN. Without one nobody is asked.

    Round the view and not before the request: what happens there is committed by nobody, and wrong tries must be.
    """

    @wraps(view)
    def behind(*args: P.args, **kwargs: P.kwargs) -> AnyResponse:
        if request.form.get("verb", "") in GOODS and request.endpoint == "selling.move_order":
            return view(*args, **kwargs)
        question = _question()
        if question is not None:
            return question
        if ONLY_OPEN in request.form:
            return redirect(_here(), 303)  # to the form that was asked for
        return view(*args, **kwargs)

    BEHIND.add(f"selling.{view.__name__}")
    return behind


def _question() -> AnyResponse | None:
    """The page that asks, or None once the PIN is open here."""
    person = frame.viewer()
    if person is None or not actions.pin_is_due(person.user_id, person.session_id):
        return None
    typed = request.form.get(FIELD, "")
    if not typed:
        return _page("", 403)
    answer = actions.open_pin(frame.actor(), session_id=person.session_id, pin=typed)
    if isinstance(answer, PinRight):
        return None
    if answer.left:
        return _page(_("Mã PIN chưa đúng. Còn %(n)s lần thử.", n=answer.left), 422)
    return _page(_("Gõ sai 5 lần rồi. Đặt mã PIN mới bằng một mã gửi tới điện thoại, xem dưới đây."), 422)


def _here() -> str:
    return request.full_path.rstrip("?")


def _page(error: str, status: int) -> Response:
    kept = [(name, value) for name, value in request.form.items(multi=True) if name != FIELD]
    before = request.method != "POST" or ONLY_OPEN in request.form
    kept = [(ONLY_OPEN, "1")] if before else kept
    return frame.page("selling/money/pin.html", status=status, kept=kept, before=before, error=error, address=_here())

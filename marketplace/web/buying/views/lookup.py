"""Finding an order again: by number and code, or because it was placed on this machine."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts.rules import BadPhone, Wait, phone_number
from marketplace.kit.actor import Actor
from marketplace.kit.i18n import _
from marketplace.orders.actions.proving import find_by_phone
from marketplace.payments.queries.several import groups_in_short
from marketplace.web import frame
from marketplace.web.buying.door import bp, forget_orders, remember, remembered
from marketplace.web.buying.forms.lookup import LookupForm
from marketplace.web.buying.views.order import too_many

SHOWN = 20


@bp.get("/tra-cuu-don")
def lookup() -> Response:
    """Number and code?"""
    return _page(LookupForm())


@bp.post("/tra-cuu-don")
def find() -> AnyResponse:
    """The order's own page; one answer for a wrong number, a wrong code and an order that never was."""
    form = LookupForm.of_request()
    if not form.validate():
        return _page(form, 422)
    try:
        phone = phone_number(form.phone.data or "")
    except BadPhone as refusal:
        form.refuse(refusal, "phone")
        return _page(form, 422)
    found = find_by_phone(Actor.stranger(), phone, form.code.data or "", address=request.remote_addr or "")
    if isinstance(found, Wait):
        form.code.errors = [too_many(found)]
        response = _page(form, 429)
        response.headers["Retry-After"] = str(found.seconds)
        return response
    if not found:
        form.code.errors = [
            _("Không thấy đơn nào có mã và số điện thoại này. Xem lại mã 7 số trong tin nhắn hoặc phiếu giao.")
        ]
        return _page(form, 422)
    answer = frame.back_to("buying.order", token=found)
    remember(answer, found)
    return answer


def _page(form: LookupForm, status: int = 200) -> Response:
    return frame.page("buying/lookup/lookup.html", status=status, form=form, has_errors=status != 200)


@bp.get("/don-tren-may")
def on_this_machine() -> Response:
    """Orders placed with this browser."""
    return frame.page("buying/lookup/here.html", pages=groups_in_short(remembered()[:SHOWN]))


@bp.post("/don-tren-may/quen")
def forget_here() -> AnyResponse:
    """Others use this machine too."""
    response = frame.back_to("buying.on_this_machine")
    forget_orders(response)
    frame.flash(_("Máy này không còn nhớ đơn nào. Xem lại đơn bằng số điện thoại và mã đơn."))
    return response

"""Who runs the market: filled in by an admin, shown at the foot of every page and on the pages of rules."""

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts import actions, queries
from marketplace.accounts.rules import show_phone
from marketplace.kit.i18n import _
from marketplace.web import frame
from marketplace.web.desk.door import bp
from marketplace.web.desk.forms.people import OperatorDetailsForm
from marketplace.web.desk.views.people import admin_only


@bp.get("/don-vi-van-hanh")
def operator() -> Response:
    """The details as stored."""
    admin_only()
    stored = queries.operator()
    form = OperatorDetailsForm.of_request(stored)
    if stored and stored.phone:
        form["phone"].data = show_phone(stored.phone)
    return _page(form)


@bp.post("/don-vi-van-hanh")
def set_operator() -> AnyResponse:
    """Store them; what stays empty is shown nowhere."""
    admin_only()
    form = OperatorDetailsForm.of_request()
    if not isinstance(form, OperatorDetailsForm) or not form.validate():
        return _page(form, status=422)
    actions.set_operator(frame.actor(), form.details())
    frame.flash(_("Đã lưu. Chân trang và các trang quy định dùng thông tin mới."))
    return frame.back_to("desk.operator")


def _page(form: frame.Form, status: int = 200) -> Response:
    return frame.page("desk/people/operator.html", status=status, form=form, has_errors=status != 200)

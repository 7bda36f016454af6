"""The PIN for taps about money: choose it, or choose another."""

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts import actions
from marketplace.accounts.rules import BadPin, PinRight, Viewer
from marketplace.kit.errors import NotFound
from marketplace.kit.i18n import _
from marketplace.web import frame
from marketplace.web.account.forms.pin import PinForm

bp = Blueprint("pin", __name__, url_prefix="/tai-khoan/pin")
frame.signed_in_only(bp)


def _me() -> Viewer:
    person = frame.viewer()
    if person is None:
        raise NotFound
    return person


@bp.get("")
def pin() -> Response:
    """The form."""
    return _page(PinForm())


@bp.post("")
def set_pin() -> AnyResponse:
    """Choose it: from now on taps about money ask for it, on every telephone."""
    form = PinForm.of_request()
    if not form.validate():
        return _page(form, 422)
    try:
        answer = actions.set_pin(
            frame.actor(), session_id=_me().session_id, pin=form["pin"].data or "", old=form["old"].data or ""
        )
    except BadPin as refusal:
        form.refuse(refusal, "pin")
        return _page(form, 422)
    if isinstance(answer, PinRight):
        frame.flash(_("Đã đặt mã PIN. Từ nay bấm các việc về tiền thì gõ mã này."))
        return frame.back_to("account.me.overview")
    form["old"].errors = [
        _("Chưa đúng. Còn %(n)s lần thử.", n=answer.left)
        if answer.left
        else _("Gõ sai 5 lần rồi. Đăng xuất, đăng nhập bằng mã gửi tới điện thoại, rồi đặt mã PIN mới.")
    ]
    return _page(form, 422)


def _page(form: PinForm | frame.Form, status: int = 200) -> Response:
    person = _me()
    is_set = actions.has_pin(person.user_id)
    return frame.page(
        "account/pin.html",
        status=status,
        form=form,
        is_set=is_set,
        needs_old=is_set and not actions.may_set_anew(person.user_id, person.session_id),
        has_errors=status != 200,
    )

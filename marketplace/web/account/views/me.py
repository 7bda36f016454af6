"""One's own account: overview, signed-in telephones, password. For anyone signed in."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts import actions, queries
from marketplace.accounts.rules import BadPassword, Entered, Viewer, Wait
from marketplace.kit.errors import NotFound
from marketplace.kit.i18n import _
from marketplace.kit.text import whole
from marketplace.producers import queries as producers
from marketplace.web import frame
from marketplace.web.account.door import device, keep_token, must_wait, token, wait_words
from marketplace.web.account.forms.signing import PasswordForm

bp = Blueprint("me", __name__, url_prefix="/tai-khoan")
frame.signed_in_only(bp)


def _me() -> Viewer:
    person = frame.viewer()
    if person is None:
        raise NotFound
    return person


@bp.get("/")
def overview() -> Response:
    """What this person can do here."""
    person = _me()
    return frame.page("account/overview.html", me=person, stalls=producers.for_user(person.user_id))


@bp.get("/phien")
def sessions() -> Response:
    """The telephones and computers signed in."""
    person = _me()
    return frame.page("account/sessions.html", lines=queries.sessions_of(person))


@bp.post("/phien")
def end_sessions() -> AnyResponse:
    """End one of them, or all but this one; or say that a new one is one's own."""
    person = _me()
    if "tat-ca" in request.form:
        actions.end_all(frame.actor(), person.user_id, but=person.session_id)
        frame.flash(_("Đã đăng xuất các máy khác."))
        return frame.back_to("account.me.sessions")
    session_id = whole(request.form.get("phien") or request.form.get("la-toi", ""))
    if session_id is None:
        raise NotFound
    if "la-toi" in request.form:
        actions.own_session(frame.actor(), session_id, mine=person.session_id)
        frame.flash(_("Đã ghi máy đó là của mình."))
        return frame.back_to("account.me.sessions")
    actions.end_session(frame.actor(), session_id)
    frame.flash(_("Đã đăng xuất máy đó."))
    return frame.back_to("account.me.sessions")


@bp.get("/mat-khau")
def password() -> Response:
    """The form for a new password."""
    return _password_page(PasswordForm())


@bp.post("/mat-khau")
def set_password() -> AnyResponse:
    """Choose it. Every other telephone is signed out."""
    form = PasswordForm.of_request()
    if not form.validate():
        return _password_page(form, status=422)
    try:
        answer = actions.set_password(
            frame.actor(), token=token(), new=form["password"].data, old=form["old"].data or "", device=device()
        )
    except BadPassword as refusal:
        form.refuse(refusal, "password")
        return _password_page(form, status=422)
    if isinstance(answer, Entered):
        response = redirect(url_for("account.me.overview"), 303)
        keep_token(response, answer.token)
        frame.flash(_("Đã lưu mật khẩu. Các máy khác đã đăng xuất."))
        return response
    if isinstance(answer, Wait):
        form["old"].errors = [wait_words(answer)]
        return must_wait(_password_page(form, status=422), answer)
    form["old"].errors = [_("Mật khẩu đang dùng chưa đúng.")]
    return _password_page(form, status=422)


def _password_page(form: PasswordForm | frame.Form, status: int = 200) -> Response:
    person = _me()
    needs_old = person.has_password and not person.freshly_proved
    return frame.page(
        "account/password.html", status=status, form=form, me=person, needs_old=needs_old, has_errors=status != 200
    )

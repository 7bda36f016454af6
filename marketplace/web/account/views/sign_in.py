"""Number and password, or asking for a code; signing out."""

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts import actions
from marketplace.accounts.rules import Entered, Wait
from marketplace.kit.edge import language
from marketplace.kit.i18n import _
from marketplace.web import frame
from marketplace.web.account.door import (
    asked,
    bp,
    can_text,
    device,
    drop_token,
    go_in,
    home_of,
    must_wait,
    remember_asking,
    token,
    wait_words,
    wanted,
)
from marketplace.web.account.forms.signing import AskCodeForm, SignInForm


@bp.get("/dang-nhap")
def sign_in() -> AnyResponse:
    """The form; who is signed in already goes on."""
    if frame.viewer() is not None:
        return redirect(wanted() or home_of(frame.viewer()), 303)
    return _page(SignInForm(phone=asked()[1]))


@bp.post("/dang-nhap")
def enter() -> AnyResponse:
    """Sign in with a password, or, with the other button, have a code sent."""
    if request.form.get("cach") == "ma":
        return _ask_code()
    form = SignInForm.of_request()
    if not form.validate():
        return _page(form, status=422)
    answer = actions.sign_in(
        frame.actor(), phone=form["phone"].data, password=form["password"].data, device=device(), old_token=token()
    )
    if isinstance(answer, Entered):
        return go_in(answer)
    if isinstance(answer, Wait):
        form["password"].errors = [wait_words(answer)]
        return must_wait(_page(form, status=422), answer)
    form["password"].errors = [_("Số điện thoại hoặc mật khẩu chưa đúng. Xin gõ lại, hoặc bấm Nhận mã.")]
    return _page(form, status=422)


def _ask_code() -> AnyResponse:
    form = AskCodeForm.of_request()
    if not form.validate():
        return _page(form, status=422)
    phone = form["phone"].data
    answer = actions.ask_code(
        frame.actor(),
        phone=phone,
        address=device().address,
        by_phone=can_text(),
        browser=asked()[0],
        language=language.spoken(),
    )
    if isinstance(answer, Wait):
        form["phone"].errors = [wait_words(answer)]
        return must_wait(_page(form, status=422), answer)
    response = redirect(url_for("account.code", next=wanted() or None), 303)
    remember_asking(response, answer.browser, phone)
    return response


def _page(form: SignInForm | AskCodeForm | frame.Form, status: int = 200) -> Response:
    return frame.page(
        "account/sign_in.html", status=status, form=form, next=wanted(), has_errors=status != 200, can_text=can_text()
    )


@bp.post("/dang-xuat")
def sign_out() -> AnyResponse:
    """End this browser's session."""
    actions.sign_out(frame.actor(), token())
    response = redirect("/", 303)
    drop_token(response)
    frame.flash(_("Đã đăng xuất."))
    return response

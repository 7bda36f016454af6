"""Typing the six digits: those sent to this browser's owner, or those read aloud at the commune's desk."""

from flask import Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts import actions
from marketplace.accounts.rules import Entered, mask_phone
from marketplace.kit.i18n import _
from marketplace.web import frame
from marketplace.web.account.door import asked, bp, can_text, device, go_in, token, wanted
from marketplace.web.account.forms.signing import CodeForm


@bp.get("/dang-nhap/ma")
def code() -> Response:
    """The form for signing in."""
    return _page(CodeForm(phone=asked()[1]), "account.enter_code")


@bp.post("/dang-nhap/ma")
def enter_code() -> AnyResponse:
    """Sign in with the code."""
    return _enter("account.enter_code")


@bp.get("/dang-ky/ma")
def sign_up_code() -> Response:
    """The form for finishing a sign-up."""
    return _page(CodeForm(phone=asked()[1]), "account.enter_sign_up_code")


@bp.post("/dang-ky/ma")
def enter_sign_up_code() -> AnyResponse:
    """Open the account with the code."""
    return _enter("account.enter_sign_up_code")


def _enter(endpoint: str) -> AnyResponse:
    form = CodeForm.of_request()
    if not form.validate():
        return _page(form, endpoint, status=422)
    answer = actions.enter_with_code(
        frame.actor(),
        phone=form["phone"].data,
        code=form["code"].data,
        browser=asked()[0],
        device=device(),
        old_token=token(),
    )
    if isinstance(answer, Entered):
        frame.flash(
            _("Đã mở tài khoản. Giữ máy này thì 180 ngày không phải nhập mã.") if answer.is_new else _("Đã đăng nhập.")
        )
        return go_in(answer)
    form["code"].errors = [_("Mã chưa đúng, hoặc đã quá 10 phút. Xin gõ lại, hoặc xin mã khác.")]
    return _page(form, endpoint, status=422)


def _page(form: CodeForm | frame.Form, endpoint: str, status: int = 200) -> Response:
    phone = asked()[1]
    return frame.page(
        "account/code.html",
        status=status,
        form=form,
        action=url_for(endpoint, next=wanted() or None),
        next=wanted(),
        masked=mask_phone(phone) if phone else "",
        can_text=can_text(),
        signing_up=endpoint == "account.enter_sign_up_code",
        has_errors=status != 200,
    )

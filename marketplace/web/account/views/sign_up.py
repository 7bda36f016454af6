"""A new account: name, number, consent; confirmed by a code."""

from flask import Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts import actions
from marketplace.accounts.rules import SignUp, Wait
from marketplace.kit.edge import language
from marketplace.law.rules import CONSENT_VERSION
from marketplace.web import frame
from marketplace.web.account.door import (
    asked,
    bp,
    can_text,
    device,
    home_of,
    must_wait,
    remember_asking,
    wait_words,
    wanted,
)
from marketplace.web.account.forms.signing import SignUpForm


@bp.get("/dang-ky")
def sign_up() -> AnyResponse:
    """The form; who is signed in already goes on."""
    if frame.viewer() is not None:
        return redirect(wanted() or home_of(frame.viewer()), 303)
    return _page(SignUpForm())


@bp.post("/dang-ky")
def ask_sign_up() -> AnyResponse:
    """Have a code sent. Where no message can be sent to telephones and no address was given, say who opens accounts."""
    form = SignUpForm.of_request()
    if not form.validate():
        return _page(form, status=422)
    email = (form["email"].data or "").strip()
    if not can_text() and not email:
        return frame.page("account/at_the_commune.html", next=wanted())
    answer = actions.ask_code(
        frame.actor(),
        phone=form["phone"].data,
        address=device().address,
        by_phone=can_text(),
        browser=asked()[0],
        language=language.spoken(),
        new=SignUp(form["name"].data, CONSENT_VERSION, email),
    )
    if isinstance(answer, Wait):
        form["phone"].errors = [wait_words(answer)]
        return must_wait(_page(form, status=422), answer)
    response = redirect(url_for("account.sign_up_code", next=wanted() or None), 303)
    remember_asking(response, answer.browser, form["phone"].data)
    return response


def _page(form: SignUpForm | frame.Form, status: int = 200) -> Response:
    return frame.page(
        "account/sign_up.html", status=status, form=form, next=wanted(), has_errors=status != 200, can_text=can_text()
    )

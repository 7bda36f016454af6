"""The second factor of officials: set it, show it, print the codes for the day the telephone is gone."""

import base64

from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts import actions, queries
from marketplace.accounts.rules import Enrolled, Shown, Viewer, Wait, Wrong, key_address, key_in_groups, show_phone
from marketplace.kit import marking, secret
from marketplace.kit.errors import NotFound
from marketplace.kit.i18n import _
from marketplace.payments import qr
from marketplace.web import frame
from marketplace.web.account import on_paper
from marketplace.web.account.door import device, must_wait, wait_words, wanted
from marketplace.web.account.forms.factor import FactorForm, SetFactorForm

bp = Blueprint("factor", __name__, url_prefix="/tai-khoan/xac-thuc")
MARKET = "Chợ OCOP"
PAGE_LIVES = 1800
"""Seconds that the QR of a page that was left open may still be used."""


@bp.before_request
def guard() -> AnyResponse | None:
    """Officials only: nobody else needs a second factor, nor learns of it."""
    person = frame.viewer()
    if person is None:
        return frame.to_sign_in()
    if not person.is_official:
        abort(404)
    return None


@bp.context_processor
def whether_samples() -> dict[str, bool]:
    """In a market of samples the pages show the code, so that anybody can try the desk."""
    return {"is_sample": marking.mode() == "demo"}


def _me() -> Viewer:
    person = frame.viewer()
    if person is None:
        raise NotFound
    return person


def _onward() -> str:
    return wanted() or "/dieu-phoi/"


@bp.get("/")
def ask() -> AnyResponse:
    """Ask for a code; who has none sets the factor first, who has shown one sees what is set."""
    person = _me()
    line = queries.factor_of(person.user_id)
    if line is None:
        return redirect(url_for("account.factor.enrol", next=wanted() or None), 303)
    if person.factor_shown:
        return frame.page("account/factor_overview.html", line=line)
    return _ask_page(FactorForm())


@bp.post("/")
def show() -> AnyResponse:
    """Show the code; the desk is open to this session from now on."""
    form = FactorForm.of_request()
    answer = actions.show_factor(frame.actor(), session_id=_me().session_id, code=form.typed, device=device())
    if not isinstance(answer, Shown):
        return _ask_again(form, answer)
    if answer.by_paper:
        frame.flash(_("Đã vào bằng mã dự phòng. Còn %(n)s mã. Mã vừa dùng không dùng lại được.", n=answer.codes_left))
    return redirect(_onward(), 303)


def _ask_again(form: FactorForm, answer: Wrong | Wait) -> Response:
    if isinstance(answer, Wait):
        form[form.wrong_box].errors = [wait_words(answer)]
        return must_wait(_ask_page(form, status=422), answer)
    form[form.wrong_box].errors = [
        _("Mã dự phòng chưa đúng hoặc đã dùng.")
        if form.wrong_box == "recovery"
        else _("Mã chưa đúng hoặc đã dùng. Đợi mã mới hiện ra rồi gõ lại; đồng hồ của điện thoại phải để tự động.")
    ]
    return _ask_page(form, status=422)


def _ask_page(form: FactorForm, status: int = 200) -> Response:
    sample = actions.code_of_a_sample(_me().user_id)
    if status == 200:
        form["code"].data = sample
    return frame.page(
        "account/factor.html",
        status=status,
        form=form,
        next=wanted(),
        sample=sample,
        has_errors=status != 200,
    )


@bp.get("/dat")
def enrol() -> AnyResponse:
    """The key as a QR and as text. It is not stored before a code has shown that the telephone has it."""
    return _turned_away() or _enrol_page(SetFactorForm(), actions.new_key())


@bp.post("/dat")
def set_factor() -> AnyResponse:
    """Store it, and show the codes for paper."""
    form = SetFactorForm.of_request()
    key = _unsealed(form["key"].data or "")
    if turned_away := _turned_away():
        return turned_away
    if key is None:
        return frame.back_to("account.factor.enrol", next=wanted() or None)
    code, old = (form["code"].data or "")[:40], (form["old"].data or "")[:40]
    answer = actions.set_factor(
        frame.actor(), session_id=_me().session_id, key=key, code=code, old=old, device=device()
    )
    if isinstance(answer, Enrolled):
        return on_paper.carry(answer.recovery, frame.back_to("account.factor.on_paper_page", next=wanted() or None))
    if isinstance(answer, Wait):
        form["code"].errors = [wait_words(answer)]
        return must_wait(_enrol_page(form, key, status=422), answer)
    form["code"].errors = [_("Chưa đúng. Gõ 6 số đang hiện trong ứng dụng; đồng hồ của điện thoại phải để tự động.")]
    return _enrol_page(form, key, status=422)


def _use() -> str:
    return f"new-key-{_me().session_id}"


def _unsealed(text: str) -> bytes | None:
    found = secret.unseal_for(_use(), text, PAGE_LIVES)
    return base64.b64decode(found) if found else None


def _turned_away() -> AnyResponse | None:
    """Set straight after signing in, or with the old factor: a session found open on an old machine sets nothing."""
    person = _me()
    if person.factor_shown:
        return None
    if queries.factor_of(person.user_id) is not None:
        return redirect(url_for("account.factor.ask", next=wanted() or None), 303)
    return None if person.freshly_proved else frame.page("account/factor_stale.html")


def _enrol_page(form: SetFactorForm, key: bytes, status: int = 200) -> Response:
    person = _me()
    is_set = queries.factor_of(person.user_id) is not None
    form["key"].data = secret.seal_for(_use(), base64.b64encode(key).decode())
    sample = actions.code_of_a_sample(person.user_id, key)
    if status == 200:
        form["code"].data = sample
    address = key_address(key, market=MARKET, person=show_phone(person.phone).replace(" ", ""))
    return frame.page(
        "account/factor_set.html",
        status=status,
        form=form,
        is_set=is_set,
        next=wanted(),
        picture=qr.data_address(address),
        address=address,
        key_words=key_in_groups(key),
        sample=sample,
        has_errors=status != 200,
    )


@bp.get("/du-phong")
def on_paper_page() -> Response:
    """The codes that were just made; later only the way to new ones."""
    return _paper_page(FactorForm())


@bp.post("/du-phong")
def new_paper() -> AnyResponse:
    """They are put away, or new ones are wanted for a code."""
    if request.form.get("viec") == "xong":
        return on_paper.put_away(redirect(_onward(), 303))
    form = FactorForm.of_request()
    answer = actions.renew_recovery(frame.actor(), session_id=_me().session_id, code=form.typed, device=device())
    if isinstance(answer, Enrolled):
        return on_paper.carry(answer.recovery, frame.back_to("account.factor.on_paper_page"))
    if isinstance(answer, Wait):
        form["code"].errors = [wait_words(answer)]
        return must_wait(_paper_page(form, status=422), answer)
    form["code"].errors = [_("Mã chưa đúng hoặc đã dùng. Đợi mã mới hiện ra rồi gõ lại.")]
    return _paper_page(form, status=422)


def _paper_page(form: FactorForm, status: int = 200) -> Response:
    person = _me()
    sample = actions.code_of_a_sample(person.user_id)
    if status == 200:
        form["code"].data = sample
    return frame.page(
        "account/factor_codes.html",
        status=status,
        form=form,
        codes=on_paper.carried(),
        me=person,
        next=wanted(),
        sample=sample,
        has_errors=status != 200,
    )

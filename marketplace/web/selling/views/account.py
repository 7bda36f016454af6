"""Where her money goes: the account, asking for another one, and stopping what she did not ask for."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.kit.errors import BadInput, NotFound
from marketplace.kit.i18n import Text, _
from marketplace.producers import actions, queries
from marketplace.producers.queries import changes, sharing
from marketplace.producers.rules import (
    CHANGE_LABELS,
    ChangeEnded,
    ChangeIsOpen,
    FrozenMeanwhile,
    NothingToChange,
    ProducerKind,
    TooSoonAfterReset,
    tail,
)
from marketplace.web import frame
from marketplace.web.selling import pin
from marketplace.web.selling.door import acting, bp, producer_id
from marketplace.web.selling.forms.account import NewAccountForm


@bp.get("/ban-hang/gian-hang/tai-khoan")
def stall_account() -> Response:
    """The account as it is, and what became of every change."""
    one = acting()
    payee = queries.receiver(one.id) or queries.payee_of(one.id)
    return frame.page(
        "selling/stall/account.html",
        payee=payee,
        joined=sharing.membership(one.id),
        coop=sharing.coop_of(one.id),
        invitations=sharing.invitations(one.id),
        is_coop=one.kind is ProducerKind.COOPERATIVE,
        bank=queries.bank(payee.bank_bin) if payee else None,
        stall=one,
        earlier=changes.changes_of(one.id, 5),
        reportable=changes.reportable(one.id),
        state_word=CHANGE_LABELS,
        tail=tail,
    )


@bp.get("/ban-hang/gian-hang/tai-khoan/doi")
@pin.asked
def change_account() -> Response:
    """The form for another account; what happens then stands above it."""
    return _form(NewAccountForm())


@bp.post("/ban-hang/gian-hang/tai-khoan/doi")
@pin.asked
def ask_account() -> AnyResponse:
    """Ask for it. Nothing changes yet."""
    form = NewAccountForm.of_request()
    if not form.validate():
        return _form(form, status=422)
    try:
        actions.ask_change(frame.actor(), producer_id(), form.draft(acting().kind))
    except BadInput as refusal:
        form.refuse(refusal, "account_no")
        return _form(form, status=422)
    except (ChangeIsOpen, FrozenMeanwhile, NothingToChange, TooSoonAfterReset) as refusal:
        return _form(form, status=409, refused=refusal.message)
    frame.flash(_("Đã gửi. Cán bộ sẽ gọi số điện thoại đã biết để hỏi lại."))
    return frame.back_to("selling.stall_account")


def _form(form: NewAccountForm | frame.Form, status: int = 200, refused: Text = "") -> Response:
    return frame.page(
        "selling/stall/change_account.html",
        status=status,
        has_errors=status == 422,
        form=form,
        refused=refused,
        stall=acting(),
    )


@bp.post("/ban-hang/gian-hang/tai-khoan/dung")
def stop_account() -> AnyResponse:
    """One tap: the change under way is stopped, whoever began it; one that took effect lately freezes the account."""
    one = changes.by_key_of(producer_id(), request.form.get("lan", ""))
    if one is None:
        raise NotFound
    try:
        actions.stop_change(frame.actor(), one.id)
    except ChangeEnded as refusal:
        frame.flash(str(refusal.message), kind="wait")
        return frame.back_to("selling.stall_account")
    frame.flash(_("Đã dừng và khóa tài khoản của gian hàng. Cán bộ sẽ gọi để hỏi."))
    return frame.back_to("selling.stall_account")

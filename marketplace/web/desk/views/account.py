"""Changing the account that receives a producer's money: starting it for her, and deciding after a call back."""

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from marketplace.kit.errors import AlreadyDecided, BadInput
from marketplace.kit.i18n import Text, _
from marketplace.places import queries as places
from marketplace.producers import actions, queries
from marketplace.producers.models import PayeeChange, Producer
from marketplace.producers.queries import changes, sharing
from marketplace.producers.rules import (
    CHANGE_LABELS,
    CHANGE_MOVES,
    ChangeEnded,
    ChangeIsOpen,
    NothingToChange,
    TooSoonAfterReset,
    may_decide,
)
from marketplace.web import frame
from marketplace.web.desk.door import bp
from marketplace.web.desk.forms.account import CallForm, StartForm


@bp.get("/co-so/<key>/tai-khoan")
def start_account(key: str) -> Response:
    """The form for an official whom the producer asked in person."""
    return _start_page(queries.on_desk(frame.actor(), key), StartForm())


@bp.post("/co-so/<key>/tai-khoan")
def ask_account(key: str) -> AnyResponse:
    """Begin the change; somebody else has to call her."""
    one = queries.on_desk(frame.actor(), key)
    form = StartForm.of_request()
    try:
        actions.ask_change(frame.actor(), one.id, form.draft())
    except BadInput as refusal:
        form.refuse(refusal, "account_no")
        return _start_page(queries.on_desk(frame.actor(), key), form, status=422)
    except (ChangeIsOpen, NothingToChange, TooSoonAfterReset) as refusal:
        return _start_page(queries.on_desk(frame.actor(), key), form, status=409, refused=refusal.message)
    frame.flash(_("Đã ghi. Một cán bộ khác sẽ gọi cơ sở rồi duyệt."))
    return frame.back_to("desk.producer", key=key)


def _start_page(one: Producer, form: StartForm | frame.Form, status: int = 200, refused: Text = "") -> Response:
    payee = queries.receiver(one.id) or queries.payee_of(one.id)
    return frame.page(
        "desk/account/start.html",
        status=status,
        has_errors=status == 422,
        form=form,
        refused=refused,
        producer=one,
        payee=payee,
        bank=queries.bank(payee.bank_bin) if payee else None,
    )


@bp.get("/tai-khoan/<key>")
def account(key: str) -> Response:
    """Old and new account, the numbers to call, and what has to be heard."""
    return _page(key, CallForm())


@bp.post("/tai-khoan/<key>")
def decide_account(key: str) -> AnyResponse:
    """Approve after the call, refuse, or stop."""
    one, _producer = changes.change_on_desk(frame.actor(), key)
    form = CallForm.of_request()
    if not form.validate():
        return _page(key, form, status=422)
    try:
        said = _decide(one.id, form)
    except BadInput as refusal:
        form.refuse(refusal, "heard")
        return _page(key, form, status=422)
    except (AlreadyDecided, ChangeEnded) as refusal:
        frame.flash(str(refusal.message), kind="wait")
        return frame.back_to("desk.account", key=key)
    frame.flash(said)
    return frame.back_to("desk.account", key=key)


def _decide(change_id: int, form: CallForm) -> str:
    actor, reason = frame.actor(), str(form.reason.data or "")
    if form.verb.data == "refuse":
        actions.refuse_change(actor, change_id, reason=reason)
        return _("Đã ghi là không duyệt. Cơ sở được báo lý do.")
    if form.verb.data == "stop":
        actions.stop_change(actor, change_id, reason=reason)
        return _("Đã dừng. Tiền vẫn về tài khoản cũ.")
    actions.approve_change(
        actor,
        change_id,
        called=str(form.called.data or ""),
        heard=form.heard.data or [],
        mismatch_reason=str(form.mismatch_reason.data or ""),
    )
    return _("Đã duyệt. Đủ 48 giờ thì tài khoản mới có hiệu lực.")


def _page(key: str, form: CallForm | frame.Form, status: int = 200) -> Response:
    one, maker = changes.change_on_desk(frame.actor(), key)
    numbers = changes.known_numbers(maker)
    if isinstance(form, CallForm):
        form.offer(numbers, joins=one.payee_id is not None)
    return frame.page(
        "desk/account/call.html",
        status=status,
        has_errors=status != 200,
        form=form,
        change=one,
        coop=sharing.coop_with(one.payee_id),
        maker=maker,
        numbers=numbers,
        place=places.label(maker.place),
        state_word=CHANGE_LABELS[one.state],
        buttons=_buttons(one),
        banks={bin_: _bank(bin_) for bin_ in (one.bank_bin, one.old_bank_bin)},
        asked_by=queries.name_of_user(one.asked_by),
        approved_by=queries.name_of_user(one.approved_by),
    )


def _buttons(one: PayeeChange) -> dict[str, Text]:
    """What this official may press; who began it may only stop it."""
    actor = frame.actor()
    offered = dict(CHANGE_MOVES.buttons(one.state, actor))
    if not may_decide(actor, one.asked_by, changes.not_to_decide(one)):
        return {verb: label for verb, label in offered.items() if verb == "stop"}
    return offered


def _bank(bin_: str) -> str:
    found = queries.bank(bin_)
    return found.short if found else bin_

"""Deciding on an application, and pausing or opening a stall."""

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts import queries as accounts
from marketplace.accounts.rules import show_phone
from marketplace.kit.errors import AlreadyDecided, BadInput
from marketplace.kit.i18n import _
from marketplace.places import queries as places
from marketplace.producers import actions, queries
from marketplace.producers.models import Payee, Producer
from marketplace.producers.queries.changes import open_change
from marketplace.producers.rules import (
    KIND_LABELS,
    PAYEE_LABELS,
    PRODUCER_MOVES,
    REASONS,
    STATE_LABELS,
    ApplicationFacts,
    ProducerState,
    blocking,
    checklist,
)
from marketplace.web import frame
from marketplace.web.desk.door import bp
from marketplace.web.desk.forms.decision import DecisionForm
from marketplace.web.desk.views.decided import already


@bp.get("/co-so/<key>")
def producer(key: str) -> Response:
    """What was sent, what the market checked, and the decision to make."""
    form = DecisionForm.of_request()
    form.offer(REASONS)
    return _page(queries.on_desk(frame.actor(), key), form)


@bp.post("/co-so/<key>")
def decide_producer(key: str) -> AnyResponse:
    """Approve, send back, pause or open again."""
    one = queries.on_desk(frame.actor(), key)
    producer_id, name = one.id, one.name
    form = DecisionForm.of_request()
    form.offer(REASONS)
    if not form.validate():
        return _page(one, form, status=422)
    try:
        said = _decide(producer_id, form)
    except AlreadyDecided:
        return already("producer", producer_id, name, "co-so")
    except BadInput as refusal:
        form.refuse(refusal, form.spoken_in)
        return _page(queries.on_desk(frame.actor(), key), form, status=422)
    frame.flash(said)
    return frame.back_to("desk.queue", muc="co-so")


def _decide(producer_id: int, form: DecisionForm) -> str:
    actor = frame.actor()
    if form.verb.data == "approve":
        reason = str(form.mismatch_reason.data or "")
        actions.approve(actor, producer_id, note=form.words, mismatch_reason=reason)
        return _("Đã duyệt. Gian hàng đã mở cho người mua.")
    if form.verb.data == "pause":
        actions.pause(actor, producer_id, reason=form.why_paused)
        return _("Đã tạm dừng gian hàng và mọi sản phẩm của cơ sở.")
    if form.verb.data == "resume":
        actions.resume(actor, producer_id, reason=form.why_paused)
        return _("Đã mở lại gian hàng.")
    actions.send_back(actor, producer_id, reason=form.public_reason, points=form.chosen, message=form.words)
    return _("Đã trả lại, người bán sẽ được báo cần sửa gì.")


def _facts(one: Producer, payee: Payee | None) -> ApplicationFacts:
    bank = queries.bank(payee.bank_bin) if payee else None
    return ApplicationFacts(
        has_commune=one.commune_code is not None,
        has_photo=bool(one.photo_original_key or one.photo_key),
        photo_reason=one.photo_reason,
        has_story=bool(one.story),
        registration_no=one.registration_no,
        has_payee=payee is not None,
        holder_matches=payee is not None and payee.holder_matches,
        bank_by_qr=bank is not None and bank.by_qr,
    )


def _page(one: Producer, form: DecisionForm, status: int = 200) -> Response:
    payee = queries.payee_of(one.id)
    checks = checklist(_facts(one, payee))
    return frame.page(
        "desk/producer.html",
        status=status,
        producer=one,
        waits=one.state is ProducerState.APPLIED,
        state_word=STATE_LABELS[one.state],
        kind=KIND_LABELS[one.kind],
        phone=show_phone(one.phone),
        payee_kind=PAYEE_LABELS[payee.kind] if payee else "",
        applicant=queries.name_of_user(one.applied_by),
        payee=payee,
        change=open_change(one.id),
        bank=queries.bank(payee.bank_bin) if payee else None,
        line=places.full_line(one.place, one.village, one.old_place),
        checks=checks,
        lacking=blocking(checks),
        buttons=dict(PRODUCER_MOVES.buttons(one.state, frame.actor())),
        earlier=queries.decisions_about(one.id),
        office=accounts.office_of(frame.actor().user_id, one.place),
        form=form,
    )

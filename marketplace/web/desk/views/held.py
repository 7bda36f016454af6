"""A market that came back from a backup: what its operator has to look at before it goes on, and what was lost meanwhile."""

from collections import Counter

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.kit import holding, outbox
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import _
from marketplace.payments import actions
from marketplace.payments.queries.cards import doubts
from marketplace.payments.queries.disputes import orders_of
from marketplace.payments.rules.card import DOUBTS
from marketplace.web import frame
from marketplace.web.desk.door import bp
from marketplace.web.desk.forms.held import TransferForm
from marketplace.web.desk.views.people import admin_only
from marketplace.web.desk.views.stuck import in_words


@bp.get("/tam-giu")
def held() -> Response:
    """When the copy was taken, what is known of the time since, and what waits to go out."""
    admin_only()
    return _page(TransferForm())


def _page(form: TransferForm, status: int = 200) -> Response:
    now, rows = holding.current(), doubts()
    waiting: Counter[str] = Counter()
    for topic, number in outbox.waiting_by_topic():
        waiting[in_words(topic)] += number
    return frame.page(
        "desk/held.html",
        status=status,
        tab="held",
        held=now,
        latest=holding.latest(),
        unanswered=[name for name in actions.REVIEWS if now is not None and name not in now.found],
        findings=holding.open_findings(),
        doubts=rows,
        named=orders_of({row.request_id for row in rows if row.request_id}),
        why=DOUBTS,
        waiting=list(waiting.items()),
        form=form,
        has_errors=status != 200,
    )


@bp.post("/tam-giu")
def release_held() -> AnyResponse:
    """Go on; the action asks who."""
    went_on = holding.release(frame.actor())
    frame.flash(_("Chợ chạy tiếp. Các tin đang chờ được gửi đi.") if went_on else _("Chợ không bị tạm giữ."))
    return frame.back_to("desk.held")


@bp.post("/tam-giu/<int:finding_id>")
def handle_finding(finding_id: int) -> AnyResponse:
    """ "Đã xử lý": somebody has brought one thing in order, and says how; the action asks who."""
    try:
        holding.handle(frame.actor(), finding_id, note=request.form.get("note", ""))
    except BadInput as refusal:
        frame.flash(str(refusal.message), kind="bad")
    else:
        frame.flash(_("Đã ghi là xử lý xong."))
    return frame.back_to("desk.held")


@bp.post("/tam-giu/chuyen-khoan")
def report_transfer() -> AnyResponse:
    """A transfer on the statement, for an order that is not here any more."""
    admin_only()
    form = TransferForm.of_request()
    if not form.validate():
        return _page(form, 422)
    try:
        values = {"memo": form.memo.data or "", "sender": form.sender.data or "", "key": form.key.data or ""}
        actions.report_transfer(frame.actor(), amount=form.amount.dong, **values)
    except BadInput as refusal:
        form.refuse(refusal, "memo")
        return _page(form, 422)
    frame.flash(_("Đã ghi. Khoản này ở lại đây tới khi có người xử lý xong."))
    return frame.back_to("desk.held")

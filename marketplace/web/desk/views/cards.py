"""Cards, for an admin: on which terms they are taken, and payments that nobody asked for like this."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import _
from marketplace.payments import actions, stripe_gateway
from marketplace.payments.queries import cards as queries
from marketplace.payments.queries.disputes import for_desk, orders_of
from marketplace.payments.rules.card import DOUBTS, PAYOUT_DAYS
from marketplace.web import frame
from marketplace.web.desk.door import bp
from marketplace.web.desk.forms.cards import CardTermsForm
from marketplace.web.desk.views.people import admin_only


@bp.get("/the")
def card_terms() -> Response:
    """The terms that hold; with nothing stored, three days."""
    admin_only()
    found = queries.terms()
    if found is None:
        return _page(CardTermsForm.of_request(days=str(PAYOUT_DAYS), offered=True))
    values = {"bank": found.bank_bin, "account_no": found.account_no, "holder": found.holder, "days": str(found.days)}
    return _page(CardTermsForm.of_request(**values, offered=found.offered))


@bp.post("/the")
def set_card_terms() -> AnyResponse:
    """Publish terms for orders from now on."""
    admin_only()
    form = CardTermsForm.of_request()
    try:
        actions.set_card_terms(frame.actor(), form.terms())
    except BadInput as refusal:
        form.refuse(refusal, "bank")
        return _page(form, status=422)
    frame.flash(_("Đã lưu. Đơn đặt từ bây giờ dùng cách này."))
    return frame.back_to("desk.card_terms")


@bp.post("/the/<int:doubt_id>")
def settle_doubt(doubt_id: int) -> AnyResponse:
    """A person has looked at a payment, and says what was done about it."""
    admin_only()
    try:
        actions.settle_doubt(frame.actor(), doubt_id, note=request.form.get("note", ""))
    except BadInput as refusal:
        frame.flash(str(refusal.message), kind="bad")
    else:
        frame.flash(_("Đã ghi là xem xong."))
    return frame.back_to("desk.held" if request.args.get("ve") == "tam-giu" else "desk.card_terms")


def _page(form: frame.Form, status: int = 200) -> Response:
    found, doubts = stripe_gateway.keys(), queries.doubts()
    return frame.page(
        "desk/cards.html",
        status=status,
        tab="area",
        form=form,
        has_errors=status != 200,
        has_keys=found is not None,
        practice=found is not None and found.key == stripe_gateway.PRACTICE_KEY,
        doubts=doubts,
        named=orders_of({row.request_id for row in doubts if row.request_id}),
        disputes=for_desk(),
        why=DOUBTS,
    )

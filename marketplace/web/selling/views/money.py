"""Her money: what came, what is expected, what must go back."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts import actions as accounts
from marketplace.kit.errors import NotFound
from marketplace.kit.i18n import _
from marketplace.kit.text import whole
from marketplace.orders.rules import STATE_LABELS, show_code
from marketplace.payments import actions, queries
from marketplace.payments.queries.disputes import held_of
from marketplace.payments.queries.payouts import history
from marketplace.payments.queries.returning import orders_owing
from marketplace.payments.rules import show_reference
from marketplace.producers import queries as producers
from marketplace.producers.queries import sharing
from marketplace.producers.rules import ProducerKind
from marketplace.web import frame
from marketplace.web.selling import pin
from marketplace.web.selling.door import acting, bp, producer_id


@bp.get("/ban-hang/tien")
def money() -> Response:
    """By order, the newest first; what must go back stands on top."""
    payee = producers.receiver(producer_id()) or producers.payee_of(producer_id())
    bank = producers.bank(payee.bank_bin) if payee else None
    hers = queries.money_for(producer_id())
    return frame.page(
        "selling/money/money.html",
        money=hers,
        owing=orders_owing(producer_id()),
        at_bank=held_of(producer_id()),
        payouts=history(producer_id(), 10) if hers.purse.paid else [],
        state_word=STATE_LABELS,
        show_code=show_code,
        show_reference=show_reference,
        payee=payee,
        coop=sharing.coop_of(producer_id()) if payee and payee.producer_id != producer_id() else None,
        is_coop=acting().kind is ProducerKind.COOPERATIVE,
        bank=bank.short if bank else "",
        has_pin=accounts.has_pin(frame.actor().user_id or 0),
    )


@bp.post("/ban-hang/tien")
@pin.asked
def money_went_back() -> AnyResponse:
    """ "Đã hoàn tiền", or "Tiền này chưa về"; for a refund of another stall there is no such page."""
    refund_id = whole(request.form.get("khoan", ""))
    if refund_id is None:
        raise NotFound
    if request.form.get("verb") == "disputed":
        actions.refund_disputed(frame.actor(), refund_id)
        frame.flash(_("Đã ghi là tiền này chưa về. Cán bộ sẽ cùng hai bên làm rõ."), kind="info")
    else:
        actions.refund_sent(frame.actor(), refund_id)
        frame.flash(_("Đã báo người mua là tiền đã hoàn."))
    code, reference = request.form.get("don", ""), request.form.get("ma", "")
    if reference:
        return frame.back_to("selling.transfer", reference=reference)
    return frame.back_to("selling.order", code=code) if code else frame.back_to("selling.money")

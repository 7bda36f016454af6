"""Paying producers their card money, for an admin: who is due, the VietQR to her account, and that it was done."""

import secrets

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.kit.errors import NotFound, Refused
from marketplace.kit.i18n import _
from marketplace.kit.money import Dong, show_dong
from marketplace.kit.text import whole
from marketplace.payments import actions
from marketplace.payments.queries import payouts as queries
from marketplace.payments.queries.payouts import PayTo
from marketplace.payments.rules.payout import TooMuchToPayOut
from marketplace.web import frame
from marketplace.web.desk.door import bp
from marketplace.web.desk.views.people import admin_only
from marketplace.web.frame.transfers import transfer_picture


@bp.get("/chi-tra")
def payouts() -> Response:
    """Producers by what is due to them, and refunds that a bank did not take."""
    admin_only()
    rows = queries.to_pay()
    return frame.page(
        "desk/payouts/list.html",
        tab="area",
        due=[(maker, one) for maker, one in rows if one.payable > 0],
        others=[(maker, one) for maker, one in rows if one.payable <= 0],
        failed=queries.failed_refunds(),
    )


@bp.get("/chi-tra/<key>")
def payout(key: str) -> Response:
    """One producer: the sum, the picture to scan, and what was passed on before."""
    admin_only()
    return _page(_found(key))


@bp.post("/chi-tra/<key>")
def paid_out(key: str) -> AnyResponse:
    """ "Đã chuyển": exactly what the page showed; the page's own key makes a second press the same."""
    admin_only()
    one, amount = _found(key), whole(request.form.get("amount", ""))
    if amount is None:
        raise NotFound
    try:
        actions.pay_out(frame.actor(), one.producer.id, amount=Dong(amount), key=request.form.get("key", ""))
    except TooMuchToPayOut as refusal:
        return _page(_found(key), 409, refusal)
    frame.flash(_("Đã ghi: chuyển %(sum)s cho %(stall)s.", sum=show_dong(Dong(amount)), stall=one.producer.name))
    return frame.back_to("desk.payouts")


@bp.post("/chi-tra/<key>/bo")
def payout_taken_back(key: str) -> AnyResponse:
    """ "Ghi nhầm": this transfer was not made."""
    admin_only()
    one, wanted = _found(key), request.form.get("khoan", "")
    mine = {str(line.payout_id): line.payout_id for line in queries.history(one.producer.id)}
    if wanted not in mine:
        raise NotFound
    actions.take_back_payout(frame.actor(), mine[wanted])
    frame.flash(_("Đã bỏ khoản ghi nhầm. Số phải chuyển đã tính lại."))
    return frame.back_to("desk.payout", key=key)


@bp.post("/chi-tra/hoan-lai")
def refund_again() -> AnyResponse:
    """ "Hoàn lại lần nữa", after a bank did not take it."""
    admin_only()
    wanted = request.form.get("khoan", "")
    known = {str(row.refund_id): row.refund_id for row in queries.failed_refunds()}
    if wanted in known:
        actions.retry_card_refund(frame.actor(), known[wanted])
    frame.flash(_("Đang hoàn lại lần nữa."))
    return frame.back_to("desk.payouts")


@bp.get("/chi-tra/<key>/ma.<kind>")
def payout_qr(key: str, kind: str) -> Response:
    """The picture a bank's app reads."""
    admin_only()
    return transfer_picture(_found(key).payload, kind)


def _found(key: str) -> PayTo:
    found = queries.pay_to(key)
    if found is None:
        raise NotFound
    return found


def _page(one: PayTo, status: int = 200, refusal: Refused | None = None) -> Response:
    return frame.page(
        "desk/payouts/one.html",
        status=status,
        tab="area",
        one=one,
        lines=queries.history(one.producer.id),
        form_key=secrets.token_hex(16),
        refusal=refusal,
    )

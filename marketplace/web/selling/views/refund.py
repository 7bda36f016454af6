"""Giving a part of the money back, line by line."""

import secrets

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.kit.errors import BadInput, NotFound, Refused
from marketplace.kit.i18n import _
from marketplace.kit.text import whole
from marketplace.orders.rules import read_code
from marketplace.payments import actions, queries
from marketplace.payments.queries import SellingOrder
from marketplace.payments.queries.lines import refundable
from marketplace.payments.queries.refund_accounts import back_transfer
from marketplace.payments.rules.dispute import PaymentDisputed
from marketplace.payments.rules.refund import BadUnits, TooMuchToRefund
from marketplace.web import frame
from marketplace.web.frame.transfers import transfer_picture
from marketplace.web.selling import pin
from marketplace.web.selling.door import bp, producer_id

KEY_LENGTH = 32


@bp.get("/ban-hang/don/<code>/hoan")
@pin.asked
def refund_part(code: str) -> Response:
    """Which things, the fee too, and why?"""
    return _page(_order(code))


@bp.post("/ban-hang/don/<code>/hoan")
@pin.asked
def refunded_part(code: str) -> AnyResponse:
    """The buyer is told; money that came by card goes back by itself."""
    one, key = _order(code), request.form.get("key", "")
    if not (key.isascii() and key.isalnum() and len(key) == KEY_LENGTH):
        raise NotFound
    try:
        actions.refund_lines(
            frame.actor(),
            one.order.order_id,
            _units(),
            fee=bool(request.form.get("fee")),
            reason=request.form.get("reason", ""),
            goods_back=request.form.get("goods") == "back",
            key=key,
        )
    except BadInput as refusal:
        return _page(_order(code), 422, refusal)
    except (PaymentDisputed, TooMuchToRefund) as refusal:
        return _page(_order(code), 409, refusal)
    frame.flash(_("Đã ghi khoản hoàn và báo người mua."))
    return frame.back_to("selling.order", code=one.order.code)


@bp.get("/ban-hang/don/<code>/hoan/<int:refund_id>.<kind>")
def refund_qr(code: str, refund_id: int, kind: str) -> Response:
    """The transfer back as a picture that her bank's app reads."""
    found = back_transfer(producer_id(), read_code(code) or "", refund_id)
    return transfer_picture(found.payload if found else "", kind)


def _units() -> dict[int, int]:
    """Units by line. Refuses: something that is no number (BadUnits)."""
    found: dict[int, int] = {}
    for name, value in request.form.items():
        line = whole(name.removeprefix("so-")) if name.startswith("so-") else None
        if line is not None:
            units = whole(value.strip() or "0")
            if units is None:
                raise BadUnits(field="units")
            found[line] = units
    return found


def _order(code: str) -> SellingOrder:
    found = queries.selling_order(producer_id(), read_code(code) or "")
    if found is None:
        raise NotFound
    return found


def _page(one: SellingOrder, status: int = 200, refusal: Refused | None = None) -> Response:
    key = request.form.get("key", "") if status != 200 else secrets.token_hex(KEY_LENGTH // 2)
    return frame.page(
        "selling/orders/refund.html",
        status=status,
        one=one,
        order=one.order,
        left=refundable(one.order.order_id),
        typed=request.form,
        form_key=key,
        refusal=refusal,
        has_errors=status == 422,
    )

"""Orders that wait for a silent producer, and money that waits to go back."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts.rules import show_phone
from marketplace.kit import clock
from marketplace.kit.actor import Place
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import Text, _
from marketplace.kit.money import BadMoney, Dong, parse_dong
from marketplace.orders import queries as orders
from marketplace.orders.queries import Waiting
from marketplace.orders.rules import TELL, UNREAD
from marketplace.payments import actions
from marketplace.payments import queries as payments
from marketplace.payments.queries.old_money import old_doubts
from marketplace.payments.rules.old_money import OUTCOMES
from marketplace.places import queries as places
from marketplace.web import frame
from marketplace.web.desk.door import bp


@bp.get("/don-cham")
def slow() -> Response:
    """New orders nobody opened for two hours, and orders whose producer was silent for 36, each with a call button."""
    actor, now = frame.actor(), clock.now()
    silent = orders.silent_since_before(now - TELL, actor)
    known = {order.order_id for order in silent}
    unread = [order for order in orders.unread_older_than(now - UNREAD, actor) if order.order_id not in known]
    parts = (
        (
            _("Không trả lời quá 36 giờ"),
            _("Không có đơn nào chờ trả lời quá 36 giờ."),
            [Line(order) for order in silent],
        ),
        (
            _("Đơn mới chưa mở quá 2 giờ"),
            _("Không có đơn mới nào chưa mở quá 2 giờ."),
            [Line(order) for order in unread],
        ),
    )
    return frame.page("desk/slow.html", tab="slow", parts=parts)


def in_one_line(phone: str) -> str:
    """The number as people write it, never broken over two lines."""
    return show_phone(phone).replace(" ", "\u00a0")


class Line:
    """One waiting order with its place and its producer's number in words."""

    def __init__(self, order: Waiting) -> None:
        self.order = order
        self.place = places.label(Place(order.province_code, order.commune_code))
        self.phone = in_one_line(order.producer_phone)


@bp.get("/hoan-tien")
def refunds() -> Response:
    """Money that must go back and of which one side, or both, have not said so, with both telephone numbers."""
    return _refunds()


@bp.post("/hoan-tien/ma-cu/<int:doubt_id>")
def settle_old_money(doubt_id: int) -> AnyResponse:
    """What becomes of money that came with a closed reference."""
    form = request.form
    try:
        amount = _sum(form.get("amount", ""))
        actions.settle_old_money(
            frame.actor(), doubt_id, form.get("outcome", ""), amount=amount, note=form.get("note", "")
        )
    except BadInput as refusal:
        return _refunds(422, wrong=doubt_id, refused=refusal.message)
    frame.flash(_("Đã ghi quyết định và báo hai bên."))
    return frame.back_to("desk.refunds")


def _sum(text: str) -> Dong | None:
    try:
        return parse_dong(text)
    except BadMoney:
        return None


def _refunds(status: int = 200, wrong: int = 0, refused: Text = "") -> Response:
    open_ones = payments.refunds_for_area(frame.actor())
    rows = [(each, in_one_line(each.producer_phone), in_one_line(each.buyer_phone)) for each in open_ones]
    old = [(each, in_one_line(each.payee.phone), in_one_line(each.buyer_phone)) for each in old_doubts(frame.actor())]
    return frame.page(
        "desk/refunds.html",
        status=status,
        tab="refund",
        rows=rows,
        old=old,
        outcomes=OUTCOMES,
        wrong=wrong,
        refused=refused,
        typed=request.form,
        has_errors=status == 422,
    )

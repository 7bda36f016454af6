"""Orders that wait for a silent producer, and money that waits to go back."""

from flask import Response

from marketplace.accounts.rules import show_phone
from marketplace.kit import clock
from marketplace.kit.actor import Place
from marketplace.kit.i18n import _
from marketplace.orders import queries as orders
from marketplace.orders.queries import Waiting
from marketplace.orders.rules import TELL, UNREAD
from marketplace.payments import queries as payments
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
    open_ones = payments.refunds_for_area(frame.actor())
    rows = [(each, in_one_line(each.producer_phone), in_one_line(each.buyer_phone)) for each in open_ones]
    return frame.page("desk/refunds.html", tab="refund", rows=rows)

"""What a buyer does to an order from its page. Each press twice is once."""

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.kit.actor import Actor
from marketplace.kit.errors import AlreadyDecided, NotFound
from marketplace.kit.i18n import _
from marketplace.kit.text import whole
from marketplace.payments import actions
from marketplace.payments.queries import GroupPage, OrderView, RefundView
from marketplace.web import frame
from marketplace.web.buying.door import bp
from marketplace.web.buying.views.order import is_mine, page_of
from marketplace.web.buying.views.restored import may_be_lost, page_of_lost


def number(name: str) -> int:
    """A small number of the form. Refuses: anything else (NotFound)."""
    number = whole(request.form.get(name, ""))
    if number is None:
        raise NotFound
    return number


def _parcel(page: GroupPage) -> OrderView:
    code = request.form.get("don", "")
    found = next((one for one in page.orders if one.code == code), None)
    if found is None:
        raise NotFound
    return found


def _refund(page: GroupPage) -> RefundView:
    wanted = number("khoan")
    found = next((one for parcel in page.orders for one in parcel.refunds if one.refund_id == wanted), None)
    if found is None:
        raise NotFound
    return found


def ask_who(token: str) -> AnyResponse | None:
    """A link that was passed on pays, but does not cancel or confirm."""
    if is_mine(token):
        return None
    frame.flash(_("Xin gõ 4 số cuối điện thoại người mua trước."), kind="wait")
    return frame.back_to("buying.order", token=token, _anchor="xac-nhan")


@bp.post("/don-hang/<token>/da-chuyen")
def tapped(token: str) -> AnyResponse:
    """ "Tôi đã chuyển khoản", for the n-th transfer. Of an order that a restore has forgotten it is kept for a person."""
    if may_be_lost(token):
        actions.tap_on_lost_order(Actor.stranger(), token)
        return page_of_lost(kept=True)
    page, reference = page_of(token), request.form.get("ma", "")
    old = next((one for one in page.old if one.reference == reference), None)
    if old is not None:  # the page was opened before its reference was closed
        actions.old_money_said(Actor.buyer(page.group_id), old.request_id)
        frame.flash(_("Mã %(reference)s đã đóng. Cán bộ sẽ xem tiền ấy rồi trả lời.", reference=old.reference_shown))
        return frame.back_to("buying.order", token=token)
    wanted = number("khoan")
    block = next((one for one in page.payees if one.number == wanted and reference in ("", one.reference)), None)
    if block is None:
        raise NotFound
    try:
        actions.buyer_tap(Actor.buyer(page.group_id), block.request_id)
    except AlreadyDecided as refusal:
        frame.flash(str(refusal.message), kind="wait")
        return frame.back_to("buying.order", token=token)
    frame.flash(_("Đã báo cho %(stall)s. Người bán sẽ xem tài khoản.", stall=block.producer_name))
    return frame.back_to("buying.order", token=token)


@bp.post("/don-hang/<token>/huy")
def cancel(token: str) -> AnyResponse:
    """ "Hủy đơn này", while it is not accepted."""
    page = page_of(token)
    parcel = _parcel(page)
    if elsewhere := ask_who(token):
        return elsewhere
    actions.close_card_pages(parcel.order_id)
    try:
        actions.cancel_by_buyer(Actor.buyer(page.group_id), parcel.order_id, reason=request.form.get("reason", ""))
    except AlreadyDecided:
        frame.flash(_("Người bán vừa nhận đơn này nên không tự hủy được nữa. Xin gọi người bán."), kind="bad")
        return frame.back_to("buying.order", token=token)
    frame.flash(_("Đã hủy đơn %(code)s.", code=parcel.code_shown))
    return frame.back_to("buying.order", token=token)


@bp.post("/don-hang/<token>/da-nhan")
def received(token: str) -> AnyResponse:
    """ "Đã nhận được hàng"."""
    page = page_of(token)
    parcel = _parcel(page)
    if elsewhere := ask_who(token):
        return elsewhere
    try:
        actions.delivered(Actor.buyer(page.group_id), parcel.order_id)
    except AlreadyDecided:
        frame.flash(_("Đơn này vừa đổi trạng thái. Xin xem lại rồi gọi người bán."), kind="bad")
        return frame.back_to("buying.order", token=token)
    frame.flash(_("Đã ghi là nhận được hàng. Cảm ơn!"))
    return frame.back_to("buying.order", token=token)


@bp.post("/don-hang/<token>/da-nhan-lai-tien")
def refunded(token: str) -> AnyResponse:
    """ "Đã nhận lại tiền"."""
    page = page_of(token)
    refund = _refund(page)
    if elsewhere := ask_who(token):
        return elsewhere
    actions.refund_back(Actor.buyer(page.group_id), refund.refund_id)
    frame.flash(_("Đã ghi là nhận lại được tiền."))
    return frame.back_to("buying.order", token=token)


@bp.post("/don-hang/<token>/chua-chuyen")
def not_sent(token: str) -> AnyResponse:
    """ "Tôi chưa chuyển tiền này": a tap taken back on an order that has ended."""
    page = page_of(token)
    refund = _refund(page)
    if elsewhere := ask_who(token):
        return elsewhere
    if refund.may_withdraw:
        actions.refund_withdrawn(Actor.buyer(page.group_id), refund.refund_id)
    frame.flash(_("Đã ghi là chưa chuyển tiền. Không bên nào còn nợ khoản này."))
    return frame.back_to("buying.order", token=token)

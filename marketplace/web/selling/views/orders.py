"""Her orders: the list, one order with its one next step, and what is printed for it."""

from collections.abc import Callable
from datetime import date
from typing import cast

from flask import Flask, Response, current_app, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.cases import queries as cases
from marketplace.cases.rules import KIND_LABELS, SubjectKind
from marketplace.catalog import queries as catalog
from marketplace.catalog.rules import nearest
from marketplace.delivery.rules import ready_by
from marketplace.kit import clock, db
from marketplace.kit.actor import Actor
from marketplace.kit.errors import AlreadyDecided, BadInput, NotFound
from marketplace.kit.i18n import Text, _, lazy
from marketplace.kit.money import show_dong
from marketplace.orders.rules import NotPaidYet, OrderState, Way, read_code
from marketplace.payments import actions, queries
from marketplace.payments.queries import SellingOrder
from marketplace.payments.queries.refund_accounts import BackTransfer, back_transfer
from marketplace.places import queries as places
from marketplace.web import frame
from marketplace.web.selling import orders as shown
from marketplace.web.selling import pin
from marketplace.web.selling.door import acting, bp, producer_id
from marketplace.web.selling.forms.orders import CannotMakeForm, HandOverForm, SumForm

UNDER_WAY = (*queries.OPEN, OrderState.HANDED_OVER)
ENDED = (OrderState.DELIVERED, OrderState.EXPIRED, OrderState.CANCELLED)


@bp.get("/ban-hang/don")
def orders() -> Response:
    """Orders under way, or with `xem=xong` those that have ended; the newest first."""
    ended = request.args.get("xem") == "xong"
    found = queries.selling_orders(producer_id(), ENDED if ended else UNDER_WAY)
    return frame.page("selling/orders/list.html", orders=found, ended=ended)


def _order(code: str) -> SellingOrder:
    found = queries.selling_order(producer_id(), read_code(code) or "")
    if found is None:
        raise NotFound
    return found


@bp.get("/ban-hang/don/<code>")
def order(code: str) -> Response:
    """Who, where, what, paid or not, and the one next step."""
    one = _order(code)
    response = _page(one, SumForm())
    if one.order.read_at is None and request.method == "GET":
        _opened_after(response, one.order.order_id)
    return response


def _opened_after(response: Response, order_id: int) -> None:
    """A page that is read writes nothing; that it was read is written once it has been sent."""
    app, reader = cast(Flask, current_app._get_current_object()), frame.actor()  # type: ignore[attr-defined]

    def write() -> None:
        with app.app_context():
            try:
                with db.unit():
                    actions.mark_read(reader, order_id)
            except Exception:
                app.logger.exception("could not note that an order was read")

    response.call_on_close(write)


def _page(one: SellingOrder, form: SumForm, status: int = 200) -> Response:
    return frame.page(
        "selling/orders/order.html",
        status=status,
        has_errors=status == 422,
        one=one,
        order=one.order,
        form=form,
        next_verb=shown.next_verb(one),
        labels=shown.LABELS,
        icons=shown.ICONS,
        story=shown.story(one.order),
        where=where(one),
        made_by=_made_by(one),
        faces=_faces(one),
        backs=_backs(one),
        problems=[(p.key, KIND_LABELS[p.kind]) for p in cases.of_subject(SubjectKind.ORDER, one.order.order_id)],
    )


def _made_by(one: SellingOrder) -> date | None:
    """The day by which it is sent, or from which it is fetched; nothing before it is accepted and once it has left."""
    if one.order.accepted_at is None or one.order.state not in (OrderState.ACCEPTED, OrderState.READY):
        return None
    days = catalog.longest_days_to_make({line.product_id for line in one.order.lines})
    return ready_by(clock.day_of(one.order.accepted_at), days)


def _backs(one: SellingOrder) -> dict[int, BackTransfer]:
    """Transfers back whose account the buyer has proved, by refund."""
    found = {
        refund.refund_id: back_transfer(producer_id(), one.order.code, refund.refund_id)
        for refund in one.order.refunds
        if refund.may_send
    }
    return {refund_id: back for refund_id, back in found.items() if back}


def _faces(one: SellingOrder) -> dict[int, str]:
    """A small picture of each product in the order: words are read slower than pictures."""
    photos = catalog.first_photos({line.product_id for line in one.order.lines})
    return {product_id: f"/anh/{nearest(photo.sizes, 160)}" for product_id, photo in photos.items() if photo.sizes}


def where(one: SellingOrder) -> str:
    """The whole address, or nothing when it is fetched."""
    place = one.buyer.place
    return ", ".join(filter(None, [one.buyer.street, places.label(place) if place else ""]))


Verb = Callable[[Actor, SellingOrder], None]

VERBS: dict[str, tuple[Verb, Text]] = {
    "received": (
        lambda actor, one: actions.producer_received(actor, one.payee.request_id),
        lazy("Đã ghi là nhận được tiền. Bây giờ bấm Nhận đơn."),
    ),
    "not_seen": (
        lambda actor, one: actions.producer_not_seen(actor, one.payee.request_id),
        lazy("Đã báo người mua xem lại ngân hàng."),
    ),
    "accept": (
        lambda actor, one: actions.accept(actor, one.order.order_id),
        lazy("Đã nhận đơn. Gói xong thì bấm Hàng đã gói xong."),
    ),
    "ready": (lambda actor, one: actions.ready(actor, one.order.order_id), lazy("Đã ghi là gói xong.")),
    "delivered": (
        lambda actor, one: actions.delivered(actor, one.order.order_id),
        lazy("Đã ghi là khách nhận hàng."),
    ),
    "in_hand": (
        lambda actor, one: actions.cash_in_hand(actor, one.order.order_id),
        lazy("Đã ghi là nhận tiền mặt."),
    ),
    "at_stall": (
        lambda actor, one: actions.cash_in_hand(actor, one.order.order_id),
        lazy("Đã ghi là thu tiền mặt và khách nhận hàng."),
    ),
    "waive": (
        lambda actor, one: actions.cash_waived(actor, one.order.order_id),
        lazy("Đã ghi là không đòi phần còn thiếu."),
    ),
    "back": (
        lambda actor, one: actions.goods_back(actor, one.order.order_id, whole=True),
        lazy("Đã ghi là hàng về. Hàng được bán tiếp."),
    ),
    "lost": (
        lambda actor, one: actions.goods_back(actor, one.order.order_id, whole=False),
        lazy("Đã ghi là hàng hỏng hoặc mất."),
    ),
}


@bp.post("/ban-hang/don/<code>")
@pin.asked
def move_order(code: str) -> AnyResponse:
    """One press, one step; pressed twice it is still one step."""
    one, wanted = _order(code), request.form.get("verb", "")
    if wanted == "sum":
        return _received_sum(one)
    if wanted not in VERBS:
        raise NotFound
    verb, said = VERBS[wanted]
    return _try(one, lambda: verb(frame.actor(), one), said)


def _try(one: SellingOrder, press: Callable[[], None], said: Text) -> AnyResponse:
    try:
        press()
    except (AlreadyDecided, NotPaidYet) as refusal:
        frame.flash(str(refusal.message), kind="info")
    else:
        frame.flash(str(said))
    return frame.back_to("selling.order", code=one.order.code)


def _received_sum(one: SellingOrder) -> AnyResponse:
    """Less or more came than was asked for."""
    form = SumForm.of_request()
    if not form.validate() or form.total.dong is None:
        return _page(one, form, 422)
    try:
        actions.producer_received(frame.actor(), one.payee.request_id, total_received=form.total.dong)
    except BadInput as refusal:
        form.refuse(refusal, "total")
        return _page(_order(one.order.code), form, 422)
    frame.flash(_("Đã ghi: tất cả nhận được %(sum)s.", sum=show_dong(form.total.dong)))
    return frame.back_to("selling.order", code=one.order.code)


@bp.get("/ban-hang/don/<code>/gui")
def hand_over(code: str) -> AnyResponse:
    """Who has the parcel?"""
    return _hand_over(_order(code), HandOverForm.asked())


@bp.post("/ban-hang/don/<code>/gui")
def handed_over(code: str) -> AnyResponse:
    """The buyer is told carrier and number."""
    one, form = _order(code), HandOverForm.asked()
    if form.validate() and not form.said:
        form.other.errors = [_("Ghi tên bên vận chuyển. Ví dụ: xe Hải Âu")]
    if form.errors or not form.said:
        return _hand_over(one, form, 422)
    carrier, tracking = form.said, str(form.tracking.data or "")
    return _try(
        one,
        lambda: actions.hand_over(frame.actor(), one.order.order_id, carrier=carrier, tracking=tracking),
        _("Đã báo người mua là hàng đang trên đường."),
    )


def _hand_over(one: SellingOrder, form: HandOverForm, status: int = 200) -> Response:
    return frame.page(
        "selling/orders/hand_over.html", status=status, order=one.order, form=form, has_errors=status == 422
    )


@bp.get("/ban-hang/don/<code>/khong-lam-duoc")
def cannot_make(code: str) -> AnyResponse:
    """Why, and what becomes of goods and money?"""
    one = _order(code)
    return _cannot_make(one, CannotMakeForm.asked(fetched=_is_fetched(one)))


@bp.post("/ban-hang/don/<code>/khong-lam-duoc")
def cancelled(code: str) -> AnyResponse:
    """The buyer is told the reason; money that came goes back."""
    one = _order(code)
    form = CannotMakeForm.asked(fetched=_is_fetched(one))
    if form.validate() and not form.said:
        form.other.errors = [_("Ghi lý do để báo người mua. Ví dụ: máy hỏng")]
    if form.errors or not form.said:
        return _cannot_make(one, form, 422)
    reason, back = form.said, form.goods.data == "back"
    actions.close_card_pages(one.order.order_id)
    return _try(
        one,
        lambda: actions.cannot_make(frame.actor(), one.order.order_id, reason=reason, goods_back=back),
        _("Đã hủy đơn và báo người mua."),
    )


def _is_fetched(one: SellingOrder) -> bool:
    return one.order.way is Way.COLLECT


def _cannot_make(one: SellingOrder, form: CannotMakeForm, status: int = 200) -> Response:
    return frame.page(
        "selling/orders/cannot_make.html", status=status, one=one, order=one.order, form=form, has_errors=status == 422
    )


@bp.get("/ban-hang/don/<code>/phieu")
def packing_slip(code: str) -> Response:
    """What goes into the parcel, to print and lay on top."""
    one = _order(code)
    return frame.page(
        "selling/orders/slip.html",
        one=one,
        order=one.order,
        where=where(one),
        stall=acting(),
    )


@bp.get("/ban-hang/don/<code>/nhan")
def parcel_label(code: str) -> Response:
    """The A6 label: from whom, to whom."""
    one, stall = _order(code), acting()
    origin = ", ".join(filter(None, [stall.street, places.full_line(stall.place, stall.village, stall.old_place)]))
    return frame.page(
        "selling/orders/label.html", one=one, order=one.order, where=where(one), stall=stall, origin=origin
    )

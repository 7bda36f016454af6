"""Her cash: other sums than were due, parcels nobody took, what carriers still have of hers, and whether she takes cash at all."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.kit.errors import AlreadyDecided, BadInput, NotFound
from marketplace.kit.i18n import _, ngettext
from marketplace.kit.money import show_dong
from marketplace.orders.rules import Way, read_code, show_code
from marketplace.payments import actions, queries
from marketplace.payments.queries import SellingOrder
from marketplace.payments.queries.cash import CashPage, cash_of_producer
from marketplace.producers import actions as producers
from marketplace.web import frame
from marketplace.web.selling import pin
from marketplace.web.selling.door import acting, bp, producer_id
from marketplace.web.selling.forms.cash import CashForm, RefusedForm, StallCashForm


def _order(code: str) -> SellingOrder:
    """Her cash order. Refuses: another one (NotFound)."""
    found = queries.selling_order(producer_id(), read_code(code) or "")
    if found is None or found.order.cash is None:
        raise NotFound
    return found


@bp.get("/ban-hang/don/<code>/tien-mat")
@pin.asked
def cash_sum(code: str) -> Response:
    """How much, and who has it?"""
    one = _order(code)
    return _cash_sum(one, CashForm.asked(ship=one.order.way is Way.SHIP))


@bp.post("/ban-hang/don/<code>/tien-mat")
@pin.asked
def cash_told(code: str) -> AnyResponse:
    """Less or more was taken, or came, than was due."""
    one = _order(code)
    form = CashForm.asked(ship=one.order.way is Way.SHIP)
    if not form.validate() or form.total.dong is None:
        return _cash_sum(one, form, 422)
    verb = actions.cash_collected if form.whose.data == "carrier" else actions.cash_in_hand
    try:
        verb(frame.actor(), one.order.order_id, total=form.total.dong)
    except BadInput as refusal:
        form.refuse(refusal, "total")
        return _cash_sum(one, form, 422)
    except AlreadyDecided as refusal:
        frame.flash(str(refusal.message), kind="info")
    else:
        frame.flash(_("Đã ghi: tất cả %(sum)s tiền mặt.", sum=show_dong(form.total.dong)))
    return frame.back_to("selling.order", code=one.order.code)


def _cash_sum(one: SellingOrder, form: CashForm, status: int = 200) -> Response:
    return frame.page(
        "selling/cash/sum.html", status=status, one=one, order=one.order, form=form, has_errors=status == 422
    )


@bp.get("/ban-hang/don/<code>/khong-nhan")
def refused(code: str) -> Response:
    """What did the carrier say?"""
    return _refused(_order(code), RefusedForm())


@bp.post("/ban-hang/don/<code>/khong-nhan")
def parcel_refused(code: str) -> AnyResponse:
    """The order ends; its goods are sold again when she says that they are back."""
    one, form = _order(code), RefusedForm.of_request()
    if not form.validate():
        return _refused(one, form, 422)
    try:
        actions.cash_refused(frame.actor(), one.order.order_id, reason=form.reason.data or "")
    except AlreadyDecided as refusal:
        frame.flash(str(refusal.message), kind="info")
    else:
        frame.flash(_("Đã ghi là khách không nhận. Hàng về tới nơi thì bấm Hàng đã về."))
    return frame.back_to("selling.order", code=one.order.code)


def _refused(one: SellingOrder, form: RefusedForm, status: int = 200) -> Response:
    return frame.page("selling/cash/refused.html", status=status, order=one.order, form=form, has_errors=status == 422)


@bp.get("/ban-hang/tien/thu-ho")
def cash() -> Response:
    """By carrier, with what each still has to pass on."""
    return _cash(cash_of_producer(producer_id()))


@bp.post("/ban-hang/tien/thu-ho")
@pin.asked
def cash_came() -> AnyResponse:
    """One transfer of a carrier for the marked orders. A code that is not among hers is no code."""
    page = cash_of_producer(producer_id())
    ids = {row.code: row.order_id for pile in page.piles for row in pile.rows}
    marked = request.form.getlist("don")
    if not marked:
        return _cash(page, wrong=_("Đánh dấu những đơn đã nhận tiền, rồi bấm lại."))
    try:
        news = actions.cash_in_hand_of(frame.actor(), [ids[code] for code in marked if code in ids])
    except AlreadyDecided as refusal:
        frame.flash(str(refusal.message), kind="info")
    else:
        frame.flash(ngettext("Đã ghi nhận tiền của %(num)d đơn.", "Đã ghi nhận tiền của %(num)d đơn.", news))
    return frame.back_to("selling.cash")


def _cash(page: CashPage, wrong: str = "") -> Response:
    return frame.page(
        "selling/cash/list.html",
        status=422 if wrong else 200,
        page=page,
        wrong=wrong,
        has_errors=bool(wrong),
        show_code=show_code,
    )


@bp.route("/ban-hang/gian-hang/tien-mat", methods=["GET", "POST"])
def stall_cash() -> AnyResponse:
    """Does she take cash, and how?"""
    one = acting()
    form = StallCashForm.of_request(cod=one.takes_cod, stall=one.takes_cash)
    if form.accepts():
        producers.set_cash(frame.actor(), one.id, cod=bool(form.cod.data), stall=bool(form.stall.data))
        frame.flash(_("Đã lưu. Đơn đặt từ bây giờ theo lựa chọn này; đơn cũ giữ nguyên."))
        return frame.back_to("selling.stall")
    return frame.page("selling/stall/cash.html", form=form)

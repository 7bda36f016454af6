"""Transfers into the stall's account, for its own orders and those of its members: money only."""

from collections.abc import Callable

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.kit.errors import AlreadyDecided, BadInput, NotFound
from marketplace.kit.i18n import Text, _, lazy
from marketplace.kit.money import show_dong
from marketplace.payments import actions
from marketplace.payments.queries.coop import KeptRequest, kept_money, kept_request
from marketplace.payments.rules import show_reference
from marketplace.web import frame
from marketplace.web.selling import pin
from marketplace.web.selling.door import acting, bp, producer_id
from marketplace.web.selling.forms.orders import SumForm
from marketplace.web.selling.views.sharing import only_coops


@bp.get("/ban-hang/hop-tac-xa/tien")
def coop_money() -> Response:
    """Transfers to answer first, money to send back, then all the others."""
    only_coops()
    return frame.page("selling/coop/money.html", money=kept_money(producer_id()), show_reference=show_reference)


@bp.get("/ban-hang/khoan/<reference>")
def transfer(reference: str) -> Response:
    """One transfer: what came of it, and what has to go back."""
    return _page(_one(reference), SumForm())


VERBS: dict[str, tuple[Callable[..., object], Text]] = {
    "received": (actions.producer_received, lazy("Đã ghi là nhận được tiền. Các gian hàng được báo để nhận đơn.")),
    "not_seen": (actions.producer_not_seen, lazy("Đã báo người mua xem lại ngân hàng.")),
}


@bp.post("/ban-hang/khoan/<reference>")
@pin.asked
def move_transfer(reference: str) -> AnyResponse:
    """Came, not seen, another sum, or money with a reference that is closed. Pressed twice it is once."""
    one, wanted = _one(reference), request.form.get("verb", "")
    if wanted in ("sum", "old"):
        return _sum(one, old=wanted == "old")
    if wanted not in VERBS:
        raise NotFound
    verb, said = VERBS[wanted]
    try:
        verb(frame.actor(), one.block.request_id)
    except AlreadyDecided as refusal:
        frame.flash(str(refusal.message), kind="info")
    else:
        frame.flash(str(said))
    return frame.back_to("selling.transfer", reference=reference)


def _sum(one: KeptRequest, *, old: bool) -> AnyResponse:
    form = SumForm.of_request()
    if not form.validate() or form.total.dong is None:
        return _page(one, form, 422)
    try:
        if old:
            actions.old_money_seen(frame.actor(), one.block.request_id, amount=form.total.dong)
        else:
            actions.producer_received(frame.actor(), one.block.request_id, total_received=form.total.dong)
    except BadInput as refusal:
        form.refuse(refusal, "total")
        return _page(_one(one.block.reference), form, 422)
    except AlreadyDecided as refusal:
        frame.flash(str(refusal.message), kind="info")
        return frame.back_to("selling.transfer", reference=one.block.reference)
    total = show_dong(form.total.dong)
    if old:
        frame.flash(_("Đã ghi %(sum)s theo mã cũ. Cán bộ sẽ gọi hai bên.", sum=total))
    else:
        frame.flash(_("Đã ghi: tất cả nhận được %(sum)s.", sum=total))
    return frame.back_to("selling.transfer", reference=one.block.reference)


def _one(reference: str) -> KeptRequest:
    found = kept_request(producer_id(), reference)
    if found is None:
        raise NotFound
    return found


def _page(one: KeptRequest, form: SumForm, status: int = 200) -> Response:
    return frame.page(
        "selling/coop/transfer.html",
        status=status,
        has_errors=status == 422,
        one=one,
        pay=one.block,
        backs=one.backs,
        form=form,
        stall=acting(),
    )

"""Paying by card: the buyer goes to the gateway's page and comes back. No card is ever seen here."""

from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotFound
from marketplace.kit.i18n import _
from marketplace.payments import actions
from marketplace.payments.queries import cards
from marketplace.payments.rules.card import CardUnreachable, NothingToPay
from marketplace.web import frame
from marketplace.web.buying.door import bp
from marketplace.web.buying.views.moves import number
from marketplace.web.buying.views.order import page_of


@bp.post("/don-hang/<token>/the")
def pay_by_card(token: str) -> AnyResponse:
    """ "Trả bằng thẻ", for the n-th sum: the key of the page is stored, the page is asked for by the next request."""
    page, wanted = page_of(token), number("khoan")
    block = next((one for one in page.payees if one.number == wanted and one.card), None)
    if block is None:
        raise NotFound
    actions.look_after_return(page.group_id)
    try:
        row_id = actions.ask_card_page(Actor.buyer(page.group_id), block.request_id)
    except NothingToPay as refusal:
        frame.flash(str(refusal.message), kind="info")
        return frame.back_to("buying.order", token=token)
    return frame.back_to("buying.card_page", token=token, row_id=row_id)


@bp.get("/don-hang/<token>/the/<int:row_id>")
@db.writes_on_get
def card_page(token: str, row_id: int) -> AnyResponse:
    """On to the gateway's page; opened again, the same one."""
    found = cards.page(row_id)
    if found is None or found.token != token:
        raise NotFound
    if request.method == "HEAD":
        return frame.back_to("buying.order", token=token)
    try:
        address = actions.open_card_page(row_id)
    except NothingToPay as refusal:
        frame.flash(str(refusal.message), kind="info")
    except CardUnreachable as refusal:
        frame.flash(str(refusal.message), kind="bad")
    else:
        if address:
            return redirect(address, 303)
        frame.flash(_("Trang trả thẻ chưa mở được. Xin bấm lại một lần nữa."), kind="bad")
    return frame.back_to("buying.order", token=token)


@bp.get("/don-hang/<token>/the/ve")
@db.writes_on_get
def back_from_card(token: str) -> AnyResponse:
    """Back from the gateway: what it shows is looked up there, nothing in this address is believed."""
    page = page_of(token)
    if request.method != "HEAD":
        actions.look_after_return(page.group_id)
    return frame.back_to("buying.order", token=token)

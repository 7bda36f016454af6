"""What an order's page does with an account, for buyers who have one: keep it there, take it out, buy the same again."""

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotYours
from marketplace.kit.i18n import _
from marketplace.orders import queries as orders
from marketplace.orders.actions import account
from marketplace.orders.actions.again import buy_again
from marketplace.orders.rules.addresses import OtherNumber
from marketplace.web import frame
from marketplace.web.buying.door import bp, cart_token, keep_cart
from marketplace.web.buying.views.moves import ask_who
from marketplace.web.buying.views.order import page_of


@bp.post("/don-hang/<token>/tai-khoan")
def keep_order(token: str) -> AnyResponse:
    """ "Thêm đơn này vào tài khoản", or out of it again; only by whoever the order page knows as its buyer."""
    page = page_of(token)
    if elsewhere := ask_who(token):
        return elsewhere
    if frame.viewer() is None:
        return frame.to_sign_in()
    if "bo" in request.form:
        account.let_order_go(frame.actor(), page.group_id)
        frame.flash(_("Đã bỏ đơn này khỏi tài khoản. Đơn vẫn còn nguyên."))
        return frame.back_to("buying.order", token=token)
    try:
        account.keep_order(frame.actor(), page.group_id)
    except OtherNumber as refusal:
        frame.flash(str(refusal.message), kind="bad")
    except NotYours:
        frame.flash(_("Đơn này đã ở trong một tài khoản khác."), kind="bad")
    else:
        frame.flash(_("Đã thêm đơn này vào tài khoản."))
    return frame.back_to("buying.order", token=token)


@bp.get("/don-hang/<token>/mua-lai")
def again(token: str) -> AnyResponse:
    """What can be bought again, at today's prices, and what cannot."""
    page = page_of(token)
    if elsewhere := ask_who(token):
        return elsewhere
    lines = orders.again_lines(page.group_id)
    return frame.page(
        "buying/order/again.html", page=page, lines=lines, possible=[line for line in lines if line.quantity]
    )


@bp.post("/don-hang/<token>/mua-lai")
def into_the_cart(token: str) -> AnyResponse:
    """ "Bỏ vào giỏ"."""
    page = page_of(token)
    if elsewhere := ask_who(token):
        return elsewhere
    cart = buy_again(Actor.buyer(page.group_id), cart_token(), page.group_id)
    if cart is None:
        frame.flash(_("Các món của đơn này hiện không còn bán."), kind="bad")
        return frame.back_to("buying.again", token=token)
    frame.flash(_("Đã bỏ vào giỏ những món còn bán."))
    response = frame.back_to("buying.cart")
    keep_cart(response, cart)
    return response

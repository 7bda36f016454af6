"""The cart: what lies in it, and putting in, counting, taking out."""

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from marketplace.cart import actions
from marketplace.cart import queries as carts
from marketplace.cart.rules import BadQuantity, CartBlock, Kept
from marketplace.delivery import queries as delivery
from marketplace.delivery.rules import fee
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotFound
from marketplace.kit.i18n import Text, _
from marketplace.kit.money import show_dong
from marketplace.kit.text import whole
from marketplace.orders.rules import BlockQuote, Way, quote
from marketplace.places import queries as places
from marketplace.producers import queries as producers
from marketplace.shelf import queries as shelf
from marketplace.web import frame
from marketplace.web.buying import answers
from marketplace.web.buying.door import bp, cart_token, keep_cart, keep_count
from marketplace.web.frame.age import adult_ok

STRANGER = Actor.stranger()
AFTERWARDS = ("/gio-hang", "/dat-hang/xem-lai")


@bp.get("/gio-hang")
def cart() -> Response:
    """One block per stall."""
    return _page()


@bp.post("/gio-hang")
def change_cart() -> AnyResponse:
    """`verb`: add, quantity, remove or restore one `variant`."""
    verb = request.values.get("verb", "add")
    if verb not in _VERBS:
        raise NotFound
    variant_id = _number(request.values.get("variant", ""), NotFound())
    if verb in ("add", "restore") and (question := _asks_age(variant_id)):
        return question
    try:
        token = _VERBS[verb](variant_id)
    except BadQuantity as refusal:
        return _page(status=422, wrong={variant_id: refusal.message})
    wanted = request.form.get("ve", "")
    response = redirect(wanted if wanted in AFTERWARDS else url_for("buying.cart"), 303)
    if token:
        keep_cart(response, token)
    else:
        keep_count(response, cart_token())
    return response


def _asks_age(variant_id: int) -> AnyResponse | None:
    """An alcoholic drink is put into no cart before the age answer, whichever way the request came."""
    goods = shelf.purchasable([variant_id]).get(variant_id)
    if goods is None or not goods.adult or adult_ok():
        return None
    return redirect(url_for("storefront.age", ve=goods.product_url), 303)


def _add(variant_id: int) -> str | None:
    token = actions.put(STRANGER, cart_token(), variant_id, _quantity())
    frame.flash(_("Đã bỏ vào giỏ: %(name)s", name=_name(token, variant_id)))
    return token


def _set_quantity(variant_id: int) -> str | None:
    step = request.form.get("step", "")
    number = _quantity() + (int(step) if step in ("-1", "1") else 0)
    if number < 1 and step:
        return _remove(variant_id)
    actions.set_quantity(STRANGER, cart_token(), variant_id, number)
    return None


def _remove(variant_id: int) -> str | None:
    line = next((one for one in _lines(cart_token()) if one.variant_id == variant_id), None)
    actions.remove(STRANGER, cart_token(), variant_id)
    if line:
        undo = url_for("buying.change_cart", verb="restore", variant=variant_id, quantity=line.quantity)
        frame.flash(_("Đã bỏ ra: %(name)s", name=line.name_seen), undo=undo)
    return None


def _restore(variant_id: int) -> str | None:
    actions.restore(STRANGER, cart_token(), variant_id, _quantity())
    return None


_VERBS = {"add": _add, "quantity": _set_quantity, "remove": _remove, "restore": _restore}


def _number(text: str, refusal: Exception) -> int:
    number = whole(text)
    if number is None:
        raise refusal
    return number


def _quantity() -> int:
    return _number(request.values.get("quantity", "1").strip(), BadQuantity(field="quantity"))


def _lines(token: str | None) -> list[Kept]:
    one = carts.cart_of(token)
    return carts.kept_lines(one.id) if one else []


def _name(token: str | None, variant_id: int) -> str:
    return next((line.name_seen for line in _lines(token) if line.variant_id == variant_id), "")


def _page(status: int = 200, wrong: dict[int, Text] | None = None) -> Response:
    view = carts.contents(cart_token())
    known = answers.kept() if not view.empty else answers.Answers()
    offer = quote(view, delivery.fees(), known.to, known.ways) if known.to else None
    response = frame.page(
        "buying/cart/cart.html",
        status=status,
        cart=view,
        offer=offer,
        fees={part.producer_id: _fee_words(part) for part in offer.blocks} if offer else _least(view.blocks),
        to=places.label(known.to) if known.to else "",
        stalls=producers.many(block.producer_id for block in view.blocks),
        place_of=places.label,
        wrong=wrong or {},
        has_errors=bool(wrong),
    )
    keep_count(response, cart_token())
    return response


def _fee_words(part: BlockQuote) -> str:
    if part.way is Way.SHIP:
        return show_dong(part.fee)
    return _("Nhận tại gian hàng") if any(offer.possible for offer in part.offers) else _("Chưa giao tới được")


def _least(blocks: tuple[CartBlock, ...]) -> dict[int, str]:
    """Before the address is known: what delivery costs at least."""
    table = delivery.fees()
    return {
        block.producer_id: _("từ %(fee)s", fee=show_dong(fee(table, block.weight_g, origin, origin)))
        for block in blocks
        if (origin := next((item.goods.origin for item in block.items if item.goods), None))
    }

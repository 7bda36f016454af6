"""The door of buyers: nobody signs in. A cart belongs to a browser, an order to whoever holds its address."""

from flask import Blueprint, Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response as AnyResponse

from marketplace.cart import queries as carts

bp = Blueprint("buying", __name__)

CART_COOKIE = "gio"
COUNT_COOKIE = "so_gio"
"""Only a number, readable by the script that shows it in the header of pages that are the same for everybody."""
ORDERS_COOKIE = "don"
DAY = 86_400
CART_DAYS = 90
ORDERS_DAYS = 400
MOST_REMEMBERED = 30


@bp.after_request
def private(response: Response) -> Response:
    """Nothing behind this door is kept by anybody, or found by a search engine; a QR picture only by the buyer's own browser."""
    if not response.cache_control.immutable:
        response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def secure() -> bool:
    """Whether cookies are for https alone."""
    return str(current_app.config["PUBLIC_URL"]).startswith("https://")


def cart_token() -> str | None:
    """The cart of this browser."""
    return request.cookies.get(CART_COOKIE) or None


def keep_cart(response: AnyResponse, token: str) -> None:
    """Remember the cart, and how much lies in it."""
    _cookie(response, CART_COOKIE, token, CART_DAYS, httponly=True)
    keep_count(response, token)


def keep_count(response: AnyResponse, token: str | None) -> None:
    """Let pages show how much lies in the cart."""
    _cookie(response, COUNT_COOKIE, str(min(carts.count(token), 999)), CART_DAYS, httponly=False)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt="orders-of-browser")


def remembered() -> list[str]:
    """Addresses of the orders that this browser placed or proved to own, the newest first. Signed: nobody adds one by hand."""
    try:
        tokens = _signer().loads(request.cookies.get(ORDERS_COOKIE, ""))
    except BadSignature:
        return []
    return [str(one) for one in tokens]


def remember(response: AnyResponse, token: str) -> None:
    """From now on this browser sees the personal part of the order."""
    tokens = [token, *(one for one in remembered() if one != token)][:MOST_REMEMBERED]
    _cookie(response, ORDERS_COOKIE, str(_signer().dumps(tokens)), ORDERS_DAYS, httponly=True)


def forget_orders(response: AnyResponse) -> None:
    """A phone that others use too: its orders are no longer known here."""
    response.delete_cookie(ORDERS_COOKIE, path="/", samesite="Lax", httponly=True, secure=secure())


def _cookie(response: AnyResponse, name: str, value: str, days: int, *, httponly: bool) -> None:
    response.set_cookie(name, value, max_age=days * DAY, path="/", samesite="Lax", httponly=httponly, secure=secure())

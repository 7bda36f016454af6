"""What a cart would cost, for the pages before the order."""

from collections.abc import Mapping

from marketplace.cart import queries as carts
from marketplace.delivery import queries as delivery
from marketplace.kit.actor import Place
from marketplace.orders.rules import Quote, Way
from marketplace.orders.rules import quote as reckon


def quote(cart_token: str | None, to: Place | None, ways: Mapping[int, Way]) -> Quote:
    """The cart with fees: exactly what `payments.actions.place` will reckon."""
    return reckon(carts.contents(cart_token), delivery.fees(), to, ways)

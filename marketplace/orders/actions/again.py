"""Buying again: what of an old checkout is still on sale goes into the cart."""

from marketplace.cart import actions as carts
from marketplace.cart.queries import cart_of, kept_lines
from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.orders.queries import again_lines


@db.action
def buy_again(actor: Actor, cart_token: str | None, group_id: int) -> str | None:
    """Put into the cart what is still on sale, up to as many as last time; pressed twice it lies there once.

    The cart's token, None when nothing of it can be bought. Refuses: not the buyer of this checkout (NotYours).
    """
    actor.require_group(group_id)
    cart = cart_of(cart_token)
    lying = {one.variant_id: one.quantity for one in kept_lines(cart.id)} if cart and not cart.ordered_at else {}
    token, found = cart_token, False
    for line in again_lines(group_id):
        found = found or bool(line.quantity)
        missing = line.quantity - lying.get(line.variant_id, 0)
        if missing > 0:
            token = carts.put(actor, token, line.variant_id, missing)
    return token if found else None

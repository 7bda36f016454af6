"""Showing that an order is one's own: by the last digits of the number it was placed with, or by number and order code.

Wrong tries are counted for browser's address and order together, so that a stranger cannot shut the buyer out. A refusal
that must be remembered is returned, not raised.
"""

import hmac

from marketplace.accounts.actions import attempts
from marketplace.accounts.actions.attempts import Key
from marketplace.accounts.rules import Counted, Wait, last_four
from marketplace.kit import db, secret
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotFound
from marketplace.orders import queries


def _key(kind: Counted, value: str) -> Key:
    return Key(kind, secret.digest("attempt", f"{kind}|{value}"))


@db.action
def prove_last_four(actor: Actor, token: str, digits: str, *, address: str) -> bool | Wait:  # noqa: ARG001 - actions take an actor
    """Whether the buyer's number ends in these four digits. Five wrong tries, then a growing pause. Refuses: no such order (NotFound)."""
    group = queries.group_by_token(token)
    if group is None:
        raise NotFound
    keys = (_key(Counted.DIGITS_PAIR, f"{token}|{address}"), _key(Counted.DIGITS_ORDER, token))
    if seconds := attempts.seconds_to_wait(keys):
        return Wait(seconds)
    if hmac.compare_digest(last_four(group.buyer_phone).encode(), digits.encode()):
        attempts.forget(keys[:1])
        return True
    attempts.count(keys)
    return False


@db.action
def find_by_phone(actor: Actor, phone: str, code: str, *, address: str) -> str | Wait:  # noqa: ARG001 - actions take an actor
    """The token of the checkout with this code and number (E.164), or "". The same work whether or not there is one."""
    pair = _key(Counted.LOOKUP_PAIR, f"{phone}|{address}")
    keys = (pair, _key(Counted.LOOKUP_PHONE, phone), _key(Counted.LOOKUP_ADDRESS, address))
    if seconds := attempts.seconds_to_wait(keys):
        return Wait(seconds)
    attempts.count(keys)
    found = queries.lookup(phone, code)
    attempts.forget((pair if found else _key(Counted.LOOKUP_PAIR, "nobody"),))
    return found or ""

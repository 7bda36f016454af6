"""What a cart would cost, for the pages before the order."""

from collections.abc import Iterable, Mapping

from marketplace.cart import queries as carts
from marketplace.delivery import queries as delivery
from marketplace.kit.actor import Place
from marketplace.orders.rules import Quote, Way
from marketplace.orders.rules import quote as reckon
from marketplace.payments.queries.cards import offered as card_offered
from marketplace.payments.rules import Method, cash_method
from marketplace.payments.rules.cash import Takes
from marketplace.producers.queries import many as producers


def quote(cart_token: str | None, to: Place | None, ways: Mapping[int, Way]) -> Quote:
    """The cart with fees: exactly what `payments.actions.place` will reckon."""
    return reckon(carts.contents(cart_token), delivery.fees(), to, ways)


def cash_taken(producer_ids: Iterable[int]) -> dict[int, Takes]:
    """Which stalls take cash, and how."""
    wanted = list(producer_ids)
    return {one.id: Takes(one.takes_cod, one.takes_cash) for one in producers(wanted).values()} if wanted else {}


def ways_to_pay(offer: Quote) -> dict[int, tuple[Method, ...]]:
    """How each stall of a checkout may be paid, the transfer first: exactly what `payments.actions.place` lets through."""
    takes = cash_taken(part.producer_id for part in offer.blocks)
    by_card = (Method.CARD,) if card_offered() else ()
    found = {}
    for part in offer.blocks:
        cash = cash_method(part.way, takes[part.producer_id], adult=part.block.adult)
        found[part.producer_id] = (Method.TRANSFER, *by_card, *((cash,) if cash else ()))
    return found

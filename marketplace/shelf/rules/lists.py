"""Small decisions about lists and texts on the public pages."""

import re
from collections.abc import Sequence

from marketplace.delivery.rules import FeeTable, fee
from marketplace.kit.actor import Place
from marketplace.kit.money import Dong
from marketplace.shelf.rules.cards import Card

_SENTENCE = re.compile(r".+?[.!?…](?=\s|$)", re.DOTALL)
LONGEST_QUOTE = 160


def spread(cards: Sequence[Card], limit: int) -> list[Card]:
    """The first `limit` cards by turns: no stall comes a second time before every other one had its first."""
    turns: dict[str, int] = {}
    ranked = []
    for index, card in enumerate(cards):
        turn = turns[card.producer_url] = turns.get(card.producer_url, -1) + 1
        ranked.append((turn, index, card))
    return [card for _turn, _index, card in sorted(ranked, key=lambda one: one[:2])[:limit]]


def first_sentence(text: str) -> str:
    """The first sentence, cut at a word when it is longer than a quotation may be."""
    found = _SENTENCE.match(text.strip())
    sentence = found[0] if found else text.strip()
    if len(sentence) <= LONGEST_QUOTE:
        return sentence
    return sentence[:LONGEST_QUOTE].rsplit(" ", 1)[0] + "…"


def cheapest_fee(table: FeeTable, weight_g: int, origin: Place) -> Dong:
    """Dong for sending this weight as near as can be: what "giao từ" means on a page that knows no buyer."""
    return fee(table, weight_g, origin, origin)

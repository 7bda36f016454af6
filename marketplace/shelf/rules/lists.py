"""Small decisions about lists and texts on the public pages."""

import re
from collections import Counter
from collections.abc import Sequence

from marketplace.delivery.rules import FeeTable, fee
from marketplace.kit.actor import Place
from marketplace.kit.money import Dong
from marketplace.shelf.rules.cards import Card

_SENTENCE = re.compile(r".+?[.!?…](?=\s|$)", re.DOTALL)
LONGEST_QUOTE = 160


def spread(cards: Sequence[Card], limit: int) -> list[Card]:
    """The first `limit` cards by turns: another stall and another kind of goods come before more of the same."""
    turns: Counter[str] = Counter()
    ranked = []
    for index, card in enumerate(cards):
        stall, kind = card.producer_url, card.name.split(" ", 1)[0].lower()
        ranked.append((turns[stall] + turns[kind], index, card))
        turns.update((stall, kind))
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

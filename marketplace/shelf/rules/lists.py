"""Small decisions about lists and texts on the public pages."""

import re
from collections import Counter
from collections.abc import Iterable

from marketplace.delivery.rules import FeeTable, fee
from marketplace.kit.actor import Place
from marketplace.kit.money import Dong

_SENTENCE = re.compile(r".+?[.!?…](?=\s|$)", re.DOTALL)
LONGEST_QUOTE = 160


def spread(goods: Iterable[tuple[int, int, str]], limit: int) -> list[int]:
    """Ids of the first `limit` of (id, stall, name) by turns: another stall and another kind come before more of the same."""
    turns: Counter[int | str] = Counter()
    ranked = []
    for index, (one, stall, name) in enumerate(goods):
        kind = name.split(" ", 1)[0].lower()
        ranked.append((turns[stall] + turns[kind], index, one))
        turns.update((stall, kind))
    return [one for _turn, _index, one in sorted(ranked)[:limit]]


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

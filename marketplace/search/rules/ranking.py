"""What puts one product before another: one table, printed on the public page about ranking."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from marketplace.kit.i18n import LazyString, lazy
from marketplace.kit.text import words
from marketplace.shelf.rules import SearchDocument


@dataclass(frozen=True, slots=True)
class Weight:
    """One number of the ranking. `label` says in words what it counts."""

    key: str
    value: float
    label: LazyString


RANKING: tuple[Weight, ...] = (
    Weight("head", 8.0, lazy("Hai tiếng đầu của tên sản phẩm (tên gọi của món hàng)")),
    Weight("name", 6.0, lazy("Các tiếng khác trong tên sản phẩm")),
    Weight("place", 2.0, lazy("Nơi làm: tên xã, tỉnh mới và cũ")),
    Weight("village", 2.0, lazy("Tên làng nghề")),
    Weight("producer", 1.5, lazy("Tên cơ sở làm ra sản phẩm")),
    Weight("kind", 1.2, lazy("Tên bộ sản phẩm: làm sản phẩm hiện ra khi không tìm thấy gì theo tên và nơi làm")),
    Weight("description", 0.3, lazy("Lời giới thiệu: chỉ giúp xếp thứ tự, không làm sản phẩm hiện ra")),
    Weight("together", 1.5, lazy("Các tiếng đứng liền nhau trong tên, đúng như đã gõ")),
    Weight("star", 0.05, lazy("Mỗi sao OCOP còn hiệu lực")),
    Weight("sold", 0.05, lazy("Số người đã mua (tăng chậm dần, cao nhất bằng 0,2)")),
)
"""Quality (stars, sales) stays far below one word of the text, else the best seller would win every search."""

WEIGHT = {weight.key: weight.value for weight in RANKING}

SATURATION = 6.0
"""A word in the name alone counts half of what it can count at most, at the head of the name 0.7, as a place 0.25."""

LENGTH_EFFECT = 0.25
TYPICAL_LENGTH = {"head": 2, "name": 5, "place": 14, "village": 3, "producer": 5, "kind": 6, "description": 40}
"""Words; constants and not averages, so that a weight does not depend on which other products are in the index."""

SOLD_AT_MOST = 0.2
HEAD_WORDS = 2
SOLD_OUT = -1000.0


def index_words(text: str) -> list[str]:
    """Words of a text as the index holds them: "ST 25" and "ST25" are found by each other."""
    found: list[str] = []
    previous = ""
    for word in words(text):
        found.append(word)
        letters = word.rstrip("0123456789")
        if word.isdigit() and previous.isalpha() and len(previous) <= 4:
            found.append(previous + word)
        elif letters and letters != word and letters.isalpha():
            found += [letters, word[len(letters) :]]
        previous = word
    return found


def _fields(document: SearchDocument) -> dict[str, list[str]]:
    name = index_words(document.name)
    return {
        "head": name[:HEAD_WORDS],
        "name": name,
        "place": index_words(document.place_words),
        "village": index_words(document.village),
        "producer": index_words(document.producer),
    }


def _weigh(into: dict[str, float], field: str, tokens: list[str]) -> None:
    if not tokens:
        return
    length = 1 - LENGTH_EFFECT + LENGTH_EFFECT * len(tokens) / TYPICAL_LENGTH[field]
    for token in tokens:
        into[token] += WEIGHT[field] / length


def main_weights(document: SearchDocument) -> dict[str, float]:
    """Every word by which the product is found, with its weight over all fields (the BM25F sum)."""
    weights: dict[str, float] = defaultdict(float)
    for field, tokens in _fields(document).items():
        _weigh(weights, field, tokens)
    return weights


def kind_weights(document: SearchDocument) -> dict[str, float]:
    """Words of the official set. They find a product only when nothing is found without them.

    Else "mật ong" would bring every meat of the set "Chế biến từ thịt, …, các sản phẩm từ mật ong".
    """
    weights: dict[str, float] = defaultdict(float)
    _weigh(weights, "kind", index_words(document.kind_words))
    return weights


def about_weights(document: SearchDocument) -> dict[str, float]:
    """Words of the set and the description with their weights: they order what was found, they find nothing."""
    weights: dict[str, float] = defaultdict(float, kind_weights(document))
    _weigh(weights, "description", index_words(document.description))
    return weights


def saturate(weight: float) -> float:
    """A word said five times is not worth five words: 0 to 1."""
    return weight / (SATURATION + weight)


def rarity(documents_with: int, documents: int) -> float:
    """How much a word tells: near 0 when every product has it (idf)."""
    return math.log(1 + (documents - documents_with + 0.5) / (documents_with + 0.5))


def quality(stars: int, sold: int) -> float:
    """What speaks for a product whatever was typed."""
    return WEIGHT["star"] * stars + min(SOLD_AT_MOST, WEIGHT["sold"] * math.log10(1 + sold))

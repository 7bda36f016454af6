"""The grammar of the search box: words, and phrases in quotation marks. Nothing else has a meaning, nothing is an error."""

from __future__ import annotations

import re
from dataclasses import dataclass

from marketplace.kit.text import fold, words

MAX_CHARACTERS = 200
"""Cut before Unicode normalisation, so that a chain of combining marks costs no more than a normal search."""

MAX_WORDS = 12
MAX_LETTERS = 40

_QUOTED = re.compile(r"[\"“”«»„]([^\"“”«»„]+)[\"“”«»„]")


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed, read: distinct words in order, and the phrases that must stand as they are."""

    text: str
    tokens: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.tokens)


def has_marks(token: str) -> bool:
    """Whether a word was typed with diacritics (đ counts)."""
    return fold(token) != token


def parse(text: str) -> Words:
    """Read what was typed. At most 200 characters, 12 distinct words of 40 letters; the rest is dropped silently."""
    cut = text[:MAX_CHARACTERS]
    tokens = tuple(dict.fromkeys(token[:MAX_LETTERS] for token in words(cut)))[:MAX_WORDS]
    phrases = (tuple(token[:MAX_LETTERS] for token in words(found)) for found in _QUOTED.findall(cut))
    allowed = set(tokens)
    kept = tuple(phrase for phrase in phrases if len(phrase) > 1 and allowed.issuperset(phrase))
    return Words(" ".join(cut.split()), tokens, kept)

"""Answers to pick from, as the form library wants them."""

from collections.abc import Iterable
from typing import Any

from wtforms.fields import choices as library

from marketplace.kit.i18n import Text


def tiles(pairs: Iterable[tuple[str, Text]]) -> list[Any]:
    """(value, words) as choices. The library's published types are older than its SelectChoice, hence the look-up by name."""
    choice = vars(library)["SelectChoice"]
    return [choice(value, words) for value, words in pairs]

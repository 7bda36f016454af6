"""Slips of the finger: every word one edit away from a typed one."""

from __future__ import annotations

from collections.abc import Iterator

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
SHORTEST, LONGEST = 3, 16


def one_edit(token: str) -> Iterator[str]:
    """Folded forms one deletion, swap of neighbours, replacement or insertion away; nothing for very short words."""
    if not SHORTEST <= len(token) <= LONGEST:
        return
    for at in range(len(token) + 1):
        head, tail = token[:at], token[at:]
        if tail:
            yield head + tail[1:]
            if len(tail) > 1:
                yield head + tail[1] + tail[0] + tail[2:]
        for letter in _ALPHABET:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]

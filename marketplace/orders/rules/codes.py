"""Order codes: six random digits and one check digit, easy to read over the telephone."""

import secrets
from collections.abc import Callable

_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
"""Damm's quasigroup of order 10 (2004): finds every wrong digit and every swap of neighbours."""


def check_digit(digits: str) -> str:
    """The digit that makes the run of digits come out at zero."""
    state = 0
    for digit in digits:
        state = int(_DAMM[state][int(digit)])
    return str(state)


def order_code(draw: Callable[[int], int] = secrets.randbelow) -> str:
    """A new code, random so that nobody reads a stall's sales from it. May clash: the table has it unique."""
    digits = f"{draw(1_000_000):06d}"
    return digits + check_digit(digits)


def read_code(text: str) -> str | None:
    """The code in what somebody typed (`123 4567`, `#1234567`), or None when it cannot be one."""
    digits = "".join(c for c in text if c.isascii() and c.isdigit())
    if len(digits) != 7 or check_digit(digits[:6]) != digits[6]:
        return None
    return digits


def show_code(code: str) -> str:
    """`123 4567`: in two groups, as it is read aloud."""
    return f"{code[:3]} {code[3:]}"

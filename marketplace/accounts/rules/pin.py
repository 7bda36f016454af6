"""The PIN that guards taps about money: six digits that neighbours would not guess in five tries."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from marketplace.accounts.rules.codes import code_typed
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import Text, lazy

PIN_DIGITS = 6
PIN_TRIES = 5
"""Wrong ones in a row; then only a code to the telephone helps."""
PIN_OPEN = timedelta(minutes=30)
"""So long after typing it the same browser is not asked again: an evening of matching transfers is one typing."""


class BadPin(BadInput):
    """Not six digits, or six that everybody tries first."""

    message = lazy("Mã PIN này dễ đoán: không dùng ngày sinh, số điện thoại, số lặp lại hay số liền nhau.")

    def __init__(self, message: Text | None = None) -> None:
        super().__init__(message, field="pin")


@dataclass(frozen=True, slots=True)
class PinRight:
    """The PIN was right, or is set."""


@dataclass(frozen=True, slots=True)
class PinWrong:
    """It was not; `left` more tries, 0 when only a code to the telephone helps."""

    left: int


def check_pin(text: str, *, phone: str) -> str:
    """The six digits. Refuses (BadPin): others; repeated or running digits; a day of birth; a piece of one's own number."""
    pin = code_typed(text)
    if not re.fullmatch(r"[0-9]{6}", pin):
        raise BadPin(lazy("Mã PIN gồm 6 số. Ví dụ: 482 109"))
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    if steps in ({0}, {1}, {9}) or len(set(pin)) < 3 or pin[:3] == pin[3:] or pin[:2] == pin[2:4] == pin[4:]:
        raise BadPin
    if _is_day(pin) or pin in phone:
        raise BadPin
    return pin


def _is_day(pin: str) -> bool:
    """`150664` is 15/6/1964, and `640615` the same day written backwards."""
    first, second, third = (int(pin[at : at + 2]) for at in (0, 2, 4))
    return any(_exists(day, second) for day in (first, third))


def _exists(day: int, month: int) -> bool:
    try:
        date(2024, month, day)  # a leap year: 29/2 is somebody's birthday
    except ValueError:
        return False
    return True

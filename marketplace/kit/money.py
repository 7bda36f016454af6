"""Whole dong: reading them as people type them, showing them as people write them, sharing them without losing one."""

import re
from collections.abc import Sequence
from typing import NewType

Dong = NewType("Dong", int)

MOST = Dong(499_999_999)
"""One NAPAS247 transfer is below 500,000,000 VND (NAPAS QR v1.0, 09/2021, §8.1.1)."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_UNITS = ("", "nghìn", "triệu", "tỷ")
_THOUSAND = re.compile(r"^(\d{1,6})(?:[.,](\d{1,3}))?\s*(k|nghìn|ngàn|nghin|ngan)$", re.ASCII)
_MILLION = re.compile(r"^(\d{1,3})(?:[.,](\d{1,3}))?\s*(tr|triệu|trieu|củ)$", re.ASCII)
_PLAIN = re.compile(r"^\d{1,3}(?:[ .,]\d{3})+$|^\d{1,12}$", re.ASCII)


class BadMoney(ValueError):
    """The text is not a sum of money that can be read without guessing."""


def parse_dong(text: str) -> Dong:
    """Dong from `120.000`, `120000 ₫`, `120k`, `120 nghìn`, `1,2 triệu`. Raises BadMoney for anything to guess at."""
    cleaned = re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip().lower()
    cleaned = re.sub(r"\s*(₫|đồng|dong|vnđ|vnd|đ|d)\.?$", "", cleaned)
    for pattern, unit in ((_THOUSAND, 1_000), (_MILLION, 1_000_000)):
        if found := pattern.match(cleaned):
            whole, part = found.group(1), (found.group(2) or "")
            return Dong(int(whole) * unit + int(part.ljust(3, "0") or 0) * unit // 1_000)
    if not _PLAIN.match(cleaned):
        raise BadMoney(text)
    return Dong(int(re.sub(r"\D", "", cleaned)))


def show_dong(amount: int) -> str:
    """`120.000 ₫`, with a no-break space before the sign."""
    return f"{amount:,}".replace(",", ".") + "\u00a0₫"


def _below_thousand(number: int, *, full: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words: list[str] = []
    if hundreds or full:
        words += [_DIGITS[hundreds], "trăm"]
    if tens > 1:
        words += [_DIGITS[tens], "mươi"]
    elif tens == 1:
        words.append("mười")
    elif ones and words:
        words.append("lẻ")
    if ones == 1 and tens > 1:
        words.append("mốt")
    elif ones == 5 and tens:
        words.append("lăm")
    elif ones:
        words.append(_DIGITS[ones])
    return words


def in_words(amount: int) -> str:
    """`một trăm hai mươi nghìn đồng`: how the sum is read aloud. Up to 999 tỷ."""
    if amount == 0:
        return "không đồng"
    groups: list[int] = []
    while amount:
        amount, group = divmod(amount, 1_000)
        groups.append(group)
    words: list[str] = []
    for index in range(len(groups) - 1, -1, -1):
        if groups[index]:
            words += _below_thousand(groups[index], full=index < len(groups) - 1)
            words += [_UNITS[index]] if _UNITS[index] else []
    return " ".join([*words, "đồng"])


_ENGLISH = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_ENGLISH_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ENGLISH_UNITS = ("", " thousand", " million", " billion")


def _english_below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    small = _ENGLISH[rest] if rest < 20 else _ENGLISH_TENS[tens - 2] + (f"-{_ENGLISH[ones]}" if ones else "")
    parts = [f"{_ENGLISH[hundreds]} hundred"] if hundreds else []
    return " and ".join([*parts, small] if rest else parts)


def in_english_words(amount: int) -> str:
    """`one hundred and twenty thousand dong`. Up to 999 billion."""
    if amount == 0:
        return "zero dong"
    parts: list[str] = []
    for unit in _ENGLISH_UNITS:
        amount, group = divmod(amount, 1_000)
        if group:
            parts.insert(0, _english_below_thousand(group) + unit)
    return ", ".join(parts) + " dong"


def split(total: int, weights: Sequence[int]) -> list[Dong]:
    """Share `total` by `weights` with largest remainder, ties by position: parts >= 0, their sum is exactly `total`."""
    whole = sum(weights)
    if whole <= 0 or total < 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must be non-negative with a positive sum, total non-negative")
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return [Dong(part) for part in parts]

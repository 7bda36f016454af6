"""Words typed with the Vietnamese keyboard switched off: `chef` (Telex) and `che2` (VNI) are both "chè"."""

from __future__ import annotations

import unicodedata

from marketplace.kit.text import normalise

_TONES = {"f": "\u0300", "s": "\u0301", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_TONE_DIGITS = {"2": "\u0300", "1": "\u0301", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_HATS = {"a": "â", "e": "ê", "o": "ô"}
_HORNS = {"a": "ă", "o": "ơ", "u": "ư"}
_MARKED = frozenset("âêôăơư")
_VOWELS = frozenset("aeiouy") | _MARKED
_LONGEST = 14


def _last(letters: list[str], wanted: str) -> int | None:
    return next((i for i in range(len(letters) - 1, -1, -1) if letters[i] in wanted), None)


def _hat(letters: list[str], vowel: str) -> bool:
    at = _last(letters, vowel)
    if at is None:
        return False
    letters[at] = _HATS[vowel]
    return True


def _horn(letters: list[str], wanted: str) -> bool:
    at = _last(letters, wanted)
    if at is None:
        return False
    if letters[at] == "o" and at > 0 and letters[at - 1] == "u":
        letters[at - 1] = "ư"  # "uow" and "uo7" are both ươ
    letters[at] = _HORNS[letters[at]]
    return True


def _bar(letters: list[str]) -> bool:
    if letters and letters[0] == "d":
        letters[0] = "đ"
        return True
    return False


def _telex_letter(letters: list[str], letter: str) -> bool:
    """Whether the letter was a sign of Telex and has been applied."""
    if letter in _HATS:
        return _hat(letters, letter)
    if letter == "d":
        return _bar(letters)
    if letter == "w":
        if not _horn(letters, "aou"):
            letters.append("ư")
        return True
    return False


def _vni_digit(letters: list[str], digit: str) -> bool:
    if digit == "6":
        at = _last(letters, "aeo")
        return at is not None and _hat(letters, letters[at])
    if digit == "7":
        return _horn(letters, "ou")
    if digit == "8":
        return _horn(letters, "a")
    return digit == "9" and _bar(letters)


def _place_of_tone(letters: list[str]) -> int | None:
    """The vowel that carries the tone: a marked one, else the last before a final consonant, else the first or middle."""
    vowels = [i for i, letter in enumerate(letters) if letter in _VOWELS]
    onset = "".join(letters[:2])
    if len(vowels) > 1 and (onset == "qu" or (onset == "gi" and vowels[0] == 1)):
        vowels = vowels[1:]
    marked = [i for i in vowels if letters[i] in _MARKED]
    if marked:
        return marked[-1]
    if not vowels:
        return None
    if vowels[-1] < len(letters) - 1:
        return vowels[-1]
    return vowels[0] if len(vowels) < 3 else vowels[1]


def decode(token: str) -> str | None:
    """The word meant by Telex or VNI codes, normalised; None when the token holds no code. Tone last or inline."""
    if len(token) > _LONGEST or not token.isascii():
        return None
    letters: list[str] = []
    tone = ""
    for letter in token:
        seen_vowel = any(one in _VOWELS for one in letters)
        if seen_vowel and (found := _TONES.get(letter) or _TONE_DIGITS.get(letter)):
            tone = found
        elif not (_vni_digit if letter.isdigit() else _telex_letter)(letters, letter):
            letters.append(letter)
    letters = list("".join(letters).replace("ưo", "ươ"))  # "nuwoc": one w serves both vowels
    if tone:
        at = _place_of_tone(letters)
        if at is None:
            return None
        letters[at] += tone
    word = normalise(unicodedata.normalize("NFC", "".join(letters)))
    return word if word != token else None

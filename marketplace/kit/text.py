"""Vietnamese text as the market compares it: one normalisation for data, index and query."""

import re
import secrets
import unicodedata
from itertools import product

# Crockford's base32: without i, l, o and u no character can be mistaken for another, spoken or printed.
KEY_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"

_INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
_LETTER = r"[^\W\d_]"
_APOSTROPHES = re.compile(rf"(?<={_LETTER})['’‘ʼʹ′`´＇]+(?={_LETTER})")
_WORD = re.compile(r"[^\W_]+")
# Control characters that are not space: no key makes them, and a terminal or a spreadsheet obeys some of them.
_CONTROL = "".join(c for c in map(chr, (*range(32), *range(127, 160))) if not c.isspace())
# What turns the direction of everything behind it: "gói\u202egnol" shows another text than the one that was checked.
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Eth and the African D look like Đ on screen and come from old keyboards and from copied PDF text.
_CLEAN = str.maketrans("ÐðƉɖ", "ĐđĐđ", _INVISIBLE + _CONTROL)
_ASCII_CLEAN = str.maketrans("", "", _CONTROL)
_HARMFUL = str.maketrans("", "", _TURNING + _CONTROL.replace("\0", ""))
_TONES = "\u0300\u0301\u0309\u0303\u0323"

MOST_DIGITS = 18  # what fits a column of 64 bits


def _compose(letter: str, tone: str) -> str:
    return unicodedata.normalize("NFC", letter + tone)


def _tone_moves() -> dict[str, str]:
    """'oà' -> 'òa' for the three vowel pairs that are written both ways, in every case of letters."""
    pairs = [cased for pair in ("oa", "oe", "uy") for cased in product(*((c, c.upper()) for c in pair))]
    return {a + _compose(b, tone): _compose(a, tone) + b for (a, b), tone in product(pairs, _TONES)}


def _swapped_ending(old: str, new: str) -> dict[str, str]:
    """'í' -> 'ý' (or back) with every tone and without one, in both cases."""
    return {
        _compose(a, tone): _compose(b, tone)
        for a, b in ((old, new), (old.upper(), new.upper()))
        for tone in ("", *_TONES)
    }


def _bare_letters() -> dict[int, str]:
    """Every composed letter of Vietnamese to the letter under its marks."""
    shapes = {"a": "aăâ", "e": "eê", "i": "i", "o": "oôơ", "u": "uư", "y": "y"}
    letters = {
        _compose(shape, tone): base for base, marked in shapes.items() for shape in marked for tone in ("", *_TONES)
    } | {"đ": "d"}
    return str.maketrans(letters | {shape.upper(): base.upper() for shape, base in letters.items()})


_BARE_LETTERS = _bare_letters()
_MOVES = _tone_moves()
_TO_I, _TO_Y = _swapped_ending("y", "i"), _swapped_ending("i", "y")
# The guards behind the first letter look back over it: a pattern that starts with a letter is searched much faster.
_TONE_AT_END = re.compile(rf"(?:{'|'.join(_MOVES)})(?<![qQ]..)(?!{_LETTER})")
_Y_SYLLABLE = re.compile(rf"([hklmstHKLMST])(?<!{_LETTER}.)([{''.join(_TO_I)}])(?!{_LETTER})")
_QUI_SYLLABLE = re.compile(rf"([qQ])(?<!{_LETTER}.)([uU][{''.join(_TO_Y)}])(?!{_LETTER})")


def nfc(text: str) -> str:
    """What a person typed, with composed letters, nothing invisible and single spaces. Safe to store and show."""
    if text.isascii():
        return " ".join((text if text.isprintable() else text.translate(_ASCII_CLEAN)).split())
    return " ".join(unicodedata.normalize("NFC", text.translate(_CLEAN)).split())


def harmless(text: str) -> str:
    """A text as it came, spaces and line breaks kept, without control characters and without what turns its direction.

    NUL stays, to be refused: it comes from a machine that tries something, never from a person.
    """
    return text if text.isprintable() else text.translate(_HARMFUL)


def _one_spelling(text: str) -> str:
    text = _Y_SYLLABLE.sub(lambda m: m[1] + _TO_I[m[2]], text)
    return _QUI_SYLLABLE.sub(lambda m: m[1] + m[2][0] + _TO_Y[m[2][1]], text)


def normalise(text: str) -> str:
    """One spelling for words that are written two ways: hoà/hòa, thuỷ/thủy, kỹ/kĩ, quí/quý, H'Mông/HMông.

    Keeps case and diacritics. For comparing only, never for showing: "Mỹ Tho" becomes "Mĩ Tho".
    """
    joined = _APOSTROPHES.sub("", nfc(text))
    toned = _TONE_AT_END.sub(lambda m: _MOVES[m[0]], joined)
    return unicodedata.normalize("NFC", _one_spelling(toned))


def plain(text: str) -> str:
    """Text without diacritics, letters otherwise as they are: "Đặng Thị Mỹ" -> "Dang Thi My" (bank memos, slugs)."""
    return _bare(nfc(text))


def _bare(composed: str) -> str:
    bare = composed.translate(_BARE_LETTERS)
    if bare.isascii():  # Vietnamese always is by now; the slow way is for everything else that people paste
        return bare
    split = unicodedata.normalize("NFD", bare)
    return unicodedata.normalize("NFC", "".join(c for c in split if not unicodedata.combining(c)))


def fold(text: str) -> str:
    """The key under which text is found without diacritics: "Chè lam" -> "che lam", "Mỹ Tho" -> "mi tho".

    `fold(plain(x)) == fold(x)`: what is typed without diacritics meets what was written with them.
    """
    return _one_spelling(_bare(_APOSTROPHES.sub("", nfc(text)).lower()).lower())


def words(text: str) -> list[str]:
    """The words of a text, normalised and lower-case, digits kept with their letters: "Gạo ST25!" -> gạo, st25."""
    return _WORD.findall(normalise(text).lower())


def whole(text: str) -> int | None:
    """The number a machine wrote with 1 to 18 plain digits, else None: `²` and ٣ are digits to Python, and not to us."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def slugify(text: str, limit: int = 60) -> str:
    """Lower-case a-z, 0-9 and single hyphens, cut at a word; may be empty when nothing of the text is left."""
    parts = re.findall(r"[a-z0-9]+", plain(_APOSTROPHES.sub("", nfc(text))).lower())
    slug = ""
    for part in parts:
        longer = f"{slug}-{part}" if slug else part[:limit]
        if len(longer) > limit:
            break
        slug = longer
    return slug


def random_key(length: int = 6) -> str:
    """A key nobody can guess the neighbour of: 5 bits a character, readable over the telephone."""
    return "".join(secrets.choice(KEY_ALPHABET) for _ in range(length))

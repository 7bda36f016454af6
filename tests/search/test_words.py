"""How words are read: the grammar, the codes of a switched-off keyboard, slips of the finger."""

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kit.text import fold, words
from marketplace.search.rules.grammar import MAX_LETTERS, MAX_WORDS, parse
from marketplace.search.rules.ranking import index_words
from marketplace.search.rules.slips import one_edit
from marketplace.search.rules.telex import decode

DATA = Path(__file__).parent / "data" / "products.csv"
TONES = {"\u0300": "f2", "\u0301": "s1", "\u0309": "r3", "\u0303": "x4", "\u0323": "j5"}
MARKS = {"â": "aa a6", "ê": "ee e6", "ô": "oo o6", "ă": "aw a8", "ơ": "ow o7", "ư": "uw u7", "đ": "dd d9"}


def _real_words() -> list[str]:
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {word for row in rows for word in words(f"{row['name']} {row['craft_village']}")}
    return sorted(word for word in found if fold(word) != word)


def _typed(word: str, code: int) -> str:
    """A word as it comes out of a keyboard that is off: Telex (0) or VNI (1), the tone last."""
    tone, letters = "", ""
    for letter in word:
        for part in unicodedata.normalize("NFD", letter):
            if part in TONES:
                tone = TONES[part][code]
        bare = "".join(c for c in unicodedata.normalize("NFD", letter) if c not in TONES)
        plain = unicodedata.normalize("NFC", bare)
        letters += MARKS[plain].split()[code] if plain in MARKS else plain
    return letters + tone


@pytest.mark.parametrize("code", [0, 1])
def test_every_real_word_typed_with_the_keyboard_off_is_restored(code):
    missed = [word for word in _real_words() if decode(_typed(word, code)) != word]
    assert missed == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chef", "chè"), ("mieens", "miến"), ("nuwowcs", "nước"), ("mawms", "mắm"), ("ruwowuj", "rượu"), ("khamr", "khảm"),
        ("che2", "chè"), ("mie6n1", "miến"), ("d9u7o7ng2", "đường"), ("nuwocs", "nước"), ("dduwowngf", "đường"),
        ("gioof", "giồ"), ("gios", "gió"), ("quyf", "quỳ"), ("hoaf", "hòa"), ("thuyr", "thủy"),
    ],
)  # fmt: skip
def test_codes_of_telex_and_vni(typed, meant):
    assert decode(typed) == meant


@pytest.mark.parametrize("word", ["lam", "ong", "st", "tr", "", "chè", "x" * 60])
def test_words_without_codes_are_left_alone(word):
    assert decode(word) is None


@given(st.text(max_size=30))
def test_decoding_never_fails(text):
    decode(text)


@given(st.text())
def test_whatever_is_typed_stays_within_the_limits(text):
    asked = parse(text)
    assert len(asked.tokens) <= MAX_WORDS
    assert all(0 < len(token) <= MAX_LETTERS for token in asked.tokens)
    assert len(set(asked.tokens)) == len(asked.tokens)


def test_only_words_and_phrases_have_a_meaning():
    assert parse('NOT chè OR (lam*) [a TO z] "đại đồng"~2').tokens == (
        "not", "chè", "or", "lam", "a", "to", "z", "đại", "đồng", "2",
    )  # fmt: skip
    assert parse('"đại đồng" lẻ " một"').phrases == (("đại", "đồng"),)


def test_a_phrase_in_curly_quotation_marks_is_a_phrase():
    assert parse("“chè lam”").phrases == (("chè", "lam"),)


def test_letters_with_numbers_are_kept_together_and_apart():
    assert set(index_words("Gạo ST25")) == {"gạo", "st25", "st", "25"}
    assert "st25" in index_words("Gạo ST 25")


def test_one_edit_reaches_every_kind_of_slip():
    near = set(one_edit("mien"))
    assert {"mie", "miien", "mien", "mein", "tien", "miens"} <= near
    assert list(one_edit("ab")) == []

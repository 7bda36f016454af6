"""Text: what is typed one way meets what was written another way."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kit.text import KEY_ALPHABET, fold, harmless, nfc, normalise, plain, random_key, slugify, whole, words


@pytest.mark.parametrize(
    ("written", "one_spelling"),
    [
        ("hoà", "hòa"),
        ("HOÀ BÌNH", "HÒA BÌNH"),
        ("Thuỷ", "Thủy"),
        ("khoẻ", "khỏe"),
        ("Uý", "Úy"),
        ("quí", "quý"),
        ("Quĩ", "Quỹ"),
        ("qui nhon", "quy nhon"),
        ("quả", "quả"),
        ("hoàn", "hoàn"),
        ("khuỷu", "khuỷu"),
        ("mỳ", "mì"),
        ("kỹ thuật", "kĩ thuật"),
        ("My Tho", "Mi Tho"),
        ("tây", "tây"),
        ("may", "may"),
        ("H'Mông", "HMông"),
        ("Đắk R’lấp", "Đắk Rlấp"),
        ("Ðà Nẵng", "Đà Nẵng"),
        ("chè\u200b  lam\u00a0", "chè lam"),
        (unicodedata.normalize("NFD", "bưởi"), "bưởi"),
    ],
)
def test_a_word_written_two_ways_has_one_spelling(written: str, one_spelling: str) -> None:
    assert normalise(written) == one_spelling


@pytest.mark.parametrize(
    ("text", "key"),
    [("Chè lam", "che lam"), ("ĐẠI ĐỒNG", "dai dong"), ("Mỹ Tho", "mi tho"), ("H'Mông", "hmong"), ("Quý", "quy")],
)
def test_folding_drops_case_and_diacritics(text: str, key: str) -> None:
    assert fold(text) == key


def test_plain_keeps_letters_for_bank_memos() -> None:
    assert plain("Đặng Thị Mỹ") == "Dang Thi My"


def test_nfc_keeps_what_the_person_wrote() -> None:
    assert nfc("  Mỹ\u200b Tho ’quê’ ") == "Mỹ Tho ’quê’"


def test_words_keep_digits_with_their_letters() -> None:
    assert words("Gạo ST25 (túi 5 kg), Hoà An!") == ["gạo", "st25", "túi", "5", "kg", "hòa", "an"]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Chè lam Đại Đồng", "che-lam-dai-dong"),
        ("Xã Mỹ Tho", "xa-my-tho"),
        ("Krông A'Na", "krong-ana"),
        ("— ★ —", ""),
        ("a" * 80, "a" * 60),
        ("mot " * 40, "-".join(["mot"] * 15)),
    ],
)
def test_slugs_are_short_and_plain(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_keys_use_letters_that_cannot_be_confused() -> None:
    key = random_key(2000)
    assert len(key) == 2000
    assert set(key) <= set(KEY_ALPHABET)
    assert not set("ilou") & set(KEY_ALPHABET)
    assert random_key(8) != random_key(8)


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    for step in (nfc, normalise, plain, fold):
        assert step(step(text)) == step(text)


@given(st.text(alphabet=st.sampled_from("aàáăâeèêiìíoòôơuùúưyỳýđqhkmtsl 'ẹ")))
def test_text_without_diacritics_meets_text_with_them(text: str) -> None:
    assert fold(plain(text)) == fold(text)
    assert fold(normalise(text)) == fold(text)


@given(st.text())
def test_slugs_hold_only_safe_characters(text: str) -> None:
    assert all(c.isascii() and (c.isalnum() or c == "-") for c in slugify(text))


@pytest.mark.parametrize("text", ["g\u00f3i\x00", "g\u202e\u00f3i\u2069", "g\x1b\u00f3i\x07", "g\u00f3\x9bi"])
def test_nothing_that_cannot_be_seen_is_kept(text: str) -> None:
    assert nfc(text) == "gói"


def test_plain_letters_lose_control_characters_too() -> None:
    assert nfc("a\x00b\x7f\x1b c\td") == "ab c d"


def test_what_arrives_keeps_its_spaces_and_lines_and_loses_what_turns_it_around() -> None:
    assert harmless("g\u202e\u00f3i \x07 1\r\n\tg\u00f3i\u2066 2") == "gói  1\r\n\tgói 2"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0", 0), ("007", 7), ("9" * 18, 10**18 - 1), ("9" * 19, None), ("9" * 5_000, None), ("", None)]
    + [(odd, None) for odd in ("-1", "+1", " 1", "1.0", "1_0", "²", "٣", "x")],
)
def test_only_plain_digits_that_a_column_holds_are_a_number(typed: str, number: int | None) -> None:
    assert whole(typed) == number

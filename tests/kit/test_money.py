"""Money is whole dong, read as people type it, shared without losing one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kit.money import BadMoney, in_words, parse_dong, show_dong, split


@pytest.mark.parametrize(
    ("text", "dong"),
    [
        ("120.000", 120_000),
        ("120000", 120_000),
        ("120,000 đ", 120_000),
        ("120 000 ₫", 120_000),
        ("120.000đồng", 120_000),
        ("120k", 120_000),
        ("120 nghìn", 120_000),
        ("1,5k", 1_500),
        ("1,2 triệu", 1_200_000),
        ("2tr", 2_000_000),
    ],
)
def test_a_sum_is_read_as_people_type_it(text: str, dong: int) -> None:
    assert parse_dong(text) == dong


@pytest.mark.parametrize("text", ["", "1,25", "1250000.5", "12O000", "-5", "mười nghìn", "1.2.3", "1e5", "120.00", "٣"])
def test_what_would_have_to_be_guessed_at_is_refused(text: str) -> None:
    with pytest.raises(BadMoney):
        parse_dong(text)


@given(st.integers(1, 999_999_999))
def test_what_is_shown_is_read_back(amount: int) -> None:
    assert parse_dong(show_dong(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "không đồng"),
        (15_000, "mười lăm nghìn đồng"),
        (21_000, "hai mươi mốt nghìn đồng"),
        (105_000, "một trăm lẻ năm nghìn đồng"),
        (120_000, "một trăm hai mươi nghìn đồng"),
        (1_005_000, "một triệu không trăm lẻ năm nghìn đồng"),
    ],
)
def test_a_sum_is_read_aloud(amount: int, words: str) -> None:
    assert in_words(amount) == words


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**7), min_size=1, max_size=12).filter(any))
def test_shares_are_never_negative_and_add_up(total: int, weights: list[int]) -> None:
    parts = split(total, weights)
    assert sum(parts) == total
    assert all(part >= 0 for part in parts)
    assert parts == split(total, weights)


def test_a_no_break_space_stands_before_the_sign() -> None:
    assert show_dong(120_000) == "120.000\u00a0₫"

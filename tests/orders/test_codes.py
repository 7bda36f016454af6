"""Order codes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.orders.rules import order_code, read_code, show_code

numbers = st.integers(0, 999_999)


def made(number: int) -> str:
    return order_code(lambda _most: number)


def test_the_published_example_of_damm_comes_out() -> None:
    assert made(572).endswith("4")
    assert made(572) == "0005724"


@given(numbers)
def test_a_code_is_seven_digits_and_read_back_as_people_type_it(number: int) -> None:
    code = made(number)
    assert len(code) == 7
    assert read_code(f" #{show_code(code)} ") == code


@given(numbers, st.integers(0, 6), st.integers(1, 9))
def test_every_wrong_digit_is_found(number: int, at: int, by: int) -> None:
    code = made(number)
    assert read_code(code[:at] + str((int(code[at]) + by) % 10) + code[at + 1 :]) is None


@given(numbers)
def test_every_swap_of_neighbours_is_found(number: int) -> None:
    code = made(number)
    for at, (one, other) in enumerate(pairwise(code)):
        if one != other:
            assert read_code(code[:at] + other + one + code[at + 2 :]) is None


@pytest.mark.parametrize("text", ["", "123", "12345678", "abcdefg", "١٢٣٤٥٦٧"])
def test_other_things_are_no_codes(text: str) -> None:
    assert read_code(text) is None

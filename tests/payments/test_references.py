"""References in bank memos."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.payments.rules import new_reference, show_reference, valid_reference

numbers = st.integers(0, 9_999_999)


def made(number: int) -> str:
    return new_reference(lambda _most: number)


@given(numbers)
def test_every_reference_is_thirteen_characters_and_valid(number: int) -> None:
    reference = made(number)
    assert len(reference) == 13
    assert valid_reference(reference)


def test_it_is_shown_in_groups() -> None:
    assert show_reference("OCOP482109304") == "OCOP 482 109 304"


@given(numbers, st.integers(0, 8), st.integers(1, 9))
def test_every_wrong_digit_is_found(number: int, position: int, by: int) -> None:
    reference = made(number)
    at = 4 + position
    wrong = reference[:at] + str((int(reference[at]) + by) % 10) + reference[at + 1 :]
    assert not valid_reference(wrong)


@given(numbers)
def test_every_swap_of_neighbours_is_found(number: int) -> None:
    reference = made(number)
    for at, (one, other) in enumerate(pairwise(reference[4:]), 4):
        if one != other:
            assert not valid_reference(reference[:at] + other + one + reference[at + 2 :])


@pytest.mark.parametrize(
    "text", ["", "OCOP", "OCOP12345678", "ocop482109304", "OCOP 482109304", "OCOPx82109304", "XCOP482109304"]
)
def test_other_shapes_are_no_references(text: str) -> None:
    assert not valid_reference(text)


def test_two_references_differ() -> None:
    assert len({new_reference() for _ in range(200)}) > 195

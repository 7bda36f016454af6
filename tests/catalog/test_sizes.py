"""Which stored width a place takes."""

import pytest

from marketplace.catalog.rules import nearest

STORED = {"160": "a", "320": "b", "1200": "c"}


@pytest.mark.parametrize(("wanted", "key"), [(1, "a"), (160, "a"), (161, "b"), (320, "b"), (480, "c"), (2000, "c")])
def test_the_smallest_that_is_wide_enough_else_the_widest(wanted: int, key: str) -> None:
    """Widths are compared as numbers, not as text."""
    assert nearest(STORED, wanted) == key


def test_nothing_stored_gives_nothing() -> None:
    """A photo that is still being decoded."""
    assert nearest({}, 320) == ""

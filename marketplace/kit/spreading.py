"""Waiting a different while each time, so that those who failed together do not come again together. Hides nothing."""

import random


def between(least: float, most: float) -> float:
    """A number of seconds between the two."""
    return random.uniform(least, most)  # noqa: S311 - nobody gains anything by guessing it

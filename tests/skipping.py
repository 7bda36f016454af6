"""Skips are loud, and where everything can be had they are failures."""

import os
from typing import NoReturn

import pytest


def skip_loudly(reason: str) -> NoReturn:
    """Skip, or fail where EVERYTHING_RUNS is set."""
    if os.environ.get("EVERYTHING_RUNS"):
        pytest.fail(f"nothing may be skipped here, but: {reason}")
    print(f"\n*** NOT TESTED: {reason} ***")
    pytest.skip(reason)

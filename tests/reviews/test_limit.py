"""One network address does not write opinion after opinion."""

import pytest

from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.kit.errors import TooMany
from marketplace.reviews.actions import _hold_back
from tests.market import MarketUnderTest


@db.action
def _held_back(actor: Actor, address: str) -> None:
    _hold_back(address)


def test_the_eleventh_opinion_from_one_address_waits(market: MarketUnderTest) -> None:
    nobody = Actor.stranger()
    for _ in range(10):
        with market.unit():
            _held_back(nobody, "203.0.113.9")
    with market.unit(), pytest.raises(TooMany):
        _held_back(nobody, "203.0.113.9")
    with market.unit():
        _held_back(nobody, "203.0.113.10")

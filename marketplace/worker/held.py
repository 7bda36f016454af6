"""In a held market: asking the world outside what it knows since the backup, for the operator's page."""

from collections.abc import Callable, Mapping
from typing import Any

from marketplace.kit import db, holding, outbox
from marketplace.kit.actor import Actor
from marketplace.kit.holding import Review
from marketplace.payments import actions as payments

REVIEWS: dict[str, Review] = {**payments.REVIEWS}
"""Heading -> what asks one outside system. A room that calls outside adds its own here."""


@db.action
def order_reviews(actor: Actor) -> None:  # noqa: ARG001 - timers take an actor
    """While the market is held, ask once for each heading."""
    held = holding.current()
    for heading in REVIEWS if held else ():
        assert held is not None
        outbox.add("held.review", dedup=f"held.review:{held.id}:{held.began_at}:{heading}", heading=heading)


def review(payload: Mapping[str, Any], key: str) -> None:  # noqa: ARG001 - handlers get both
    """Ask one outside system, and put what it answered before the operator."""
    with db.unit():
        held = holding.current()
        since = held.copied_at if held else None
    if since is None or payload["heading"] not in REVIEWS:
        return
    found = REVIEWS[payload["heading"]](since)
    with db.unit():
        holding.note(Actor.system("review"), payload["heading"], found)


OUTBOX: dict[str, Callable[[Mapping[str, Any], str], None]] = {"held.review": review}

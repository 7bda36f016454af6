"""The life of an order: every move that is allowed, and no other."""

import pytest

from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import AlreadyDecided, NotAllowed
from marketplace.orders.rules import ORDER_MOVES, OrderState, Way, way_allows

S = OrderState
SELLER = {ActorKind.PRODUCER, ActorKind.HELPER}
BUYER = {ActorKind.BUYER}

ALLOWED = {
    ("accept", S.PLACED): (S.ACCEPTED, SELLER),
    ("ready", S.ACCEPTED): (S.READY, SELLER),
    ("hand_over", S.READY): (S.HANDED_OVER, SELLER),
    ("collected", S.READY): (S.DELIVERED, SELLER | BUYER),
    ("delivered", S.HANDED_OVER): (S.DELIVERED, SELLER | BUYER),
    ("expire", S.PLACED): (S.EXPIRED, {ActorKind.SYSTEM}),
    ("revive", S.EXPIRED): (S.PLACED, SELLER | BUYER | {ActorKind.GATEWAY}),
    ("cancel", S.PLACED): (S.CANCELLED, BUYER),
    ("cannot_make", S.PLACED): (S.CANCELLED, SELLER),
    ("cannot_make", S.ACCEPTED): (S.CANCELLED, SELLER),
    ("cannot_make", S.READY): (S.CANCELLED, SELLER),
    ("refused", S.HANDED_OVER): (S.CANCELLED, SELLER),
}

EVERY = [(verb, state, kind) for verb in ORDER_MOVES.moves for state in OrderState for kind in ActorKind]


@pytest.mark.parametrize(("verb", "state", "kind"), EVERY)
def test_exactly_these_moves_are_allowed_to_exactly_these_people(verb: str, state: OrderState, kind: ActorKind) -> None:
    target, people = ALLOWED.get((verb, state), (None, set()))
    actor = Actor(kind)
    assert ORDER_MOVES.may(state, verb, actor) == (kind in people)
    if kind in people:
        assert ORDER_MOVES.check(state, verb, actor) is target
    else:
        with pytest.raises((NotAllowed, AlreadyDecided)):
            ORDER_MOVES.check(state, verb, actor)


def test_a_parcel_goes_through_a_carrier_and_a_fetched_order_does_not() -> None:
    assert [verb for verb in ORDER_MOVES.moves if not way_allows(verb, Way.SHIP)] == ["collected"]
    assert [verb for verb in ORDER_MOVES.moves if not way_allows(verb, Way.COLLECT)] == [
        "hand_over",
        "delivered",
        "refused",
    ]


def test_nothing_leaves_delivered_or_cancelled() -> None:
    left = {state for move in ORDER_MOVES.moves.values() for state in move.sources}
    assert left.isdisjoint({S.DELIVERED, S.CANCELLED})

"""The table of moves, exhaustively: every state, every verb, every kind of actor."""

import itertools

import pytest

from marketplace.catalog.rules import (
    EDITABLE,
    LIVE,
    PRODUCT_MOVES,
    ProductState,
    require_editable,
    require_price_and_stock,
    restore_verb,
)
from marketplace.catalog.rules.states import NotWhileLive, NotWhileSubmitted, NotWhileWithdrawn
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import NotAllowed, Refused

S, K = ProductState, ActorKind
MAKERS = {K.PRODUCER, K.HELPER}
OFFICE = {K.COORDINATOR, K.ADMIN, K.OPERATOR}

EXPECTED = {
    "submit": ({S.DRAFT, S.RETURNED}, S.SUBMITTED, MAKERS | {K.OPERATOR}),
    "take_back": ({S.SUBMITTED}, S.DRAFT, MAKERS),
    "approve": ({S.SUBMITTED}, S.ON_SALE, OFFICE),
    "send_back": ({S.SUBMITTED}, S.RETURNED, OFFICE),
    "pause": ({S.ON_SALE}, S.PAUSED, MAKERS | OFFICE),
    "resume": ({S.PAUSED}, S.ON_SALE, MAKERS | OFFICE),
    "withdraw": ({S.DRAFT, S.SUBMITTED, S.RETURNED, S.ON_SALE, S.PAUSED}, S.WITHDRAWN, MAKERS),
    "restore_draft": ({S.WITHDRAWN}, S.DRAFT, MAKERS),
    "restore_returned": ({S.WITHDRAWN}, S.RETURNED, MAKERS),
    "restore_on_sale": ({S.WITHDRAWN}, S.ON_SALE, MAKERS),
    "restore_paused": ({S.WITHDRAWN}, S.PAUSED, MAKERS),
}


def test_the_table_has_these_verbs_and_no_other() -> None:
    assert set(PRODUCT_MOVES.moves) == set(EXPECTED)


@pytest.mark.parametrize("verb", EXPECTED)
def test_a_verb_moves_only_from_its_states_and_only_by_its_actors(verb: str) -> None:
    sources, target, kinds = EXPECTED[verb]
    for state, kind in itertools.product(S, K):
        actor = Actor(kind)
        if state in sources and kind in kinds:
            assert PRODUCT_MOVES.check(state, verb, actor) is target
        else:
            with pytest.raises(Refused) as refused:
                PRODUCT_MOVES.check(state, verb, actor)
            assert isinstance(refused.value, NotAllowed) == (kind not in kinds)


def test_only_an_official_can_put_something_on_sale_for_the_first_time() -> None:
    into_sale = {verb for verb, move in PRODUCT_MOVES.moves.items() if move.target is S.ON_SALE}
    assert into_sale == {"approve", "resume", "restore_on_sale"}


def test_what_was_deleted_comes_back_where_it_was_but_never_as_waiting() -> None:
    for before in set(S) - {S.WITHDRAWN, S.APPLIED}:
        after = PRODUCT_MOVES.moves[restore_verb(before)].target
        assert after is (S.DRAFT if before is S.SUBMITTED else before)


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (S.SUBMITTED, NotWhileSubmitted),
        (S.ON_SALE, NotWhileLive),
        (S.PAUSED, NotWhileLive),
        (S.WITHDRAWN, NotWhileWithdrawn),
    ],
)
def test_a_product_that_is_not_being_written_refuses_in_its_own_words(state: S, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        require_editable(state)


def test_price_and_stock_change_while_written_and_while_live() -> None:
    for state in S:
        if state in EDITABLE | LIVE:
            require_price_and_stock(state)
        else:
            with pytest.raises(Refused):
                require_price_and_stock(state)

"""Money is what the facts say, in whatever order and however often they are told."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kit.money import Dong
from marketplace.payments.rules import (
    Fact,
    FactKind,
    MoneyState,
    Part,
    Share,
    hold_until,
    money,
    owed_back,
    share_state,
    shares,
    still_wanted,
)

PLACED = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
DUE = Dong(120_000)


def after(hours: float) -> datetime:
    return PLACED + timedelta(hours=hours)


def tap(hours: float, n: int = 0) -> Fact:
    return Fact("buyer", f"1:tap:{n}", FactKind.TAP, after(hours), DUE)


def not_seen(hours: float, n: int = 0) -> Fact:
    return Fact("producer", f"1:not_seen:{n}", FactKind.NOT_SEEN, after(hours))


def received(hours: float, amount: int = DUE, n: int = 0) -> Fact:
    return Fact("producer", f"1:received:{n}", FactKind.RECEIVED, after(hours), Dong(amount))


def withdrawn(hours: float, n: int = 0) -> Fact:
    return Fact("buyer", f"1:withdrawn:{n}", FactKind.CLAIM_WITHDRAWN, after(hours))


CASES = [
    ([], (MoneyState.WAITING, 0, 0), 24, None),
    ([tap(1)], (MoneyState.CLAIMED, 0, 120_000), None, 1),
    ([tap(1), not_seen(3)], (MoneyState.NOT_SEEN, 0, 0), 24, None),
    ([tap(20), not_seen(22)], (MoneyState.NOT_SEEN, 0, 0), 34, None),
    ([tap(20), not_seen(22), tap(30, 1)], (MoneyState.CLAIMED, 0, 120_000), None, 30),
    ([tap(20), not_seen(22), tap(30, 1), not_seen(31, 1)], (MoneyState.NOT_SEEN, 0, 0), 43, None),
    ([received(2)], (MoneyState.PAID, 120_000, 0), None, 2),
    ([tap(1), received(2)], (MoneyState.PAID, 120_000, 0), None, 1),
    ([received(2), tap(3)], (MoneyState.PAID, 120_000, 0), None, 2),
    ([received(2, 50_000)], (MoneyState.PART, 50_000, 0), None, None),
    ([tap(1), received(2, 50_000)], (MoneyState.CLAIMED, 50_000, 70_000), None, 1),
    ([tap(1), received(2, 50_000), not_seen(3)], (MoneyState.PART, 50_000, 0), None, None),
    ([received(2, 50_000), received(5, 70_000, 1)], (MoneyState.PAID, 120_000, 0), None, 5),
    ([received(2, 150_000)], (MoneyState.OVER, 150_000, 0), None, 2),
    ([tap(1), withdrawn(2)], (MoneyState.NOT_SEEN, 0, 0), 24, None),
]


@pytest.mark.parametrize(("facts", "sums", "ends", "since"), CASES)
def test_the_facts_amount_to_this(
    facts: list[Fact], sums: tuple[MoneyState, int, int], ends: float | None, since: float | None
) -> None:
    known = money(facts, DUE)
    assert (known.state, known.received, known.claimed) == sums
    assert hold_until(PLACED, known) == (after(ends) if ends is not None else None)
    assert known.since == (after(since) if since is not None else None)


hours = st.floats(0, 72)
some_facts = st.lists(
    st.one_of(
        st.builds(tap, hours, st.integers(0, 3)),
        st.builds(not_seen, hours, st.integers(0, 3)),
        st.builds(withdrawn, hours, st.integers(0, 1)),
        st.builds(received, hours, st.integers(1, 200_000), st.integers(0, 3)),
    ),
    max_size=12,
    unique_by=lambda fact: (fact.source, fact.source_id),
)


@given(some_facts, st.data())
def test_order_and_repetition_of_facts_change_nothing(facts: list[Fact], data: st.DataObject) -> None:
    told = data.draw(st.permutations(facts + facts))
    assert money(told, DUE) == money(facts, DUE)


@given(some_facts)
def test_every_dong_received_is_counted_and_none_invented(facts: list[Fact]) -> None:
    known = money(facts, DUE)
    assert known.received == sum(fact.amount for fact in facts if fact.kind is FactKind.RECEIVED)
    assert 0 <= known.claimed <= DUE
    assert known.paid == (known.received >= DUE)
    assert known.missing == max(0, DUE - known.received)


@given(some_facts)
def test_the_clock_runs_exactly_while_there_is_neither_money_nor_an_unanswered_tap(facts: list[Fact]) -> None:
    known = money(facts, DUE)
    running = hold_until(PLACED, known)
    assert (running is not None) == (not known.received and not known.claimed)
    assert running is None or running >= after(24)


@given(some_facts)
def test_the_producer_owes_an_answer_only_to_a_tap_or_to_the_whole_sum(facts: list[Fact]) -> None:
    known = money(facts, DUE)
    taps = sum(fact.kind is FactKind.TAP for fact in facts)
    if known.since is not None:
        assert known.paid or known.claimed or taps
    if known.claimed or known.paid:
        assert known.since is not None


amounts = st.integers(1, 400_000).map(Dong)


@given(st.integers(0, 900_000), st.lists(amounts, min_size=1, max_size=5))
def test_shares_hand_out_exactly_what_came(came: int, parts: list[Dong]) -> None:
    due = Dong(sum(parts))
    facts = [received(1, came)] if came else []
    dealt = shares(money(facts, due), [Part(part) for part in parts])
    assert sum(share.received for share in dealt) == came
    assert all(share.received >= 0 for share in dealt)
    assert all(share.paid for share in dealt) == (came >= due)


some_parts = st.lists(
    st.builds(Part, amounts, st.booleans(), st.integers(0, 400_000).map(Dong)), min_size=1, max_size=5
)


@given(some_facts, some_parts)
def test_what_goes_on_is_paid_before_what_ended_and_nothing_counts_twice(facts: list[Fact], parts: list[Part]) -> None:
    known = money(facts, Dong(sum(part.due for part in parts)))
    dealt = shares(known, parts)
    assert sum(share.received for share in dealt) == known.received
    assert sum(share.claimed for share in dealt) <= known.claimed
    ended = [(share, part) for share, part in zip(dealt, parts, strict=True) if part.closed]
    going = [share for share, part in zip(dealt, parts, strict=True) if not part.closed]
    held_back = sum(min(share.received, part.gone) for share, part in ended)
    if any(not share.paid for share in going):
        assert sum(share.received for share, _part in ended) == held_back  # only what went back already
    assert all(not share.claimed or share.received < share.due for share in dealt)
    wanted = still_wanted(dealt, parts)
    assert wanted == sum(max(0, s.due - s.received) for s in (going or dealt))
    if known.paid and not any(part.gone for _share, part in ended):
        assert all(share.paid for share in dealt)


def test_a_tap_claims_what_was_asked_for_then_and_the_orders_that_go_on_first() -> None:
    parts = [Part(Dong(100), closed=True), Part(Dong(50))]
    due = Dong(150)
    asked = Fact("buyer", "1:tap:0", FactKind.TAP, after(2), Dong(20))
    known = money([received(1, 30), asked], due)
    assert known.claimed == 20
    assert [(s.received, s.claimed) for s in shares(known, parts)] == [(0, 0), (30, 20)]
    assert [share_state(s, answered=False) for s in shares(known, parts)] == [MoneyState.WAITING, MoneyState.CLAIMED]
    before = money([Fact("buyer", "1:tap:0", FactKind.TAP, after(2), due)], due)  # ended after the tap
    assert [s.claimed for s in shares(before, parts)] == [100, 50]


def test_what_went_back_of_an_ended_order_pays_for_nothing_else() -> None:
    parts = [Part(Dong(100), closed=True, gone=Dong(80)), Part(Dong(50))]
    assert [s.received for s in shares(money([received(1, 100)], Dong(150)), parts)] == [80, 20]
    assert [s.received for s in shares(money([received(1, 60)], Dong(150)), parts)] == [60, 0]


def test_another_request_in_its_place_leaves_twelve_hours_more() -> None:
    known = money([], DUE)
    assert hold_until(PLACED, known, after(3)) == after(24)
    assert hold_until(PLACED, known, after(20)) == after(32)
    assert hold_until(PLACED, known, after(20), looked_at=True) is None
    assert hold_until(PLACED, money([not_seen(22)], DUE), after(20)) == after(34)


@given(st.integers(0, 900_000), st.booleans())
def test_what_goes_back_is_all_of_it_without_goods_and_the_excess_with_them(came: int, claims: bool) -> None:
    facts = ([received(1, came)] if came else []) + ([tap(2)] if claims else [])
    [share] = shares(money(facts, DUE), [Part(DUE)])
    assert owed_back(share, closed=False) == max(0, came - DUE)
    expected = came if came >= DUE or not claims else DUE
    assert owed_back(share, closed=True) == expected


def test_nothing_is_owed_for_an_order_nobody_paid() -> None:
    assert owed_back(Share(DUE, Dong(0), Dong(0)), closed=True) == 0

"""Fees and reach."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.delivery.rules import (
    FIRST_TABLE,
    Distance,
    Reach,
    distance,
    fee,
    further_kg,
    narrower,
    reaches,
    ready_by,
)
from marketplace.kit.actor import Place

THACH_THAT = Place("01", "09955")
DUONG_HOA = Place("01", "09856")
HA_NOI = Place("01")
LAO_CAI = Place("15", "02647")


@pytest.mark.parametrize(
    ("origin", "to", "expected"),
    [
        (THACH_THAT, THACH_THAT, Distance.SAME_COMMUNE),
        (THACH_THAT, DUONG_HOA, Distance.SAME_PROVINCE),
        (HA_NOI, THACH_THAT, Distance.SAME_PROVINCE),
        (HA_NOI, HA_NOI, Distance.SAME_PROVINCE),
        (THACH_THAT, LAO_CAI, Distance.ELSEWHERE),
        (HA_NOI, LAO_CAI, Distance.ELSEWHERE),
    ],
)
def test_a_stall_without_a_commune_is_never_in_the_same_commune(origin: Place, to: Place, expected: Distance) -> None:
    assert distance(origin, to) is expected


@pytest.mark.parametrize(
    ("grams", "more"), [(0, 0), (1, 0), (999, 0), (1_000, 0), (1_001, 1), (2_000, 1), (2_001, 2), (10_000, 9)]
)
def test_each_kilogram_begun_beyond_the_first_counts(grams: int, more: int) -> None:
    assert further_kg(grams) == more


@pytest.mark.parametrize(
    ("grams", "to", "dong"),
    [
        (500, THACH_THAT, 15_000),
        (1_000, DUONG_HOA, 25_000),
        (1_001, DUONG_HOA, 30_000),
        (3_200, THACH_THAT, 24_000),
        (600, LAO_CAI, 35_000),
        (5_000, LAO_CAI, 67_000),
    ],
)
def test_the_first_table_is_the_published_one(grams: int, to: Place, dong: int) -> None:
    assert fee(FIRST_TABLE, grams, THACH_THAT, to) == dong


@given(st.integers(0, 100_000), st.integers(0, 100_000))
def test_a_heavier_parcel_never_costs_less(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert fee(FIRST_TABLE, low, THACH_THAT, LAO_CAI) <= fee(FIRST_TABLE, high, THACH_THAT, LAO_CAI)


@pytest.mark.parametrize(
    ("reach", "near", "province", "far"),
    [
        (Reach.COLLECT, False, False, False),
        (Reach.COMMUNE, True, False, False),
        (Reach.PROVINCE, True, True, False),
        (Reach.COUNTRY, True, True, True),
    ],
)
def test_a_product_goes_as_far_as_its_reach(reach: Reach, near: bool, province: bool, far: bool) -> None:
    assert [reaches(reach, THACH_THAT, to) for to in (THACH_THAT, DUONG_HOA, LAO_CAI)] == [near, province, far]


def test_the_narrower_of_two_reaches_holds() -> None:
    for a in Reach:
        for b in Reach:
            expected = list(Reach)[min(list(Reach).index(a), list(Reach).index(b))]
            assert narrower(a, b) is expected


def test_an_accepted_order_is_ready_after_the_days_its_slowest_product_takes() -> None:
    assert ready_by(date(2026, 12, 30), 3) == date(2027, 1, 2)
    assert ready_by(date(2026, 11, 24), 0) == date(2026, 11, 24)

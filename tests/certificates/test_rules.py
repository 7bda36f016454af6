"""When a recognition holds: the dates of QĐ 26/2026/QĐ-TTg, exhaustively at their edges."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.certificates.rules import (
    EXTRA_DAYS,
    Claim,
    Extension,
    Facts,
    Stage,
    expiry,
    last_extension,
    live_on,
    may_extend,
    missing,
    rubric,
    stage,
)

DAY = timedelta(days=1)
SIGNED = date(2025, 6, 12)
ENDS = date(2028, 6, 12)
HELD = Facts(4, SIGNED, ENDS, confirmed=True)


@pytest.mark.parametrize(
    ("signed", "ends"),
    [
        (date(2025, 6, 12), date(2028, 6, 12)),
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2025, 12, 31), date(2028, 12, 31)),
        (date(2021, 2, 28), date(2024, 2, 28)),
    ],
)
def test_a_recognition_holds_36_months_to_the_same_day(signed: date, ends: date) -> None:
    assert expiry(signed) == ends


def test_the_badge_shows_through_the_last_day_and_not_after() -> None:
    assert live_on(HELD, SIGNED)
    assert live_on(HELD, ENDS)
    assert not live_on(HELD, ENDS + DAY)
    assert not live_on(HELD, SIGNED - DAY)


def test_an_unconfirmed_claim_shows_no_badge() -> None:
    assert not live_on(replace(HELD, confirmed=False), SIGNED + DAY)


@pytest.mark.parametrize("stars", [-1, 0, 1, 2, 6])
def test_no_grade_but_3_4_5_ever_shows(stars: int) -> None:
    assert not live_on(replace(HELD, stars=stars), SIGNED + DAY)


def test_a_revoked_recognition_is_gone_from_that_day_on() -> None:
    on = date(2026, 3, 1)
    revoked = replace(HELD, revoked_on=on)
    assert live_on(revoked, on - DAY)
    assert not live_on(revoked, on)
    assert revoked.last_day == on - DAY


def test_an_extension_carries_the_badge_at_most_180_days() -> None:
    until = last_extension(ENDS)
    assert may_extend(HELD, until) is Extension.FITS
    assert may_extend(HELD, until + DAY) is Extension.TOO_LATE
    assert may_extend(HELD, ENDS) is Extension.TOO_SOON
    assert may_extend(HELD, ENDS + DAY) is Extension.FITS
    extended = replace(HELD, extended_until=until)
    assert live_on(extended, ENDS + DAY)
    assert live_on(extended, until)
    assert not live_on(extended, until + DAY)


def test_neither_a_claim_nor_a_revoked_recognition_is_extended() -> None:
    assert may_extend(replace(HELD, confirmed=False), ENDS + DAY) is Extension.NOT_HELD
    assert may_extend(replace(HELD, revoked_on=SIGNED + DAY), ENDS + DAY) is Extension.NOT_HELD


@pytest.mark.parametrize(
    ("day", "word"),
    [
        (ENDS - 181 * DAY, Stage.RECOGNISED),
        (ENDS - 180 * DAY, Stage.EXPIRING),
        (ENDS - 120 * DAY, Stage.EXPIRING),
        (ENDS - 119 * DAY, Stage.LATE),
        (ENDS, Stage.LATE),
        (ENDS + DAY, Stage.EXPIRED),
    ],
)
def test_the_countdown_to_renewal_has_its_words(day: date, word: Stage) -> None:
    assert stage(HELD, day) is word


def test_each_fact_has_its_word() -> None:
    assert stage(replace(HELD, confirmed=False), SIGNED) is Stage.WAITING
    assert stage(replace(HELD, confirmed=False, refused=True), SIGNED) is Stage.REFUSED
    assert stage(replace(HELD, revoked_on=SIGNED), SIGNED) is Stage.REVOKED
    extended = replace(HELD, extended_until=ENDS + 90 * DAY)
    for day in (ENDS - 60 * DAY, ENDS, ENDS + DAY, ENDS + 90 * DAY):
        assert stage(extended, day) is Stage.EXTENDED
    assert stage(extended, ENDS + 91 * DAY) is Stage.EXPIRED


days = st.dates(date(2020, 1, 1), date(2035, 1, 1))


@given(days, days, st.none() | days, st.integers(0, EXTRA_DAYS))
def test_the_badge_shows_exactly_while_the_word_says_it_holds(
    signed: date, day: date, revoked: date | None, extra: int
) -> None:
    ends = expiry(signed)
    facts = Facts(3, signed, ends, True, revoked, ends + extra * DAY if extra else None)
    holding = {Stage.RECOGNISED, Stage.EXPIRING, Stage.LATE, Stage.EXTENDED}
    assert live_on(facts, day) == (day >= signed and stage(facts, day) in holding)
    assert live_on(facts, day) == (signed <= day <= facts.last_day)


@given(days)
def test_expiry_is_never_earlier_than_three_years_less_a_day(signed: date) -> None:
    assert timedelta(days=1094) <= expiry(signed) - signed <= timedelta(days=1096)


CLAIM = Claim(4, "1887/QĐ-UBND", SIGNED, "UBND huyện Đắk Song", None, "key")


def test_a_claim_by_a_district_gone_since_is_complete() -> None:
    assert missing(CLAIM, date(2026, 11, 24)) == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"stars": 2}, "stars"),
        ({"stars": 6}, "stars"),
        ({"decision_no": " "}, "decision_no"),
        ({"decision_date": date(2026, 11, 25)}, "decision_date"),
        ({"issuer": ""}, "issuer"),
        ({"expires_on": ENDS + DAY}, "expires_on"),
        ({"expires_on": SIGNED}, "expires_on"),
        ({"evidence_key": None}, "evidence"),
    ],
)
def test_what_a_claim_lacks_is_named_by_its_field(changed: dict[str, object], field: str) -> None:
    assert [each.field for each in missing(replace(CLAIM, **changed), date(2026, 11, 24))] == [field]  # type: ignore[arg-type] # values of a table


@pytest.mark.parametrize(
    ("signed", "rules"),
    [
        (date(2022, 5, 1), "1048/QĐ-TTg"),
        (date(2023, 2, 24), "148/QĐ-TTg"),
        (date(2026, 5, 21), "148/QĐ-TTg"),
        (date(2026, 5, 22), "26/2026/QĐ-TTg"),
    ],
)
def test_a_recognition_remembers_whose_criteria_were_scored(signed: date, rules: str) -> None:
    assert rubric(signed) == rules

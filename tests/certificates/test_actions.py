"""A recognition claimed, confirmed, extended, revoked; the badge by the clock of Vietnam."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from marketplace.certificates import actions, queries
from marketplace.certificates.actions import AlreadyConfirmed, CannotExtend, NoEvidence
from marketplace.certificates.rules import Claim, Stage, stage
from marketplace.kit import changes, clock
from marketplace.kit.actor import Actor
from marketplace.kit.errors import AlreadyDecided, BadInput, NotAllowed, NotYours
from marketplace.producers.queries import last_decision
from marketplace.producers.rules import ReasonNeeded
from tests.desk.waiting import claimed, maker, official, signed_up

Unit = Callable[[], AbstractContextManager[None]]
KEY = "a" * 64 + ".pdf"
SIGNED, ENDS = date(2025, 6, 12), date(2028, 6, 12)


@pytest.fixture
def claim(unit: Unit) -> int:
    """Mơ's claim of 3 stars for kẹo lạc, signed 12/6/2025."""
    with unit():
        return claimed()


@pytest.fixture
def confirmed(unit: Unit, claim: int) -> int:
    """The same, confirmed by Hạnh."""
    with unit():
        actions.confirm(official("Hạnh"), claim)
    return claim


def shown(unit: Unit, day: date | None = None, product_id: int = 2) -> int | None:
    """The stars on the product's badge on this day, or now."""
    with unit():
        badge = queries.live([product_id], day or clock.today()).get(product_id)
        return badge.stars if badge else None


def test_a_claim_shows_nothing_until_it_is_confirmed(unit: Unit, claim: int) -> None:
    assert shown(unit, date(2026, 1, 1)) is None
    with unit():
        actions.confirm(official("Hạnh"), claim)
    assert shown(unit, date(2026, 1, 1)) == 3


def test_the_badge_is_gone_at_midnight_in_vietnam(unit: Unit, confirmed: int) -> None:
    with time_machine.travel(datetime(2028, 6, 12, 16, 59, 59, tzinfo=UTC), tick=False):
        assert shown(unit) == 3
    with time_machine.travel(datetime(2028, 6, 12, 17, 0, 0, tzinfo=UTC), tick=False):
        assert shown(unit) is None


def test_an_extension_carries_the_badge_over_expiry(unit: Unit, confirmed: int) -> None:
    until = ENDS + timedelta(days=180)
    with unit():
        actions.extend(official("Quân"), confirmed, until, KEY)
    assert shown(unit, ENDS + timedelta(days=1)) == 3
    assert shown(unit, until) == 3
    assert shown(unit, until + timedelta(days=1)) is None


@pytest.mark.parametrize("days", [0, 181])
def test_an_extension_is_later_than_expiry_by_180_days_at_most(unit: Unit, confirmed: int, days: int) -> None:
    with pytest.raises(CannotExtend), unit():
        actions.extend(official("Hạnh"), confirmed, ENDS + timedelta(days=days), KEY)


def test_an_extension_needs_its_receipt(unit: Unit, confirmed: int) -> None:
    with pytest.raises(NoEvidence), unit():
        actions.extend(official("Hạnh"), confirmed, ENDS + timedelta(days=30), None)


def test_a_claim_is_not_extended(unit: Unit, claim: int) -> None:
    with pytest.raises(CannotExtend), unit():
        actions.extend(official("Hạnh"), claim, ENDS + timedelta(days=30), KEY)


def test_a_revocation_ends_the_badge_from_its_day(unit: Unit, confirmed: int) -> None:
    with time_machine.travel(datetime(2026, 11, 24, 3, tzinfo=UTC), tick=False):
        with unit():
            actions.revoke(official("Hạnh"), confirmed, date(2026, 11, 20), "Ngừng sản xuất.")
        assert shown(unit) is None
        assert shown(unit, date(2026, 11, 19)) == 3
        with unit():
            row = last_decision("certificate", confirmed)
            assert row
            assert (row.verb, row.reason) == ("revoke", "Ngừng sản xuất.")


def test_a_revoked_recognition_is_neither_extended_nor_revoked_again(unit: Unit, confirmed: int) -> None:
    with unit():
        actions.revoke(official("Hạnh"), confirmed, SIGNED, "Hồ sơ sai.")
    with pytest.raises(CannotExtend), unit():
        actions.extend(official("Hạnh"), confirmed, ENDS + timedelta(days=1), KEY)
    with pytest.raises(AlreadyDecided), unit():
        actions.revoke(official("Hạnh"), confirmed, SIGNED, "Hồ sơ sai.")


@pytest.mark.parametrize("on", [SIGNED - timedelta(days=1), date(2999, 1, 1)])
def test_a_revocation_lies_between_the_decision_and_today(unit: Unit, confirmed: int, on: date) -> None:
    with pytest.raises(BadInput), unit():
        actions.revoke(official("Hạnh"), confirmed, on, "Hồ sơ sai.")


def test_revoking_and_refusing_need_a_reason(unit: Unit, claim: int) -> None:
    with pytest.raises(ReasonNeeded), unit():
        actions.refuse(official("Hạnh"), claim, reason=" ")
    with unit():
        actions.confirm(official("Hạnh"), claim)
    with pytest.raises(ReasonNeeded), unit():
        actions.revoke(official("Hạnh"), claim, SIGNED, "")


VERBS: dict[str, dict[str, object]] = {
    "confirm": {},
    "refuse": {"reason": "Vì thế."},
    "revoke": {"on": SIGNED, "reason": "Vì thế."},
    "extend": {"until": ENDS + timedelta(days=9), "evidence_key": KEY},
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", [official("Thu"), maker("Mơ"), maker("Tín"), signed_up("Sen"), Actor.stranger()])
def test_nobody_outside_the_area_decides(unit: Unit, claim: int, verb: str, who: Actor) -> None:
    with pytest.raises((NotYours, NotAllowed)), unit():
        getattr(actions, verb)(who, claim, **VERBS[verb])


def test_nobody_claims_for_anothers_product(unit: Unit) -> None:
    wanted = Claim(3, "1/QĐ", SIGNED, "UBND", None, KEY)
    with pytest.raises(NotYours), unit():
        actions.claim(maker("Tín"), 2, wanted)


def test_the_second_decision_is_refused(unit: Unit, claim: int) -> None:
    with unit():
        actions.refuse(official("Hạnh"), claim, reason="Bản chụp mờ.", field="evidence")
    with pytest.raises(AlreadyDecided), unit():
        actions.confirm(official("Quân"), claim)
    with unit():
        row = queries.certificate(claim)
        assert row
        assert stage(row.facts, SIGNED) is Stage.REFUSED


def test_a_returned_claim_is_sent_again_under_its_number(unit: Unit, claim: int) -> None:
    with unit():
        actions.refuse(official("Hạnh"), claim, reason="Bản chụp mờ.", field="evidence")
    with unit():
        assert claimed() == claim
    with unit():
        assert [row.id for row, _product in queries.waiting(official("Hạnh"))] == [claim]


def test_a_confirmed_number_is_not_claimed_again(unit: Unit, confirmed: int) -> None:
    with pytest.raises(AlreadyConfirmed), unit():
        claimed()


def test_nothing_is_confirmed_without_evidence(unit: Unit) -> None:
    with unit():
        bare = actions.claim(Actor.operator(), 2, Claim(3, "2/QĐ", SIGNED, "UBND", None, None))
    with pytest.raises(NoEvidence), unit():
        actions.confirm(official("Hạnh"), bare)


def test_a_maker_sends_evidence_with_the_claim(unit: Unit) -> None:
    with pytest.raises(BadInput) as refused, unit():
        actions.claim(maker("Mơ"), 2, Claim(3, "2/QĐ", SIGNED, "UBND", None, None))
    assert refused.value.field == "evidence"


def test_each_change_of_facts_reaches_the_index(unit: Unit, claim: int) -> None:
    steps: tuple[Callable[[], None], ...] = (
        lambda: actions.confirm(official("Hạnh"), claim),
        lambda: actions.extend(official("Hạnh"), claim, ENDS + timedelta(days=5), KEY),
        lambda: actions.revoke(official("Hạnh"), claim, SIGNED, "Hồ sơ sai."),
    )
    for step in steps:
        with unit():
            before = changes.newest()
            step()
        with unit():
            assert [(row.kind, row.key) for row in changes.after(before)] == [("product", 2)]


def test_of_two_recognitions_the_newer_decision_counts(unit: Unit, confirmed: int) -> None:
    with unit():
        newer = Claim(5, "9/QĐ-BNNMT", date(2026, 2, 1), "Bộ Nông nghiệp và Môi trường", None, KEY)
        actions.confirm(official("Hạnh"), actions.claim(maker("Mơ"), 2, newer))
    assert shown(unit, date(2026, 3, 1)) == 5
    assert shown(unit, date(2026, 1, 1)) == 3


def test_the_index_is_told_the_days_on_which_a_badge_holds(unit: Unit, confirmed: int) -> None:
    with unit():
        assert [(each.begins, each.until) for each in queries.dated([2])] == [(SIGNED, ENDS)]
        actions.revoke(official("Hạnh"), confirmed, date(2026, 1, 10), "Hồ sơ sai.")
    with unit():
        assert [each.until for each in queries.dated([2])] == [date(2026, 1, 9)]


def test_a_sample_is_recorded_once_and_says_so(unit: Unit) -> None:
    with unit():
        first = actions.record_sample(Actor.operator(), 3, 4, SIGNED)
    with unit():
        assert actions.record_sample(Actor.operator(), 3, 4, SIGNED) == first
        badge = queries.live([3], date(2026, 1, 1))[3]
        assert badge.is_sample
        assert badge.decision_no.startswith("MẪU")
    with pytest.raises(NotAllowed), unit():
        actions.record_sample(official("Quân"), 3, 4, SIGNED)

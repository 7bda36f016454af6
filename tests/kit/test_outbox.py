"""Promises are kept once, by one worker at a time, and a secret that was sent is gone."""

from datetime import timedelta

import time_machine
from sqlalchemy import select, text

from marketplace.kit import clock, db, outbox
from marketplace.kit.actor import Actor
from marketplace.kit.edge.application import Market
from marketplace.kit.outbox import MOST_ATTEMPTS, Promise

ONE, TWO = Actor.system("one"), Actor.system("two")


@db.action
def promise(actor: Actor, *, secret_text: str | None = None, dedup: str | None = None) -> None:
    """Promise something."""
    outbox.add("thing", secret_text=secret_text, dedup=dedup, to="somebody")


def row(kit: Market) -> Promise:
    with kit.app_context():
        return db.session.scalars(select(Promise)).one()


def claimed(kit: Market, who: Actor) -> list[outbox.Job]:
    with kit.app_context(), db.unit():
        return list(outbox.claim(who))


def test_a_promise_is_claimed_by_one_worker_only(kit: Market) -> None:
    with kit.app_context(), db.unit():
        promise(ONE)
    assert [job.topic for job in claimed(kit, ONE)] == ["thing"]
    assert claimed(kit, TWO) == []


def test_a_lease_that_ran_out_goes_to_the_next_worker_and_the_first_cannot_finish(kit: Market) -> None:
    with kit.app_context(), db.unit():
        promise(ONE)
    (job,) = claimed(kit, ONE)
    with kit.app_context(), db.sqla.engine.execution_options(writing=True).begin() as connection:
        connection.execute(text("UPDATE outbox SET lease_until = lease_until - 61"))
    assert [again.key for again in claimed(kit, TWO)] == [job.key]
    with kit.app_context(), db.unit():
        assert outbox.finish(ONE, job.id) is False
    with kit.app_context(), db.unit():
        assert outbox.finish(TWO, job.id) is True


def test_a_clock_that_jumps_ahead_steals_nothing(kit: Market) -> None:
    with kit.app_context(), db.unit():
        promise(ONE)
    claimed(kit, ONE)
    with time_machine.travel(clock.now() + timedelta(days=1)):
        assert claimed(kit, TWO) == []


def test_a_secret_waits_encrypted_and_is_wiped_when_sent(kit: Market) -> None:
    with kit.app_context(), db.unit():
        promise(ONE, secret_text="482109")
    waiting = row(kit)
    assert "482109" not in f"{waiting.sealed}{waiting.payload}"
    (job,) = claimed(kit, ONE)
    assert job.payload["secret"] == "482109"
    with kit.app_context(), db.unit():
        outbox.finish(ONE, job.id)
    assert row(kit).sealed is None


def test_after_eight_tries_it_is_left_for_a_person_with_its_secret_still_sealed(kit: Market) -> None:
    with kit.app_context(), db.unit():
        promise(ONE, secret_text="482109")
    for _ in range(MOST_ATTEMPTS):
        (job,) = claimed(kit, ONE)
        with kit.app_context(), db.unit():
            outbox.fail(ONE, job, "no answer", wait_until=clock.now())
    assert claimed(kit, ONE) == []
    given_up = row(kit)
    assert (given_up.state, given_up.last_error) == ("dead", "no answer")
    assert given_up.sealed is not None
    assert "482109" not in given_up.sealed


def test_the_same_promise_under_one_name_is_made_once(kit: Market) -> None:
    for _ in range(2):
        with kit.app_context(), db.unit():
            promise(ONE, dedup="order-1-reminder")
    assert row(kit).dedup == "order-1-reminder"

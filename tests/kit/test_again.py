"""When PostgreSQL breaks a deadlock, the request that lost is run again from the beginning, and both are done."""

import threading
from multiprocessing.pool import ThreadPool

import pytest
from flask import request
from sqlalchemy import func, select, update

from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.kit.edge.application import Market
from marketplace.kit.journal import TrailRow
from marketplace.kit.outbox import Promise
from tests.kit.conftest import ME, note

OURS = {"Sec-Fetch-Site": "same-origin", "Host": "127.0.0.1:5000"}


@db.action
def lock_in_turn(actor: Actor, first: int, second: int, met: threading.Barrier) -> None:
    """Take two rows, the second once both sides hold their first."""
    note(actor, f"{first} then {second}")
    for number in (first, second):
        values = update(TrailRow).where(TrailRow.id == number).values(subject_id=TrailRow.subject_id + 1)
        db.session.execute(values, execution_options={"synchronize_session": False})
        if number == first and not met.broken:
            met.wait(10)


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgresql"], indirect=True, scope="session")
def test_two_requests_in_a_circle_are_both_done_once(kit: Market) -> None:
    with kit.app_context(), db.unit():
        note(ME, "first")
    with kit.app_context(), db.unit():
        note(ME, "second")
    met, bodies = threading.Barrier(2), []

    @kit.post("/circle/<int:first>/<int:second>")
    def circle(first: int, second: int) -> str:
        bodies.append(request.form["text"])
        try:
            lock_in_turn(ME, first, second, met)
        finally:
            met.abort()  # whoever comes again does not wait
        return "done"

    with ThreadPool(2) as both:
        send = lambda order: kit.test_client().post(f"/circle/{order}", headers=OURS, data={"text": "whole"})  # noqa: E731
        answers = both.map(send, ["1/2", "2/1"])
    assert [answer.status_code for answer in answers] == [200, 200]
    assert bodies == ["whole"] * 3  # one of them twice, with its body whole
    with kit.app_context():
        assert db.session.scalars(select(TrailRow.subject_id).where(TrailRow.id <= 2)).all() == [3, 3]
        assert db.session.scalar(select(func.count()).select_from(Promise)) == 4
        db.session.remove()

"""One request, one unit: what is kept, what is undone, and what refuses to be written at all."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from marketplace.kit import changes, db
from marketplace.kit.edge.application import Market
from marketplace.kit.journal import Change, TrailRow
from marketplace.kit.outbox import Promise
from tests.kit.conftest import ME, note, refuse

OURS = {"Sec-Fetch-Site": "same-origin", "Host": "127.0.0.1:5000"}


def kept(app: Market) -> tuple[int, int, int]:
    """Rows of trail, changes and outbox, read in a context of their own."""
    with app.app_context():
        return tuple(db.session.scalar(select(func.count()).select_from(t)) for t in (TrailRow, Change, Promise))  # type: ignore[return-value]


def post(app: Market, path: str) -> int:
    return app.test_client().post(path, headers=OURS).status_code


def test_a_returned_answer_is_committed_with_trail_change_and_promise(kit: Market) -> None:
    assert post(kit, "/note") == 200
    assert kept(kit) == (1, 1, 1)


def test_a_refusal_that_the_view_catches_leaves_nothing_behind(kit: Market) -> None:
    assert post(kit, "/caught") == 422
    assert kept(kit) == (0, 0, 0)


def test_an_action_that_swallows_a_refusal_is_a_programming_error(kit: Market) -> None:
    assert post(kit, "/swallowed") == 500
    assert kept(kit) == (0, 0, 0)


def test_an_abort_after_an_action_undoes_it(kit: Market) -> None:
    assert post(kit, "/write-then-abort") == 422
    assert kept(kit) == (0, 0, 0)


def test_a_returned_422_is_remembered(kit: Market) -> None:
    assert post(kit, "/refused-but-kept") == 422
    assert kept(kit) == (1, 1, 1)


def test_a_get_never_writes_unless_its_view_says_so(kit: Market) -> None:
    client = kit.test_client()
    assert client.get("/get-writes", headers=OURS).status_code == 500
    assert client.get("/gateway", headers=OURS).status_code == 200
    assert client.head("/gateway", headers=OURS).status_code == 500
    assert kept(kit) == (1, 1, 1)


def test_the_database_itself_keeps_reading_read_only(kit: Market) -> None:
    assert kit.test_client().get("/raw-write", headers=OURS).status_code == 500
    with kit.app_context(), pytest.raises(DBAPIError, match=r"read-?only"):
        db.session.execute(text("DELETE FROM trail"))


def test_nothing_writes_after_the_commit(kit: Market) -> None:
    assert post(kit, "/late") == 200
    assert kept(kit) == (1, 1, 1)


def test_no_outside_call_while_a_transaction_is_open(kit: Market) -> None:
    with kit.app_context(), db.unit():
        note(ME, "open")
        with pytest.raises(RuntimeError, match="outside"), db.outside():
            pass


def test_objects_changed_before_an_action_are_refused(kit: Market) -> None:
    with kit.app_context(), db.unit():
        note(ME, "first")
    with kit.app_context():
        row = db.session.scalars(select(TrailRow)).one()
        row.note = "changed by hand"
        with pytest.raises(RuntimeError, match="ids"):
            note(ME, "second")


def test_after_a_caught_refusal_a_new_unit_may_begin(kit: Market) -> None:
    with kit.app_context(), db.unit():
        with pytest.raises(Exception, match="Refused"):
            refuse(ME)
        note(ME, "counted")
    assert kept(kit) == (1, 1, 1)


def test_the_same_change_twice_in_a_unit_is_one_row_and_numbers_rise(kit: Market) -> None:
    with kit.app_context(), db.unit():
        note(ME, "a")
        note(ME, "b")
    with kit.app_context(), db.unit():
        note(ME, "c")
    with kit.app_context():
        seqs = [row.seq for row in changes.after(0)]
    assert seqs == sorted(seqs)
    assert len(seqs) == 2

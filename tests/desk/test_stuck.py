"""Promises that were given up wait for an admin, who tries them again or leaves them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from marketplace.kit import clock, db, outbox
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotYours
from marketplace.kit.journal import TrailRow
from marketplace.kit.outbox import MOST_ATTEMPTS, Promise
from marketplace.worker import loop
from tests import actors
from tests.browser_client import Browser
from tests.market import MarketUnderTest

SOMEBODY = Actor.system("test")
AS = Callable[[str], Browser]
LIST = "/dieu-phoi/viec-ket"


@db.action
def promise(actor: Actor, topic: str = "message.send", *, lapses: timedelta | None = None) -> None:
    outbox.add(topic, secret_text="482109", lapses_at=clock.now() + lapses if lapses else None)


@db.action
def due_now(actor: Actor) -> None:
    db.session.execute(update(Promise).values(run_at=clock.now()), execution_options={"synchronize_session": False})


def give_up(market: MarketUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The way out is closed until the market gives up."""

    def closed(payload: object, key: str) -> None:
        raise ConnectionRefusedError("no answer")

    monkeypatch.setitem(loop.TOPICS, "message.send", closed)
    for _ in range(MOST_ATTEMPTS):
        market.work()
        with market.unit():
            due_now(SOMEBODY)


def rows(market: MarketUnderTest) -> list[Promise]:
    with market.unit():
        found = list(db.session.scalars(select(Promise).order_by(Promise.id)))
        db.session.expunge_all()
        return found


def test_a_letter_that_was_given_up_is_tried_again_and_arrives(
    market: MarketUnderTest, as_: AS, monkeypatch: pytest.MonkeyPatch
) -> None:
    with market.unit():
        promise(SOMEBODY)
    give_up(market, monkeypatch)
    assert [row.state for row in rows(market)] == ["dead"]
    admin = as_("Bình")
    assert "1 việc chợ chưa làm được" in admin.get("/dieu-phoi/").get_data(as_text=True)
    page = admin.get(LIST).get_data(as_text=True)
    assert "Gửi một tin nhắn" in page
    assert "ConnectionRefusedError: no answer" in page
    assert "482109" not in page

    arrived: list[object] = []
    monkeypatch.setitem(loop.TOPICS, "message.send", lambda payload, _: arrived.append(payload["secret"]))
    [row] = rows(market)
    assert admin.post(LIST, data={"verb": "retry", "viec": str(row.id)}).status_code == 303
    market.work()
    assert arrived == ["482109"]
    assert [(row.state, row.sealed) for row in rows(market)] == [("done", None)]
    assert "Không có việc nào kẹt" in admin.get(LIST).get_data(as_text=True)
    with market.unit():
        trail = db.session.scalars(select(TrailRow).where(TrailRow.subject_kind == "outbox")).one()
        assert (trail.verb, trail.old, trail.new) == ("retry", "dead", "waiting")


def test_after_an_outage_all_are_tried_again_with_one_button(
    market: MarketUnderTest, as_: AS, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        with market.unit():
            promise(SOMEBODY)
    give_up(market, monkeypatch)
    assert "Thử lại tất cả" in as_("Bình").get(LIST).get_data(as_text=True)
    assert as_("Bình").post(LIST, data={"verb": "retry", "viec": "9" * 30}).status_code == 303
    assert {row.state for row in rows(market)} == {"dead"}
    as_("Bình").post(LIST, data={"verb": "retry-all"})
    assert {(row.state, row.attempts) for row in rows(market)} == {("waiting", 0)}


def test_what_is_left_undone_forgets_its_secret(
    market: MarketUnderTest, as_: AS, monkeypatch: pytest.MonkeyPatch
) -> None:
    with market.unit():
        promise(SOMEBODY)
    give_up(market, monkeypatch)
    [row] = rows(market)
    as_("Bình").post(LIST, data={"verb": "drop", "viec": str(row.id)})
    assert [(row.state, row.sealed) for row in rows(market)] == [("dropped", None)]
    as_("Bình").post(LIST, data={"verb": "retry", "viec": str(row.id)})
    assert [row.state for row in rows(market)] == ["dropped"]


def test_a_code_that_ran_out_is_never_sent_nor_tried_again(market: MarketUnderTest) -> None:
    with market.unit():
        promise(SOMEBODY, lapses=timedelta(minutes=10))
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert market.work() == 0
        with market.unit():
            outbox.forget_old(SOMEBODY)
    assert [(row.state, row.sealed) for row in rows(market)] == [("dropped", None)]


def test_a_code_that_cannot_be_sent_in_time_is_given_up_without_its_secret(
    market: MarketUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    with market.unit():
        promise(SOMEBODY, lapses=timedelta(seconds=2))
    give_up(market, monkeypatch)
    assert [(row.state, row.sealed, row.attempts) for row in rows(market)] == [("dead", None, 1)]
    with market.unit():
        assert outbox.retry(Actor.operator()) in (0, 1)  # within the two seconds it may still be tried


def test_secrets_left_for_a_month_are_wiped_and_no_longer_tried(
    market: MarketUnderTest, as_: AS, monkeypatch: pytest.MonkeyPatch
) -> None:
    with market.unit():
        promise(SOMEBODY)
    give_up(market, monkeypatch)
    with time_machine.travel(clock.now() + timedelta(days=31)):
        with market.unit():
            outbox.forget_old(SOMEBODY)
        with market.unit():
            assert outbox.retry(Actor.operator()) == 0
    assert [(row.state, row.sealed) for row in rows(market)] == [("dead", None)]


def test_only_an_admin_decides(market: MarketUnderTest) -> None:
    for actor in (actors.coordinator("Quân"), actors.producer("Mơ"), SOMEBODY, Actor.stranger()):
        for verb in (outbox.retry, lambda who: outbox.drop(who, 1)):
            with pytest.raises(NotYours), market.unit():
                verb(actor)

"""A market is lost and comes back: nothing is sent twice, nothing is forgotten, and a person looks before it goes on."""

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from alembic import command as alembic
from click.testing import Result
from sqlalchemy import func, select

from marketplace.cli import backup, migrate, schema
from marketplace.kit import backups, clock, db, holding, sent, trail
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotYours
from marketplace.kit.outbox import Promise
from marketplace.notices.rules import Letter
from marketplace.notices.senders import ConsoleSender
from marketplace.orders.models import Order
from marketplace.payments import actions
from marketplace.payments.models import MoneyDoubt, PaymentRequest, RefundDue
from marketplace.payments.rules import MoneyState
from marketplace.payments.rules.card import Doubt
from marketplace.practice import ledger
from marketplace.search import indexer
from marketplace.worker import held, loop, topics
from tests import actors, cast, stage
from tests.browser_client import Browser
from tests.market import MarketUnderTest
from tests.operations.test_killing import stock_up
from tests.orders import shop
from tests.orders.shop import CHE_LAM, MIEN
from tests.payments.card_shop import CardMarket, taking_cards

BOTH = pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True, scope="session"
)
TIN = "+84900000002"


def flask(market: MarketUnderTest, *words: str, code: int = 0) -> Result:
    """A command on the market, which stands still meanwhile."""
    market.close()
    result = market.app.test_cli_runner().invoke(args=list(words))
    assert result.exit_code == code, result.output
    return result


def copied(market: MarketUnderTest) -> Path:
    """A backup of it now."""
    flask(market, "backup")
    return max((market.folder / "backups").iterdir())


class Outside:
    """The world outside: takes letters by their key, or does not answer one telephone."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.to: list[str] = []
        self.read: list[tuple[str, str]] = []
        self.deaf = ""

    def take(self, letter: Letter) -> None:
        if letter.to == self.deaf:
            raise ConnectionRefusedError("no answer")
        assert letter.title
        assert letter.key
        self.keys.append(letter.key)
        self.to.append(letter.to)
        self.read.append((letter.to, letter.body))


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Outside:
    """What the console of the demo would have printed."""
    world = Outside()
    monkeypatch.setattr(ConsoleSender, "send", lambda _, letter: world.take(letter))
    return world


@pytest.fixture(autouse=True)
def no_backups_left(market: MarketUnderTest) -> Iterator[None]:
    """On PostgreSQL the test's own connections must be gone before the rows are put back."""
    yield
    market.close()


@BOTH
def test_order_backup_more_facts_loss_restore_nothing_twice_nothing_forgotten(
    market: MarketUnderTest, outside: Outside
) -> None:
    kept = shop.order(market, {CHE_LAM: 1, MIEN: 1})
    mo = market.signed_in("Mơ")
    folder = copied(market)  # the letters of this order still wait in it
    outside.deaf = TIN
    market.work()
    told_before = list(outside.to)
    assert told_before
    assert TIN not in told_before
    lost = shop.order(market, {CHE_LAM: 2})
    code = shop.row(market, lost.order).code
    assert mo.get("/ban-hang/don").status_code == 200

    outside.deaf = ""
    result = flask(market, "restore", str(folder))
    assert code[:3] in result.output  # the order that the backup does not know is named
    assert mo.get("/ban-hang/don").status_code == 303  # nobody is signed in any more
    assert market.client().get(f"/don-hang/{kept.token}").status_code == 200
    assert shop.stock(market, CHE_LAM) == (24, 1)

    before = len(outside.keys)
    assert market.work() == 0
    assert len(outside.keys) == before  # held: nothing goes out
    admin = market.signed_in("Bình")
    assert "Chợ đang tạm giữ" in admin.get("/dieu-phoi/").get_data(as_text=True)
    page = admin.get("/dieu-phoi/tam-giu").get_data(as_text=True)
    assert "Báo tin về đơn hàng" in page
    assert code[:3] in page
    assert admin.post("/dieu-phoi/tam-giu").status_code == 303

    market.work()
    assert set(Counter(outside.keys).values()) == {1}  # nothing twice by key
    assert set(Counter(outside.read).values()) == {1}  # nor for those who read it
    assert TIN in outside.to  # nothing forgotten
    with market.unit():
        assert db.session.scalar(select(func.count()).where(Promise.state != "done")) == 0
    assert "chạy bình thường" in admin.get("/dieu-phoi/tam-giu").get_data(as_text=True)


@dataclass
class Lost:
    """What the world outside remembers and the backup does not."""

    known_page: shop.Bought
    new_page: shop.Bought
    refunded: shop.Bought
    cancelled: shop.Bought
    by_card: shop.Bought
    by_transfer: shop.Bought


def an_eventful_day(card: CardMarket) -> tuple[Path, Lost]:
    """A backup in the middle of it, and everything that must not be forgotten afterwards."""
    market = card.market
    page, later, refunded = (card.order({CHE_LAM: 1}), card.order({CHE_LAM: 2}), card.paid({CHE_LAM: 3}))
    cancelled = card.paid({CHE_LAM: 4})
    address = card.page(page)
    card.cancel(cancelled)  # what goes back is promised in the backup, and asked for after it
    folder = copied(market)
    assert card.stand.visit(address, card=ledger.PAYS)[0] == 303
    card.comes_back(page)
    card.pay(later)
    card.comes_back(later)
    card.cancel(refunded)
    market.work()
    by_card, by_transfer = card.paid({CHE_LAM: 1}), shop.order(market, {MIEN: 1})
    card.hears()
    return folder, Lost(page, later, refunded, cancelled, by_card, by_transfer)


def test_money_that_moved_after_the_backup_moves_once_and_is_not_forgotten(
    market: MarketUnderTest, outside: Outside, tmp_path: Path
) -> None:
    with taking_cards(market, tmp_path) as card:
        folder, day = an_eventful_day(card)
        asked = card.stand.app.calls.count("POST /v1/refunds")
        assert asked == 2
        flask(market, "restore", str(folder))
        with market.unit():
            held.order_reviews(Actor.system("test"))
        market.work()
        what_is_known_again(market, day)
        binh = market.signed_in("Bình")
        a_person_looks(binh, market, day)
        assert binh.post("/dieu-phoi/tam-giu").status_code == 303
        market.work()
        with time_machine.travel(clock.now() + timedelta(hours=2)):
            with market.unit():
                actions.ask_forgotten_refunds(Actor.system("test"))
            market.work()
        card.hears(copies=2, again=True, order="shuffled")
        assert card.stand.app.calls.count("POST /v1/refunds") == asked
    assert set(Counter(outside.keys).values()) == {1}
    assert set(Counter(outside.read).values()) == {1}
    with market.unit():
        assert db.session.scalar(select(func.count()).where(RefundDue.sent_at.is_(None), RefundDue.amount > 0)) == 0


def test_a_market_released_before_stripe_answered_still_sends_a_refund_once(
    market: MarketUnderTest, outside: Outside, tmp_path: Path
) -> None:
    with taking_cards(market, tmp_path) as card:
        card.cancel(card.paid({CHE_LAM: 1}))
        folder = copied(market)
        market.work()
        flask(market, "restore", str(folder))
        flask(market, "release")
        market.work()
        assert card.stand.app.calls.count("POST /v1/refunds") == 1  # the promise was kept: it stands in `sent`
        with time_machine.travel(clock.now() + timedelta(hours=2)):
            with market.unit():
                actions.ask_forgotten_refunds(Actor.system("test"))
            market.work()
        with card.stand.app.store.book() as book:
            assert len(book.all("refund")) == 1  # asked for again under the same key: the same refund
    with market.unit():
        assert db.session.scalar(select(func.count()).where(RefundDue.sent_at.is_not(None))) == 1
    assert set(Counter(outside.keys).values()) == {1}


def what_is_known_again(market: MarketUnderTest, day: Lost) -> None:
    """Payments and refunds are found by reference; those of orders that are gone wait for a person."""
    for bought in (day.known_page, day.new_page):
        assert shop.page(market, bought.token).payees[0].state is MoneyState.PAID
    with market.unit():
        back = {row.order_id: row for row in db.session.scalars(select(RefundDue))}
        db.session.expunge_all()
        why = list(db.session.scalars(select(MoneyDoubt.why).order_by(MoneyDoubt.id)))
    totals = {order: shop.row(market, order).total for order in (day.refunded.order, day.cancelled.order)}
    assert {order: row.amount for order, row in back.items() if row.sent_at} == totals
    assert sorted(why) == [Doubt.FORGOTTEN, Doubt.UNKNOWN]


def a_person_looks(binh: Browser, market: MarketUnderTest, day: Lost) -> None:
    """What nobody here knows of is on one page; each has to be said to be done, and how."""
    here = "/dieu-phoi/tam-giu"
    stranger = market.client()
    gone = stranger.get(f"/don-hang/{day.by_transfer.token}")
    assert gone.status_code == 404
    assert "Đừng chuyển thêm tiền" in gone.get_data(as_text=True)
    for _ in range(2):
        tap = stranger.post(f"/don-hang/{day.by_transfer.token}/da-chuyen", data={"khoan": "1"})
        assert "Đã ghi lời báo" in tap.get_data(as_text=True)
    with market.unit():
        known = db.session.scalars(select(PaymentRequest.reference).order_by(PaymentRequest.id)).first()
    form = {"memo": f"mbvcb {known}", "amount": "85.000", "sender": "LAN", "key": "k"}
    refused = binh.post(f"{here}/chuyen-khoan", data=form)
    assert refused.status_code == 422
    assert "Chợ vẫn có đơn của mã này" in refused.get_data(as_text=True)
    for _ in range(2):
        binh.post(f"{here}/chuyen-khoan", data={**form, "memo": "OCOP 000 000 197"})
    page = binh.get(here).get_data(as_text=True)
    for words in ("OCOP 000 000 197 · 85.000", "Trả thẻ cho một khoản mà chợ không có", "nay không còn nhớ vì sao"):
        assert page.count(words) >= 1
    with market.unit():
        findings = [(row.id, row.heading) for row in holding.open_findings()]
    assert sorted(Counter(heading for _, heading in findings).values()) == [1, 1, 2]  # a tap, a transfer, two orders
    for finding_id, _heading in findings:
        binh.post(f"{here}/{finding_id}", data={"note": " "})
        binh.post(f"{here}/{finding_id}", data={"note": "Đã gọi Lan, giao lại"})
        binh.post(f"{here}/{finding_id}", data={"note": "Lần nữa"})
    with market.unit():
        assert holding.open_count() == 0
        rows = db.session.execute(select(holding.Finding.note, holding.Finding.handled_by)).all()
    assert {tuple(row) for row in rows} == {("Đã gọi Lan, giao lại", cast.user_id("Bình"))}


@BOTH
def test_a_backup_is_of_one_moment_while_orders_come_in(market: MarketUnderTest) -> None:
    over = threading.Event()
    with market.unit():
        stock_up(Actor.operator())

    def buy() -> None:
        while not over.is_set():
            with market.app.app_context():
                stage.place_order(MIEN)

    buying = threading.Thread(target=buy)
    buying.start()
    try:
        settings = market.app.config["SETTINGS"]
        folders = []
        for _ in range(3):
            with market.app.app_context():
                folders.append(backup.take(settings))
    finally:
        over.set()
        buying.join()
    for folder in folders:
        about = backups.read(folder)
        with backups.opened(folder / backups.ROWS).connect() as rows:
            placed = rows.scalar(select(func.count()).where(Promise.topic == "order.placed"))
        assert placed == about.counts["order"] == about.counts["order_group"] == about.counts["payment_request"]
    assert backups.read(folders[-1]).counts["order"] > 0


def test_a_worker_killed_after_sending_does_not_send_again(market: MarketUnderTest, outside: Outside) -> None:
    shop.order(market, {CHE_LAM: 1})
    market.work()
    sent_once = len(outside.keys)
    with market.unit():
        _forget_that_it_was_done(Actor.operator())
    market.work()
    assert len(outside.keys) == sent_once
    with market.app.app_context():
        assert all(sent.knows(key) for key in outside.keys)
        assert not sent.knows("0" * 32)


@db.action
def _forget_that_it_was_done(actor: Actor) -> None:
    values = {"state": "waiting", "owner": None, "lease_until": None, "attempts": 0}
    db.session.execute(
        db.sqla.update(Promise).where(Promise.topic != "message.send").values(values),
        execution_options={"synchronize_session": False},
    )


def test_while_held_nothing_expires_and_pictures_are_still_made(
    market: MarketUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    flask(market, "restore", str(copied(market)))
    ran: list[str] = []
    timers = [(name, 0.0, lambda _, name=name: ran.append(name)) for name, _, _ in loop.TIMERS]
    monkeypatch.setattr(loop, "TIMERS", timers)
    monkeypatch.setattr(loop, "_last_run", {})
    worker = loop.Worker(market.app, follow_index=lambda: 0)
    with market.app.app_context():
        worker.timers()
    assert set(ran) == {"seal-trail", "review-outside"}
    assert "photo.decode" in topics.WHILE_HELD
    assert not set(topics.WHILE_HELD) & {"message.send", "order.placed", "files.sweep"}


def test_what_happened_outside_since_the_backup_comes_before_a_person(
    market: MarketUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copied(market)
    asked = []
    monkeypatch.setitem(held.REVIEWS, "Bưu cục", lambda since: asked.append(since) or ["re_123: 85.000 ₫"])
    flask(market, "restore", str(folder))
    with market.unit():
        held.order_reviews(Actor.system("test"))
    market.work()
    assert asked == [backups.read(folder).moment]
    assert "re_123: 85.000 ₫" in market.signed_in("Bình").get("/dieu-phoi/tam-giu").get_data(as_text=True)


def test_only_an_admin_lets_it_go_on(market: MarketUnderTest) -> None:
    flask(market, "restore", str(copied(market)))
    for actor in (actors.coordinator("Quân"), actors.producer("Mơ"), Actor.stranger(), Actor.system("x")):
        with pytest.raises(NotYours), market.unit():
            holding.release(actor)
    assert "chạy tiếp" in flask(market, "release").output
    with market.unit():
        assert holding.current() is None


def test_files_and_index_come_back(market: MarketUnderTest) -> None:
    with market.unit():
        stage.waiting_product(Actor.operator())
    with market.app.app_context():
        indexer.rebuild()
    folder = copied(market)
    pictures = sorted(each.name for each in (market.folder / "public").glob("??/*"))
    assert pictures
    for each in (market.folder / "public").glob("??/*"):
        each.unlink()
    flask(market, "restore", str(folder))
    assert sorted(each.name for each in (market.folder / "public").glob("??/*")) == pictures
    with market.app.app_context():
        assert not indexer.has_index()
        indexer.follow()
        assert indexer.has_index()


def test_a_drill_looks_at_everything_and_changes_nothing(market: MarketUnderTest) -> None:
    with market.unit():
        stage.waiting_product(Actor.operator())
        trail.seal(Actor.system("test"))
    shop.order(market, {CHE_LAM: 1})
    folder = copied(market)
    said = flask(market, "drill").output
    assert folder.name in said
    assert "Đơn mới nhất" in said
    with market.unit():
        assert holding.current() is None
    picture = next((folder / "public").glob("??/*"))
    picture.write_bytes(picture.read_bytes()[:-1] + b"?")
    assert "1 tệp bị hỏng" in flask(market, "drill", str(folder), code=1).output


@pytest.mark.parametrize("harm", ["rows cut short", "a row gone", "not finished"])
def test_a_damaged_backup_is_refused_and_nothing_is_touched(market: MarketUnderTest, harm: str) -> None:
    bought = shop.order(market, {CHE_LAM: 1})
    folder = copied(market)
    rows = folder / backups.ROWS
    if harm == "rows cut short":
        rows.write_bytes(rows.read_bytes()[: rows.stat().st_size // 2])
    elif harm == "a row gone":
        about = json.loads((folder / backups.ABOUT).read_text())
        about["counts"]["order"] += 1
        (folder / backups.ABOUT).write_text(json.dumps(about))
    else:
        (folder / backups.ABOUT).unlink()
    assert "Chưa khôi phục" in flask(market, "restore", str(folder), code=1).output
    assert market.client().get(f"/don-hang/{bought.token}").status_code == 200
    with market.unit():
        assert holding.current() is None


def test_a_running_market_is_not_replaced(market: MarketUnderTest) -> None:
    folder = copied(market)
    code = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT 1 FROM user'); print(1, flush=True); input()"
    command = [sys.executable, "-c", code, str(market.folder / "market.sqlite3")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as somebody:
        assert somebody.stdout
        assert somebody.stdout.readline() == b"1\n"
        assert "Dừng chợ" in flask(market, "restore", str(folder), code=1).output
        somebody.communicate(b"\n")
    with market.unit():
        assert holding.current() is None


@BOTH
def test_every_migration_takes_a_backup_first(market: MarketUnderTest, database: str) -> None:
    shop.order(market, {CHE_LAM: 1})
    market.close()
    with market.app.app_context():
        alembic.downgrade(schema._settings(), "-1")
        older = schema.reached()
        assert older != schema.newest()
        migrate.upgrade()
        assert schema.reached() == schema.newest()
        if database == "sqlite":
            [folder] = (market.folder / "backups").iterdir()
            about = backups.read(folder)
            assert (about.revision, about.counts["order"]) == (older, 1)
        else:
            name = f"before_{schema.newest()}"
            assert db.session.scalar(db.sqla.text(f'SELECT count(*) FROM "{name}"."order"')) == 1
            db.session.remove()
            with db.sqla.engine.execution_options(writing=True).begin() as connection:
                connection.execute(db.sqla.text(f'DROP SCHEMA "{name}" CASCADE'))
        migrate.upgrade()  # nothing to do, nothing copied
    if database == "sqlite":
        assert len(list((market.folder / "backups").iterdir())) == 1
    with market.unit():
        assert db.session.scalar(select(func.count()).select_from(Order)) == 1


def test_a_backup_keeps_its_secrets_to_its_owner(market: MarketUnderTest) -> None:
    folder = copied(market)
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / "secret").read_text() == (market.folder / "secret").read_text()
    assert cast.PEOPLE["Lan"].phone not in (folder / backups.ABOUT).read_text()

"""kill -9 between the first UPDATE and the commit: buyers try again, and nothing they were told is lost or doubled."""

import http.client
import json
import os
import re
import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from marketplace.catalog.models import Variant
from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.kit.outbox import Promise
from marketplace.orders.models import Order, OrderGroup
from tests import cast
from tests.notices.gateways import Gateways, gateways
from tests.operations.test_stopping import Running, SlowPost, market_running, post
from tests.races.shopper import Shopper

pytestmark = pytest.mark.xdist_group("operations")
__all__ = ["post"]  # a fixture
MIEN, BUYERS, YOUNG = 3, 3, 7.0
"""`YOUNG`: a server process that dies within 5.5 seconds of its birth is a crash loop to the server, which then gives up."""

NO_ZALO = "84900000002"
"""Tín, until he has an SMS; by Zalo afterwards."""


@db.action
def stock_up(actor: Actor) -> None:
    db.session.connection().execute(update(Variant).where(Variant.id == MIEN).values(on_hand=100_000))


@dataclass(eq=False)
class Killer(threading.Thread):
    """Reads the log as it is written and kills whoever has just made the first UPDATE of a transaction."""

    market: Running
    hits: int
    over: threading.Event = field(default_factory=threading.Event)
    killed: list[tuple[str, int]] = field(default_factory=list)
    born: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def run(self) -> None:
        with self.market.log.open("rb") as log:
            log.seek(0, os.SEEK_END)
            while len(self.killed) < self.hits:
                line = log.readline()
                if not line.endswith(b"\n"):
                    time.sleep(0.0005)
                    log.seek(-len(line), os.SEEK_CUR)
                elif b'"first update"' in line:
                    self.consider(json.loads(line), log.tell())
        self.over.set()

    def consider(self, said: dict[str, object], at: int) -> None:
        pid, table = int(str(said["pid"])), said["table"]
        age = time.monotonic() - self.born.setdefault(pid, time.monotonic())
        wanted = ("web", "worker")[len(self.killed) % 2]
        kind = "web" if "request" in said else "worker"
        if kind != wanted or age < YOUNG or table != ("outbox" if kind == "worker" else "variant"):
            return
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:  # the line was read late: this one has been killed already
            return
        deadline = time.monotonic() + 10
        while runs(pid):
            assert time.monotonic() < deadline, f"{pid} outlives SIGKILL"
            time.sleep(0.005)
        with self.market.log.open("rb") as log:
            log.seek(at)
            later = [json.loads(line) for line in log if line.startswith(b"{") and line.endswith(b"}\n")]
        mine = [each for each in later if (each.get("pid"), each.get("thread")) == (pid, said["thread"])]
        if not any(each["message"] == "committed" for each in mine):
            self.killed.append((kind, pid))


def runs(pid: int) -> bool:
    """Whether this process can still write: it is there, and not only waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


@dataclass(eq=False)
class Buyer(threading.Thread):
    """Orders one thing after another; whatever happens on the way, sends the same again until told."""

    port: int
    number: int
    over: threading.Event
    told: list[str] = field(default_factory=list)
    again: int = 0
    trouble: str = ""

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def run(self) -> None:
        try:
            while not self.over.is_set():
                self.one_order()
        except AssertionError as error:
            self.trouble = str(error)

    def one_order(self) -> None:
        shopper = Shopper(self.port, f"127.0.50.{1 + self.number}")
        self.until(lambda: shopper.send("POST", "/gio-hang", verb="add", variant=str(MIEN), quantity="1").status == 303)
        self.until(lambda: self.answered(shopper))
        self.until(lambda: self.ordered(shopper))
        time.sleep(0.05)

    def answered(self, shopper: Shopper) -> bool:
        steps = [
            ("/dat-hang/nguoi-nhan", {"name": "Trần Thị Lan", "phone": "0912 345 678"}),
            ("/dat-hang/noi-nhan", {"place": "01-09856", "street": "Số 5, ngõ 2", "note": ""}),
            ("/dat-hang/cach-giao", {"way-2": "ship"}),
        ]
        if any(shopper.send("POST", path, **form).status != 303 for path, form in steps):
            return False
        shopper.review = shopper.send("GET", "/dat-hang/xem-lai")
        return shopper.review.status == 200

    def ordered(self, shopper: Shopper) -> bool:
        answer = shopper.order(f"lan{self.number}@nha.example")
        if answer.status >= 500:
            return False
        assert answer.location.startswith("/don-hang/"), (answer.status, answer.location, answer.text[:300])
        self.told.append(answer.location)
        return True

    def until(self, works: object) -> None:
        """The same again, as a person would press the button again."""
        for _ in range(150):
            try:
                if works():  # type: ignore[operator]
                    return
            except (OSError, http.client.HTTPException):
                pass
            self.again += 1
            time.sleep(0.2)
        raise AssertionError("nobody answered for half a minute")


@pytest.mark.parametrize("kills", [3, pytest.param(20, marks=pytest.mark.soak)])
def test_no_order_and_no_job_is_lost_or_doubled(template: Path, tmp_path: Path, post: SlowPost, kills: int) -> None:
    with (
        gateways() as phones,
        market_running(template, tmp_path, post, LOG_LEVEL="debug", **phones.settings("sms", "zalo")) as running,
    ):
        phones.without_zalo.add(NO_ZALO)
        with running.market.unit():
            stock_up(Actor.operator())
        killer = Killer(running, kills)
        killer.born = {pid: time.monotonic() - YOUNG for pid in (running.worker(),)}
        killer.start()
        buyers = [Buyer(running.port, n, killer.over) for n in range(BUYERS)]
        for buyer in buyers:
            buyer.start()
        assert phones.heard.wait(90)
        phones.without_zalo.clear()
        assert killer.over.wait(60 + 30 * kills), f"only {killer.killed}"
        for buyer in buyers:
            buyer.join(60)
        assert [buyer.trouble for buyer in buyers] == [""] * BUYERS
        wait_for_promises(running)
        told = [address for buyer in buyers for address in buyer.told]
        check_orders(running, told)
        check_letters(post, phones, len(told))
        again = sum(buyer.again for buyer in buyers)
        print(
            f"\nkilled {Counter(kind for kind, _ in killer.killed)}: {len(told)} orders, {len(post.taken)} letters, "
            f"{len(phones.zalo)} by Zalo, {len(phones.sms)} SMS, {again} tries more"
        )
    assert Counter(kind for kind, _ in killer.killed) == {"web": kills - kills // 2, "worker": kills // 2}


def wait_for_promises(running: Running, seconds: float = 150) -> None:
    """Those of a killed worker come back when their lease of a minute ends."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with running.market.unit():
            left = db.session.execute(select(Promise.topic, Promise.state).where(Promise.state != "done")).all()
        if not left:
            return
        time.sleep(0.5)
    raise AssertionError(f"promises left: {left}")


def check_orders(running: Running, told: list[str]) -> None:
    """Every order a buyer was told of is there once, and no other; what they hold is what was ordered."""
    with running.market.unit():
        kept = [f"/don-hang/{token}" for token in db.session.scalars(select(OrderGroup.token))]
        orders = db.session.scalar(select(func.count()).select_from(Order))
        placed = db.session.scalar(select(func.count()).where(Promise.topic == "order.placed"))
        assert len(set(told)) == len(told)
        assert sorted(kept) == sorted(told)
        assert orders == placed == len(told)
        assert cast.variant_stock(MIEN) == (100_000, len(told))


def check_letters(post: SlowPost, phones: Gateways, orders: int) -> None:
    """Word of each order to its buyer and to its seller, none twice by its key, by whichever way it went."""
    keys = Counter(re.search(r"Message-ID: <(\w+)@", letter)[1] for letter in post.taken)  # type: ignore[index]
    assert {key: times for key, times in (keys + phones.keys).items() if times > 1} == {}
    assert phones.wrong == []
    assert len(phones.sms) + len(phones.zalo) == len(phones.keys) == orders
    assert phones.sms
    assert sum("lan" in letter for letter in post.taken) >= orders

"""Told to stop, the market finishes what it has begun; a worker that dies is begun anew."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import func, select

from marketplace.app import create_app
from marketplace.kit import db, outbox
from marketplace.kit.actor import Actor
from marketplace.kit.outbox import Promise
from marketplace.orders.models import OrderGroup
from tests.browser.conftest import free_port, start, stop, wait_until_open
from tests.conftest import settings_for
from tests.market import MarketUnderTest
from tests.operations.test_trouble import MIEN, locked
from tests.races.server import children
from tests.races.shopper import Shopper

pytestmark = pytest.mark.xdist_group("operations")


@dataclass
class SlowPost:
    """A post office that thinks for a while before it takes a letter."""

    port: int
    asked: threading.Event = field(default_factory=threading.Event)
    taken: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def talk(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rwb") as lines:
            lines.write(b"220 post\r\n")
            lines.flush()
            for line in lines:
                if line.upper().startswith(b"DATA"):
                    lines.write(b"354 go on\r\n")
                    lines.flush()
                    body = b"".join(iter(lines.readline, b".\r\n"))
                    self.asked.set()
                    time.sleep(self.seconds)
                    self.taken.append(body.decode())
                lines.write(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 ok\r\n")
                lines.flush()


@pytest.fixture
def post() -> Iterator[SlowPost]:
    """Open while the test runs."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        office = SlowPost(server.getsockname()[1])

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                threading.Thread(target=office.talk, args=(connection,), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield office


@dataclass(frozen=True)
class Running:
    """A market as its operator runs it, and seen from inside."""

    process: subprocess.Popen[bytes]
    market: MarketUnderTest
    port: int
    log: Path

    def worker(self) -> int:
        """The process that keeps promises."""
        for pid in children(self.process.pid):
            if b"worker" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"):
                return pid
        return 0


@pytest.fixture
def running(template: Path, tmp_path: Path, post: SlowPost) -> Iterator[Running]:
    """`python run.py` on the cast's market, with a way out for letters."""
    with market_running(template, tmp_path, post) as market:
        yield market


@contextmanager
def market_running(template: Path, tmp_path: Path, post: SlowPost, **changes: str) -> Iterator[Running]:
    """The same, with changes to the settings."""
    shutil.copytree(template, tmp_path / "data")
    port = free_port()
    way = {"SMTP_URL": f"smtp://127.0.0.1:{post.port}", "MAIL_FROM": "cho@cho.example", **changes}
    process, log = start(tmp_path, port, **way)
    url = f"http://127.0.0.1:{port}"
    settings = settings_for(tmp_path / "data", PUBLIC_URL=url, PORT=str(port), **way)
    market = MarketUnderTest(create_app(settings), tmp_path / "data")
    try:
        wait_until_open(url, process, log)
        yield Running(process, market, port, log)
    finally:
        stop(process)
        market.close()


@db.action
def promise_letter(actor: Actor) -> None:
    letter = {"to": "lan@nha.example", "title": "Đã đặt hàng", "body": "Chè lam"}
    outbox.add("message.send", secret_text=json.dumps(letter), channel="email")


def kept(running: Running) -> list[str]:
    with running.market.unit():
        return list(db.session.scalars(select(Promise.state).where(Promise.topic == "message.send")))


def wait_until_read(server: int, buyer: int, seconds: float = 10) -> None:
    """Until the server has taken everything off the connection from this port of a buyer."""
    deadline = time.monotonic() + seconds
    row = re.compile(rf" \w+:{server:04X} \w+:{buyer:04X} 01 \w+:00000000 ")
    while not row.search(Path("/proc/net/tcp").read_text("utf-8")):
        assert time.monotonic() < deadline, "the server did not read the press"
        time.sleep(0.005)


def test_what_was_begun_is_finished_when_the_market_is_told_to_stop(running: Running, post: SlowPost) -> None:
    post.seconds = 2.0
    buyer = Shopper(running.port)
    buyer.go_to_review(MIEN, producer_id=2)
    with running.market.unit():
        promise_letter(Actor.operator())
    assert post.asked.wait(10)

    def stop_it(port: int) -> None:
        wait_until_read(running.port, port)
        running.process.send_signal(signal.SIGTERM)

    buyer.meanwhile = stop_it
    with locked(running.market.folder, 1.5):
        buyer.order()
    assert buyer.last[-1].location.startswith("/don-hang/"), buyer.last[-1]
    running.process.wait(9)
    with running.market.unit():
        assert db.session.scalar(select(func.count()).select_from(OrderGroup)) == 1
    assert (kept(running), len(post.taken)) == (["done"], 1)


def test_a_worker_that_dies_is_begun_anew_and_goes_on(running: Running, post: SlowPost) -> None:
    first = running.worker()
    os.kill(first, signal.SIGKILL)
    with running.market.unit():
        promise_letter(Actor.operator())
    assert post.asked.wait(15)
    assert running.worker() not in (0, first)
    assert "is begun anew" in running.log.read_text("utf-8")

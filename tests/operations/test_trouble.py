"""A full disk and a locked database, for real: a page that says so, reads that go on, and nothing told that is not kept."""

import contextlib
import os
import resource
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from marketplace.accounts.actions.sessions import open_session
from marketplace.accounts.rules import Device
from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.orders.models import OrderGroup
from tests import cast, stage
from tests.races.server import Served, serving
from tests.races.shopper import Answer, Shopper

pytestmark = pytest.mark.xdist_group("operations")
MIEN = 3
PAGES = ("/", "/san-pham/che-lam-dai-dong-h1", "/gian-hang/co-so-ba-mo-mo1", "/danh-muc/")
CANNOT_WRITE = "Chợ tạm chưa ghi được"
Full = Callable[[Served], contextlib.AbstractContextManager[None]]


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A file system of 12 MB, where this machine lets us mount one."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here; the same is tested with a limit on the size of files")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def disk_full(served: Served) -> Iterator[None]:
    """Not one byte is left on the disk."""
    filler = served.market.folder / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"\0" * 4096)
    yield
    filler.unlink()


@contextmanager
def files_may_not_grow(served: Served) -> Iterator[None]:
    """Every file of the server's processes has reached its limit."""
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in served.pids()}
    for pid, (_, hard) in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, hard))
    yield
    for pid, limits in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


@pytest.fixture(scope="module", params=[disk_full, files_may_not_grow], ids=lambda full: full.__name__)
def served(
    request: pytest.FixtureRequest, template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """A market on a disk that can be filled."""
    with contextlib.ExitStack() as stack:
        folder = tmp_path_factory.mktemp("disk") / "market"
        if request.param is disk_full:
            stack.enter_context(small_disk(folder))
        yield stack.enter_context(serving(template, folder))


@pytest.fixture
def full(request: pytest.FixtureRequest) -> Full:
    """The way this market's disk is filled."""
    chosen: Full = request.node.callspec.params["served"]
    return chosen


def orders(served: Served) -> int:
    with served.market.unit():
        return int(db.session.scalar(select(func.count()).select_from(OrderGroup)) or 0)


def buyers(served: Served, number: int) -> list[Shopper]:
    found = [Shopper(served.port, f"127.0.40.{1 + n}") for n in range(number)]
    for buyer in found:
        buyer.go_to_review(MIEN, producer_id=2)
    return found


def test_on_a_full_disk_orders_are_refused_with_a_page_and_reading_goes_on(served: Served, full: Full) -> None:
    waiting = buyers(served, 12)
    first = waiting.pop().order()
    assert first.location.startswith("/don-hang/")
    acknowledged, refused = [first], []
    with full(served):
        for buyer in waiting:
            answer = buyer.order()
            if answer.status == 303:  # there may still be room inside the files
                acknowledged.append(answer)
                continue
            assert (answer.status, CANNOT_WRITE in answer.text) == (503, True), answer.text[:500]
            refused.append(buyer)
            for path in (*PAGES, acknowledged[-1].location):
                assert buyer.send("GET", path).status == 200, path
        assert len(refused) >= 3
        assert Shopper(served.port).send("GET", "/readyz").status == 200
    acknowledged += [buyer.order() for buyer in refused]
    assert {answer.status for answer in acknowledged} == {303}
    assert len({answer.location for answer in acknowledged}) == 12 == orders(served)
    with served.market.unit():
        assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"
        assert cast.variant_stock(MIEN) == (40, 12)


def test_a_photo_that_does_not_fit_leaves_nothing_behind(served: Served, full: Full) -> None:
    with served.market.unit():
        token = open_session(Actor.system("test"), cast.user_id("Mơ"), device=Device("Chromium", "127.0.0.1"))
    mo = Shopper(served.port, cookies={"phien": token})
    with full(served):
        answer = send_photo(mo, "/ban-hang/hang/moi")
        assert answer.status == 503, answer.text[:500]
        assert CANNOT_WRITE in answer.text
        assert list((served.market.folder / "private").rglob("*.tmp")) == []
    assert send_photo(mo, "/ban-hang/hang/moi").status == 303


def send_photo(shopper: Shopper, path: str) -> Answer:
    parts = (
        b'--x\r\nContent-Disposition: form-data; name="ma"\r\n\r\nk7m2p9q4\r\n',
        b'--x\r\nContent-Disposition: form-data; name="chup"; filename="a.webp"\r\nContent-Type: image/webp\r\n\r\n',
    )
    body = b"".join(parts) + stage.PICTURE.read_bytes() + b"\r\n--x--\r\n"
    return shopper.send_bytes(path, body, "multipart/form-data; boundary=x")


@contextmanager
def locked(folder: Path, seconds: float) -> Iterator[threading.Thread]:
    """Somebody else writes for so long."""
    other = sqlite3.connect(folder / "market.sqlite3", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(seconds, other.rollback)
    release.start()
    try:
        yield release
    finally:
        release.join()
        other.close()


@pytest.fixture(scope="module")
def on_disk(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A market on an ordinary disk."""
    with serving(template, tmp_path_factory.mktemp("locked")) as server:
        yield server


@pytest.mark.parametrize(("held", "status"), [(1.5, 303), (7.0, 503)])
def test_a_locked_database_is_waited_for_and_then_says_so_while_reads_go_on(
    on_disk: Served, held: float, status: int
) -> None:
    [buyer] = buyers(on_disk, 1)
    with locked(on_disk.market.folder, held) as holding:
        pressed = threading.Thread(target=buyer.order)
        pressed.start()
        reads = []
        while holding.is_alive() and pressed.is_alive():
            reads += [Shopper(on_disk.port, "127.0.41.1").send("GET", path) for path in PAGES]
            time.sleep(0.05)
        pressed.join()
    assert {answer.status for answer in reads} == {200}
    assert max(answer.seconds for answer in reads) < 2
    assert buyer.last[-1].status == status
    if status == 503:
        assert "Chợ đang đông" in buyer.last[-1].text
        assert buyer.last[-1].seconds < 6.9
        assert buyer.order().location.startswith("/don-hang/")

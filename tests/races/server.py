"""The real server on a port of its own: Granian as in production, two workers, one database file."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from marketplace.app import create_app
from tests.conftest import settings_for
from tests.market import MarketUnderTest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Served:
    """A running server, and the same market seen from inside for reading back."""

    market: MarketUnderTest
    port: int
    pid: int = 0

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def pids(self) -> list[int]:
        """The processes that answer requests."""
        return children(self.pid)

    def said(self) -> str:
        """Everything it has logged."""
        return (self.market.folder / "server.log").read_text("utf-8")


def children(pid: int) -> list[int]:
    """Processes begun by this one."""
    lists = (each.read_text("ascii") for each in Path(f"/proc/{pid}/task").glob("*/children"))
    return sorted(int(each) for line in lists for each in line.split())


@contextmanager
def serving(template: Path, folder: Path, **changes: str) -> Iterator[Served]:
    """Serve a copy of the cast's market until the block ends; `changes` to the settings."""
    shutil.copytree(template, folder, dirs_exist_ok=True)
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    market = MarketUnderTest(create_app(settings_for(folder, PUBLIC_URL=url, PORT=str(port), **changes)), folder)
    environ = {
        **os.environ,
        "DATA_DIR": str(folder),
        "PUBLIC_URL": url,
        "PORT": str(port),
        "MARKET_MODE": "demo",
        **changes,
    }
    command = [
        sys.executable, "-m", "granian", "run:app", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "2", "--blocking-threads", "32", "--backlog", "1024", "--log-level", "warning", "--respawn-failed-workers",
    ]  # fmt: skip
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
        try:
            _wait_for(port, process)
            yield Served(market, port, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)
            market.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("the server did not start")
        with socket.socket() as probe:
            probe.settimeout(0.2)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not answer for 30 seconds")

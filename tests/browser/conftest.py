"""A real market (server, worker, demo goods) and a real browser, for stories told through pages only."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.skipping import skip_loudly

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 640}


@dataclass
class LiveMarket:
    """A market that runs as its operator would run it."""

    url: str
    folder: Path
    log: Path
    at_the_desk: dict[str, Any] = field(default_factory=dict)  # cookies of officials by their telephone

    def said(self) -> str:
        """Everything printed so far, messages of the console sender among it."""
        return self.log.read_text("utf-8")

    def code_for(self, phone: str, *, after: int = 0, seconds: float = 20) -> str:
        """The newest one-time code sent to this number since `after` characters of the log."""
        deadline = time.monotonic() + seconds
        digits = re.sub(r"\D", "", phone)[-9:]
        while time.monotonic() < deadline:
            for message in reversed(re.split(r"\n(?=--- )", self.said()[after:])):
                head, _, body = message.partition("\n")
                if digits in re.sub(r"[\s.]", "", head) and (found := re.search(r"\b\d{6}\b", body)):
                    return found[0]
            time.sleep(0.2)
        raise AssertionError(f"no code was sent to {phone}:\n{self.said()[-2000:]}")


def free_port() -> int:
    """A port that nobody listens on, and that Chromium does not refuse."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path, port: int, **changes: str) -> tuple[subprocess.Popen[bytes], Path]:
    """`python run.py` in a folder of its own; the process and its log."""
    log = folder / "log.txt"
    env = {**os.environ, "DATA_DIR": str(folder / "data"), "PORT": str(port), "PYTHONUNBUFFERED": "1", **changes}
    env.pop("PUBLIC_URL", None)
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "run.py"], cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
        )
    return process, log


def wait_until_open(url: str, process: subprocess.Popen[bytes], log: Path, seconds: float = 120) -> None:
    """Until the first page is answered, or the log of what went wrong."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the market did not open:\n{log.read_text('utf-8')[-4000:]}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ctrl-C, as its operator would; fails when anything outlives it."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(9)
    left = list(_processes_of_session(process.pid))
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert left == [], "Ctrl-C left processes behind"


def _processes_of_session(session: int) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and os.getsid(int(entry.name)) == session:
                yield int(entry.name)
        except ProcessLookupError:
            continue


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveMarket]:
    """The demo market, opened once for all stories of this session."""
    folder = tmp_path_factory.mktemp("live")
    port = free_port()
    process, log = start(folder, port)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_open(url, process, log)
        yield LiveMarket(url, folder / "data", log)
    finally:
        stop(process)


@pytest.fixture(scope="session")
def _playwright() -> Iterator[Playwright]:
    if not Path(CHROMIUM).exists():
        skip_loudly("no Chromium on this machine (apt-get install chromium fonts-roboto-unhinted)")
    with sync_playwright() as play:
        yield play


@pytest.fixture(scope="session")
def chromium(_playwright: Playwright) -> Iterator[Browser]:
    """The browser."""
    browser = _playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Every story is told twice."""
    return bool(request.param)


@pytest.fixture
def phone(chromium: Browser, live: LiveMarket, scripts: bool) -> Iterator[Callable[[], Page]]:
    """`phone()`: a new person with a telephone of 360 x 640 and no cookies; any error in its console fails the test."""
    contexts, faults = [], []

    def new() -> Page:
        context = chromium.new_context(viewport=PHONE, base_url=live.url, java_script_enabled=scripts, locale="vi-VN")
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        return page

    yield new
    for context in contexts:
        context.close()
    unexpected = [fault for fault in faults if "status of 4" not in fault]
    assert unexpected == []

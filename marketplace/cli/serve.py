"""Start everything on one machine: database, demo market, index, worker and server; stop everything with Ctrl-C."""

import errno
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Final

import click
from flask import Flask
from flask.cli import with_appcontext
from flask.globals import current_app
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

import config
from marketplace.cli import starting
from marketplace.cli.speaking import Command

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent.parent
ADDRESS: Final = "127.0.0.1"
STOP_SECONDS: Final = 5  # what is being answered may end; what hangs longer is killed, and every unit rolls back


def serve(app: Flask) -> None:
    """Prepare what is missing, then serve on 127.0.0.1 until told to stop."""
    settings: config.Settings = app.config["SETTINGS"]
    _require_free_port(settings.port)
    began = time.monotonic()
    with app.app_context():
        starting.prepare(settings)
        _greet(settings, time.monotonic() - began)
    # Ctrl-C in a terminal reaches the whole process group. A server process that is told twice to stop (by the
    # terminal and by its parent) never does, so only this process stays in the group and tells the others.
    os.register_at_fork(after_in_child=os.setpgrp)
    beside = Beside()
    beside.start()
    try:
        _server(settings).serve()
    finally:
        beside.end()


class Beside(threading.Thread):
    """The worker process beside the server, begun anew whenever it dies: promises must not wait for a person."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.over = threading.Event()
        self.process = self._begin()

    def _begin(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "flask", "--app", "run", "worker"], cwd=ROOT, process_group=0)

    def run(self) -> None:
        """Watch it."""
        while not self.over.wait(0.5):
            if (code := self.process.poll()) is not None:
                log.error("the worker ended with %s and is begun anew", code)
                if not self.over.wait(1):
                    self.process = self._begin()

    def end(self) -> None:
        """Let it finish what it does, for a few seconds."""
        self.over.set()
        self.join()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()


def _require_free_port(port: int) -> None:
    """Refuse a port that somebody listens on: the server shares it silently, and two markets would answer in turn."""
    with socket.socket() as probe:
        # What a market stopped a minute ago left behind is not in the way.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            why = "đang có chương trình khác dùng" if taken else f"không mở được ({error.strerror})"
            other = 5001 if port != 5001 else 5002
            raise click.ClickException(f"Cổng {port} {why}. Chọn cổng khác, ví dụ: PORT={other} make run") from None


def _server(settings: config.Settings) -> MPServer:
    os.environ.setdefault("PYTHONPATH", str(ROOT))
    return MPServer(
        "run:app",
        address=ADDRESS,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=settings.threads,
        backlog=1024,
        backpressure=settings.threads,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    )


def _greet(settings: config.Settings, seconds: float) -> None:
    click.echo(f"\nChợ mở tại {settings.public_url} (chuẩn bị {seconds:.1f} giây)")
    for line in starting.sign_ins(settings):
        click.echo(f"  {line}")
    click.echo("Nhấn Ctrl-C để dừng.\n")


@click.command("serve", cls=Command)
@with_appcontext
def command() -> None:
    """Start the market with its worker (what `python run.py` does)."""
    serve(current_app._get_current_object())  # type: ignore[attr-defined] # werkzeug's proxy

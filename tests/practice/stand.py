"""A practice Stripe on a port of its own, and a buyer's hands on its pages."""

import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

from marketplace.practice.app import PracticeStripe
from marketplace.practice.courier import Courier, Send
from marketplace.practice.store import Store

KEY = "sk_test_practice"
SECRET = "whsec_practice"


class _Silent(WSGIRequestHandler):
    def log(self, *_args: Any) -> None:
        """Say nothing."""


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> None:
        """A redirect is looked at, not followed."""


_open = urllib.request.build_opener(_StayHere)


@dataclass
class Stand:
    """A running practice Stripe."""

    app: PracticeStripe
    url: str

    def courier(self, send: Send) -> Courier:
        """Somebody who brings its events to the market."""
        return Courier(self.app.store, SECRET, send)

    def visit(self, page: str, **form: str) -> tuple[int, str, str]:
        """Open the page, or send its form: status, where it leads, what it says."""
        return visit(page, **form)


def visit(page: str, **form: str) -> tuple[int, str, str]:
    """The same, from any process."""
    body = urllib.parse.urlencode(form).encode() if form else None
    try:
        with _open.open(urllib.request.Request(page, body), timeout=20) as answer:
            return answer.status, answer.headers.get("Location", ""), answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers.get("Location", ""), error.read().decode()


@contextmanager
def standing(folder: Path) -> Iterator[Stand]:
    """Serve until the block ends."""
    app = PracticeStripe(Store(folder / "practice-stripe.sqlite3"), KEY, "")
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    url = app.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)  # seconds until it hears "stop"
    thread.start()
    try:
        yield Stand(app, url)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

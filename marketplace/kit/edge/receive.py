"""Receiving a body whole before anything is open, so that a slow sender holds no lock and few threads.

Limits per path; two pools of receiving slots in each worker, one for photos and one for small forms, so that stalled
photos never stop a checkout; one address holds at most four slots of a pool.
"""

import io
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Condition
from typing import IO, TYPE_CHECKING, Any

from marketplace.kit.text import whole

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

SMALL_LIMIT = 64 * 1024
PHOTO_LIMIT = 26 * 1024 * 1024
SPOOL = 1024 * 1024
SLOTS = 8
PER_ADDRESS = 4


class Unreceived(Exception):
    """The body was not taken; `status` says why (400 short, 408 too slow, 411 no length, 413 too big, 503 no slot)."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass
class Pool:
    """Receiving slots of one kind; `patience` is how many seconds a sender waits for one."""

    limit: int
    seconds: float
    patience: float
    slots: int = SLOTS
    taken: Counter[str] = field(default_factory=Counter)
    free: Condition = field(default_factory=Condition)

    def _has_room(self, address: str) -> bool:
        return self.taken.total() < self.slots and self.taken[address] < PER_ADDRESS

    @contextmanager
    def slot(self, address: str) -> Iterator[None]:
        """Hold a slot for this address. Raises Unreceived(503) when none comes free in time."""
        with self.free:
            if not self.free.wait_for(lambda: self._has_room(address), self.patience):
                raise Unreceived(503)
            self.taken[address] += 1
        try:
            yield
        finally:
            with self.free:
                self.taken[address] -= 1
                if not self.taken[address]:
                    del self.taken[address]
                self.free.notify_all()


class Receiver:
    """Takes bodies for one worker. `photo_paths` are the addresses that may carry megabytes."""

    def __init__(self, photo_paths: re.Pattern[str]) -> None:
        self.photo_paths = photo_paths
        self.photos = Pool(PHOTO_LIMIT, seconds=180, patience=0.0)
        self.small = Pool(SMALL_LIMIT, seconds=15, patience=0.5)

    def take(self, environ: "WSGIEnvironment") -> IO[bytes]:
        """The whole body, in memory below 1 MB and in a temporary file above. Raises Unreceived."""
        if environ["REQUEST_METHOD"] in ("GET", "HEAD", "OPTIONS"):
            return io.BytesIO()
        pool = self.photos if self.photo_paths.match(environ.get("PATH_INFO", "")) else self.small
        length = _length(environ, pool.limit)
        if length == 0:
            return io.BytesIO()
        with pool.slot(environ.get("REMOTE_ADDR", "")):
            return _copy(environ["wsgi.input"], length, time.monotonic() + pool.seconds)


def _length(environ: "WSGIEnvironment", limit: int) -> int:
    text = environ.get("CONTENT_LENGTH") or ""
    if not text and "HTTP_TRANSFER_ENCODING" not in environ:
        return 0
    length = whole(text)
    if length is None:
        raise Unreceived(411)
    if length > limit:
        raise Unreceived(413)
    return length


def _keep(body: IO[bytes], chunk: bytes) -> None:
    try:
        body.write(chunk)
    except OSError as error:  # no room for a spooled photo
        raise Unreceived(503) from error


def _copy(source: Any, length: int, deadline: float) -> IO[bytes]:
    body: IO[bytes] = io.BytesIO() if length <= SPOOL else tempfile.TemporaryFile()  # noqa: SIM115 - outlives this function
    left = length
    while left:
        chunk = source.read(min(left, 64 * 1024))
        if not chunk:
            raise Unreceived(400)
        if time.monotonic() > deadline:
            raise Unreceived(408)
        _keep(body, chunk)
        left -= len(chunk)
    body.seek(0)
    return body

"""Telling the market what happened: signed events, once or several times, in order or not, until they are confirmed."""

import hashlib
import hmac
import http.client
import json
import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from marketplace.practice import ledger
from marketplace.practice.store import Store, Thing

log = logging.getLogger(__name__)

Send = Callable[[bytes, str], int]
"""Takes a body and its signature header, brings them to the market, and says what status came back."""

Order = Literal["as it was", "reversed", "shuffled"]


def signature(body: bytes, secret: str, at: int | None = None) -> str:
    """`t=…,v1=…`: HMAC-SHA256 over time and raw body."""
    moment = ledger.now() if at is None else at
    signed = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={signed}"


def over_http(url: str, host: str = "") -> Send:
    """Send to this address of this machine."""
    where = urlsplit(url)

    def send(body: bytes, signed: str) -> int:
        headers = {"Content-Type": "application/json; charset=utf-8", "Stripe-Signature": signed}
        connection = http.client.HTTPConnection(where.netloc, timeout=20)
        try:
            connection.request("POST", where.path, body, {**headers, **({"Host": host} if host else {})})
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    return send


@dataclass
class Courier:
    """Brings events to one address."""

    store: Store
    secret: str
    send: Send

    def deliver(self, *, copies: int = 1, order: Order = "as it was", again: bool = False) -> list[int]:
        """Send every event that nobody confirmed (`again`: all), each so many times; the statuses that came back."""
        with self.store.book() as book:
            waiting = [pair for pair in book.untold(again=again) for _copy in range(copies)]
        if order == "reversed":
            waiting.reverse()
        elif order == "shuffled":
            random.shuffle(waiting)
        return [self._tell(seq, event) for seq, event in waiting]

    def _tell(self, seq: int, event: Thing) -> int:
        body = json.dumps(event).encode()
        status = self.send(body, signature(body, self.secret))
        if 200 <= status < 300:
            with self.store.book() as book:
                book.told(seq)
        return status

    def soon(self) -> None:
        """Deliver from a thread of its own, trying again for a minute; what banks do later happens here too."""
        threading.Thread(target=self._keep_telling, daemon=True).start()

    def _keep_telling(self) -> None:
        for pause in (0.2, 1.0, 3.0, 10.0, 30.0):
            time.sleep(pause)
            try:
                self.deliver()
                if pause == 3.0:
                    with self.store.book() as book:
                        ledger.settle_refunds(book)
            except Exception:
                log.exception("the practice Stripe could not tell the market")

"""Writers of SQLite take turns.

SQLite lets those who wait for the write lock guess when to ask again, and they ask the more seldom the longer they have
waited: with two hundred checkouts at once a few were still waiting when the last of the others had long gone home. Here
the threads of a process wait for one another in a queue, and only the first of them asks SQLite, every few milliseconds.
"""

import sqlite3
import threading
import time
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from marketplace.kit import spreading

_BEGIN = "BEGIN IMMEDIATE"
_PAUSE = (0.002, 0.008)
_HELD = "holds the turn to write"


class Turns:
    """One queue for all writers of a process. `seconds`: how long somebody waits before being told that it is busy."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        self._turn = threading.Lock()

    def begin(self, connection: Connection) -> None:
        """Begin to write, or raise as SQLite does when it is locked for too long."""
        until = time.monotonic() + self.seconds
        if not self._turn.acquire(timeout=self.seconds):
            raise OperationalError(_BEGIN, None, sqlite3.OperationalError("database is locked"))
        connection.info[_HELD] = True
        try:
            self._ask(connection.connection.dbapi_connection, until)
        except sqlite3.OperationalError as error:
            self.end(connection)
            raise OperationalError(_BEGIN, None, error) from error

    def _ask(self, driver: Any, until: float) -> None:
        driver.execute("PRAGMA busy_timeout=0")
        try:
            while time.monotonic() < until:
                try:
                    driver.execute(_BEGIN)
                    return
                except sqlite3.OperationalError as error:
                    if "locked" not in str(error):
                        raise
                time.sleep(spreading.between(*_PAUSE))
            driver.execute(_BEGIN)
        finally:
            driver.execute(f"PRAGMA busy_timeout={self.seconds * 1000}")

    def end(self, connection: Connection) -> None:
        """The next one may ask: called before COMMIT and ROLLBACK, which take a moment longer."""
        self._let_go(connection.info)

    def returned(self, driver: Any, entry: ConnectionPoolEntry) -> None:  # noqa: ARG002 - the event's signature
        """A connection comes back to the pool: whatever happened, nobody waits for it any longer."""
        self._let_go(entry.info)

    def _let_go(self, info: dict[Any, Any]) -> None:
        if info.pop(_HELD, False):
            self._turn.release()

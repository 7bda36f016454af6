"""What the practice Stripe remembers: objects, answers by idempotency key, and events, in one SQLite file shared by processes."""

import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

Thing = dict[str, Any]

_TABLES = """
CREATE TABLE IF NOT EXISTS thing (id TEXT PRIMARY KEY, kind TEXT NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS answer (key TEXT PRIMARY KEY, asked TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS event (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, body TEXT NOT NULL, told INTEGER NOT NULL DEFAULT 0
);
"""


class Book:
    """The open book of one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def find(self, kind: str, key: str) -> Thing | None:
        """One object of this kind."""
        row = self._connection.execute("SELECT body FROM thing WHERE id = ? AND kind = ?", (key, kind)).fetchone()
        return json.loads(row[0]) if row else None

    def put(self, thing: Thing) -> Thing:
        """Write an object down, new or changed."""
        seq = self._connection.execute("SELECT count(*) FROM thing").fetchone()[0]
        self._connection.execute(
            "INSERT INTO thing (id, kind, seq, body) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            (thing["id"], thing["object"], seq, json.dumps(thing)),
        )
        return thing

    def all(self, kind: str) -> list[Thing]:
        """Objects of one kind, the newest first."""
        rows = self._connection.execute("SELECT body FROM thing WHERE kind = ? ORDER BY seq DESC", (kind,))
        return [json.loads(row[0]) for row in rows]

    def answer(self, key: str) -> tuple[str, int, Thing] | None:
        """What a request with this idempotency key asked, and what it was told."""
        row = self._connection.execute("SELECT asked, status, body FROM answer WHERE key = ?", (key,)).fetchone()
        return (row[0], row[1], json.loads(row[2])) if row else None

    def remember(self, key: str, asked: str, status: int, body: Thing) -> None:
        """Keep an answer for its key."""
        self._connection.execute("INSERT INTO answer VALUES (?, ?, ?, ?)", (key, asked, status, json.dumps(body)))

    def happened(self, event: Thing) -> None:
        """An event that somebody has to be told of."""
        self._connection.execute("INSERT INTO event (id, body) VALUES (?, ?)", (event["id"], json.dumps(event)))

    def untold(self, *, again: bool = False) -> list[tuple[int, Thing]]:
        """Events nobody has confirmed yet, with `again` all of them, the oldest first."""
        rows = self._connection.execute("SELECT seq, body FROM event WHERE told = 0 OR ? ORDER BY seq", (again,))
        return [(row[0], json.loads(row[1])) for row in rows]

    def told(self, seq: int) -> None:
        """This event was confirmed."""
        self._connection.execute("UPDATE event SET told = 1 WHERE seq = ?", (seq,))


class Store:
    """The file, opened for one transaction at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def _open(self) -> sqlite3.Connection:
        """Made when it is first needed."""
        new = not self.path.exists()
        connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
        if new:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.executescript(_TABLES)
        return connection

    @contextmanager
    def book(self) -> Iterator[Book]:
        """Read and write, all or nothing; one at a time over all processes."""
        with closing(self._open()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield Book(connection)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")


def new_id(prefix: str) -> str:
    """`cs_test_…`: as Stripe writes them."""
    return f"{prefix}_{secrets.token_hex(12)}"

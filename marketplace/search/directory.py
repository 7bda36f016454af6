"""The directory of the index, whatever engine fills it: what is live, who writes, and the word that it is damaged."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from marketplace.search.rules.engine import Unreadable

FORMAT = 2
"""Counts up with the schema or the stored row: an index of another format is built again."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is live: a folder, how often it was written, the last change it holds, and of which database."""

    folder: str
    generation: int
    cursor: int
    source: str
    format: int = FORMAT

    @classmethod
    def read(cls, home: Path) -> Manifest:
        """The manifest of an index. Refuses: missing, damaged or of another format (Unreadable)."""
        try:
            found = cls(**json.loads((home / "MANIFEST").read_bytes()))
        except (OSError, ValueError, TypeError) as error:
            raise Unreadable(str(home)) from error
        if found.format != FORMAT:
            raise Unreadable(f"{home}: format {found.format}")
        return found

    def same_documents(self, other: Manifest) -> bool:
        """Whether nothing was written between the two."""
        return (self.folder, self.generation) == (other.folder, other.generation)

    def write(self, home: Path) -> None:
        """Replace the manifest at once."""
        draft = home / f"MANIFEST.{secrets.token_hex(4)}"
        with draft.open("w") as out:
            json.dump(asdict(self), out)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(home / "MANIFEST")


def want_rebuild(home: Path) -> None:
    """Leave word for the writer that the index cannot be read. Losing the word is harmless: the next reader leaves it."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        (home / "REBUILD").touch()
    except OSError:
        return


@contextmanager
def writing(home: Path, *, wait: float) -> Iterator[bool]:
    """Hold the right to write, waiting at most `wait` seconds; yields whether it was given. The kernel frees it on death."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    until = time.monotonic() + wait
    with (home / "LOCK").open("w") as handle:
        while not (held := _try_lock(handle.fileno())) and time.monotonic() < until:
            time.sleep(0.05)
        yield held


def _try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

"""What has gone outside, by key, in files that no restore turns back and no crash of the database undoes.

Written after the world outside has taken a thing and before the database says so: a worker that dies in between, and a
market that comes back from yesterday, both look here before they send.
"""

import logging
import os
from pathlib import Path

from flask import current_app

from marketplace.kit import clock

log = logging.getLogger(__name__)

MONTHS = 3
"""How many months of files are looked at."""


def _folder() -> Path:
    return Path(current_app.config["DATA_DIR"]) / "sent"


def remember(key: str) -> None:
    """Write the key down for good. A full disk is logged and stops nobody: the thing has been sent."""
    try:
        _folder().mkdir(exist_ok=True)
        path = _folder() / f"{clock.now():%Y-%m}.txt"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(descriptor, f"{key}\n".encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError:
        log.exception("what was sent could not be written down: %s", key)


def knows(key: str) -> bool:
    """Whether a thing of this key has gone outside."""
    wanted = f"{key}\n".encode()
    return any(wanted in path.read_bytes() for path in sorted(_folder().glob("*.txt"))[-MONTHS:])

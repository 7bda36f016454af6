"""What the market writes about itself: one line of JSON per event on the error stream, with the request it belongs to.

Lines name routes, never addresses: the address of an order opens it. Numbers of people and accounts are masked, and
the database driver is told to leave values out of its errors.
"""

import json
import logging
import os
import sys
import time
from datetime import UTC, datetime
from typing import Any

from flask import g, has_app_context, has_request_context, request

from marketplace.kit.masking import masked

access = logging.getLogger("marketplace.access")


class JsonLines(logging.Formatter):
    """A record as one line of JSON; `extra={"facts": {...}}` adds fields of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """Time in UTC, level, where from, what, and which request or job."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "pid": os.getpid(),
            "message": masked(record.getMessage()),
            **_where(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line["trouble"] = masked(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def _where() -> dict[str, str]:
    if has_request_context():
        rule = request.url_rule.rule if request.url_rule else "-"
        return {"request": g.get("request_id", ""), "method": request.method, "route": rule}
    job = g.get("job", "") if has_app_context() else ""
    return {"job": job} if job else {}


class _ErrorStream(logging.StreamHandler[Any]):
    """Writes to the error stream of the moment, also when somebody has replaced it."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        self.stream = sys.stderr
        super().emit(record)


def install(level: str) -> None:
    """From now on this process logs so. Called by those who start it, never by a test's application."""
    handler = _ErrorStream()
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(logging.getLevelName(level.upper()), logging.INFO))
    logging.getLogger("marketplace").setLevel(level.upper())
    logging.getLogger("alembic").setLevel("WARNING")


def answered(status: int, began: float) -> None:
    """One line for a request that was answered; `began` by the monotonic clock."""
    access.info("answered", extra={"facts": {"status": status, "ms": round((time.monotonic() - began) * 1000, 1)}})

"""Two addresses for machines: `/healthz`, this process is alive; `/readyz`, it can serve pages.

Answered before the Host is looked at: a proxy or a supervisor asks by number. Nothing in them is about anybody.
"""

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

log = logging.getLogger(__name__)

ALIVE, READY = "/healthz", "/readyz"
Checks = Mapping[str, Callable[[], bool]]


def answer(checks: Checks, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Alive: 200 at once. Ready: 200 when every check holds, else 503 with the names of those that do not."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return _say(HTTPStatus.METHOD_NOT_ALLOWED, {}, environ, start_response)
    if environ["PATH_INFO"] == ALIVE:
        return _say(HTTPStatus.OK, {"alive": True}, environ, start_response)
    found = {name: _holds(name, check) for name, check in checks.items()}
    ready = all(found.values())
    status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
    return _say(status, {"ready": ready, **found}, environ, start_response)


def _holds(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:
        log.exception("not ready: %s", name)
        return False


def _say(
    status: HTTPStatus, said: Mapping[str, bool], environ: "WSGIEnvironment", start_response: "StartResponse"
) -> Iterable[bytes]:
    body = json.dumps(said).encode()
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    start_response(f"{status.value} {status.phrase}", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

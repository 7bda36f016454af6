"""One POST to a gateway: over TLS, with a limit on time and size, no redirect followed and no proxy of the environment.

What goes wrong is said without headers, addresses or bodies: tokens, codes and numbers never reach a log.
"""

import http.client
import json
import ssl
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

SECONDS = 15
MOST_BYTES = 65_536


class GatewayTrouble(OSError):
    """The gateway did not take it now; it is asked again."""


class NobodyThere(Exception):
    """The gateway says for good that this number cannot be reached this way; another way may reach it."""


def post(url: str, headers: Mapping[str, str], body: bytes, *, name: str) -> dict[str, Any]:
    """The JSON object the gateway answered with. Raises GatewayTrouble for anything else; `name` stands in its words."""
    where = urlsplit(url)
    path = (where.path or "/") + (f"?{where.query}" if where.query else "")
    link = _connection(where.scheme, where.hostname or "", where.port)
    try:
        link.request("POST", path, body, dict(headers))
        answer = link.getresponse()
        status, text = answer.status, answer.read(MOST_BYTES)
    except (OSError, http.client.HTTPException) as error:
        raise GatewayTrouble(f"{name}: {type(error).__name__}") from None
    finally:
        link.close()
    if status != http.client.OK:
        raise GatewayTrouble(f"{name}: answered {status}")
    try:
        found = json.loads(text)
    except ValueError:
        raise GatewayTrouble(f"{name}: answered no JSON") from None
    if not isinstance(found, dict):
        raise GatewayTrouble(f"{name}: answered no object")
    return found


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=SECONDS, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, port, timeout=SECONDS)

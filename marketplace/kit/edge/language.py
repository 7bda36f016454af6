"""The language is the first part of an address: `/en/tim` is `/tim` in English.

The edge takes it off before Flask looks and leaves it in SCRIPT_NAME, so that there is one map of addresses; on the way
out every address of ours in a page or a redirect gets it back. What was typed is escaped before it stands in a page, so
it can hold no attribute. A link that names its language with `hreflang` says its whole address itself.
"""

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, has_request_context, request

ENGLISH = "en"
VIETNAMESE = "vi"
PREFIX = f"/{ENGLISH}"
BARE = ("static", "anh", "api", "hooks")
"""Files and machines have no language."""

_OURS = rf'/(?!/|(?:{"|".join((ENGLISH, *BARE))})(?:["/?#]|$))'
_IN_PAGE = re.compile(rf'(?<!hreflang="vi" )(\b(?:href|action|formaction|data-suggest)=")(?={_OURS})')
_IN_REDIRECT = re.compile(rf"^(?={_OURS})")


def taken_off(environ: Mapping[str, Any]) -> dict[str, Any]:
    """The request without its language, which is then in SCRIPT_NAME."""
    path = str(environ.get("PATH_INFO", ""))
    rest = path.removeprefix(PREFIX)
    if rest == path or (rest and not rest.startswith("/")) or rest.split("/", 2)[1:2] in [[name] for name in BARE]:
        return dict(environ)
    return {**environ, "PATH_INFO": rest or "/", "SCRIPT_NAME": f"{environ.get('SCRIPT_NAME', '')}{PREFIX}"}


def spoken() -> str:
    """The language of the request; Vietnamese where nobody asks: in the worker and on the command line."""
    return ENGLISH if has_request_context() and request.script_root.endswith(PREFIX) else VIETNAMESE


def prefix() -> str:
    """What stands before every address of ours in the language of the request: `/en` or nothing."""
    return PREFIX if spoken() == ENGLISH else ""


def addressed(path: str, language: str) -> str:
    """`path` (as the views know it) in this language."""
    return f"{PREFIX}{path}" if language == ENGLISH else path


def put_back(response: Response) -> Response:
    """Give every address of ours in an English answer its `/en` back."""
    if spoken() != ENGLISH:
        return response
    where = response.headers.get("Location")
    if where:
        response.headers["Location"] = _IN_REDIRECT.sub(PREFIX, where, count=1) if where[0] == "/" else where
    if response.mimetype == "text/html" and not response.is_streamed and not response.direct_passthrough:
        response.set_data(_IN_PAGE.sub(rf"\g<1>{PREFIX}", response.get_data(as_text=True)))
    return response


def install(app: Flask) -> None:
    """Put the language back after every request, before the answer is compressed."""
    app.after_request(put_back)

"""Refusing requests that another site makes a browser send.

`Sec-Fetch-Site`, when present, decides alone: only `same-origin` passes (`same-site` is another port of the same
host). Without it the whole `Origin` must equal PUBLIC_URL; never `null`, never compared with the Host header.
"""

from flask import Flask, abort, current_app, request

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class ForeignRequest(Exception):
    """An unsafe request that did not come from a page of this market."""


def is_own(sec_fetch_site: str | None, origin: str | None, public_url: str) -> bool:
    """Whether a request with these headers came from our own pages."""
    if sec_fetch_site is not None:
        return sec_fetch_site == "same-origin"
    return origin == public_url


def install(app: Flask) -> None:
    """Check every unsafe request save those of the door of signed messages."""

    @app.before_request
    def refuse_foreign() -> None:
        if request.method in SAFE or request.path.startswith("/hooks/"):
            return
        if request.routing_exception is not None:
            return  # no view will run: the answer is 404 or 405, whoever asks
        headers = request.headers
        if not is_own(headers.get("Sec-Fetch-Site"), headers.get("Origin"), current_app.config["PUBLIC_URL"]):
            abort(403, description=ForeignRequest.__name__)

"""The WSGI entry: files, the one Host, the whole body, then one unit per request, run again when PostgreSQL asks."""

import io
import re
import secrets
import time
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from flask import Flask, Request, Response, abort, g, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from marketplace.kit import db, logs, spreading
from marketplace.kit.edge import health, language
from marketplace.kit.edge.files import StaticFiles, answer_picture
from marketplace.kit.edge.flashes import FlashSessions
from marketplace.kit.edge.receive import Receiver, Unreceived
from marketplace.kit.text import harmless

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

TRIES = 3


class Typed(ImmutableMultiDict[str, Any]):
    """What came in the address or in a form; every text passes here before any door reads it."""

    def __init__(self, mapping: Any = None) -> None:
        pairs = MultiDict(mapping).items(multi=True) if mapping is not None else ()
        super().__init__([(key, harmless(value) if isinstance(value, str) else value) for key, value in pairs])


class TypedRequest(Request):
    """A request whose texts carry no control characters and nothing that turns the direction of writing."""

    parameter_storage_class = Typed


class Market(Flask):
    """Flask with our edge: nothing is open while a body arrives, and only this class commits a request."""

    request_class = TypedRequest
    session_interface = FlashSessions()
    statics: StaticFiles
    receiver: Receiver
    ready_checks: health.Checks = {}

    def install_edge(self, photo_paths: re.Pattern[str]) -> None:
        """Read the static files and open the receiving slots."""
        self.statics = StaticFiles(Path(self.config["STATIC_DIR"]))
        self.receiver = Receiver(photo_paths)

    def wsgi_app(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        path = environ.get("PATH_INFO", "")
        if path in (health.ALIVE, health.READY):
            return health.answer(self.ready_checks, environ, start_response)
        if environ.get("HTTP_HOST", "") != urlsplit(self.config["PUBLIC_URL"]).netloc:
            return self._redirect_home(environ, start_response)
        file: Iterable[bytes] | None = None
        if path.startswith("/static/"):
            file = self.statics.answer(environ, start_response)
        elif path.startswith("/anh/"):
            file = answer_picture(Path(self.config["DATA_DIR"]) / "public", environ, start_response)
        return file if file is not None else self._run(language.taken_off(environ), start_response)

    def _redirect_home(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Another name of this machine, localhost included: cookies and origins are those of PUBLIC_URL alone."""
        query = environ.get("QUERY_STRING", "")
        path = quote(environ.get("PATH_INFO", "/").encode("latin-1"), safe="/~!$&'()*+,;=:@-._")
        target = f"{self.config['PUBLIC_URL']}/{path.lstrip('/')}{'?' + query if query else ''}"
        start_response("307 Temporary Redirect", [("Location", target), ("Content-Length", "0")])
        return []

    def _run(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        try:
            body = self.receiver.take(environ)
        except Unreceived as refusal:
            body = io.BytesIO()
            environ = {**environ, "market.refusal": refusal.status, "CONTENT_LENGTH": "0"}
        with body:
            return self._try(environ, start_response, body)

    def _try(self, environ: "WSGIEnvironment", start_response: "StartResponse", body: IO[bytes]) -> Iterable[bytes]:
        named = {**environ, "market.request_id": secrets.token_hex(8)}
        for attempt in range(1, TRIES + 1):
            body.seek(0)
            again = {**named, "market.last_try": attempt == TRIES, "wsgi.input": body}
            try:
                return super().wsgi_app(again, start_response)
            except db.Again:
                time.sleep(spreading.between(0.01, 0.05) * attempt)
        raise AssertionError("the last try never asks for another")

    def dispatch_request(self) -> Response:
        """Run the view in one unit and commit it here, inside Flask's own error handling."""
        if refusal := request.environ.get("market.refusal"):
            abort(refusal)
        if _holds_nul():
            abort(400)  # no database of ours stores it, and nobody types it
        try:
            response = self.make_response(super().dispatch_request())
            db.commit()
        except BaseException as error:
            g.over = True
            db.roll_back()
            if db.is_try_again(error) and not request.environ.get("market.last_try"):
                raise db.Again from error
            raise
        g.over = True
        return response

    def full_dispatch_request(self) -> Response:
        """Name the request first: the name is in its log lines, its answer and its error page."""
        began = time.monotonic()
        g.request_id = request.environ.get("market.request_id", "")
        response = super().full_dispatch_request()
        logs.answered(response.status_code, began)
        return response

    def static_url(self, name: str) -> str:
        """The address of a static file, changing with its content."""
        return self.statics.url(name)


def _holds_nul() -> bool:
    """Whether a NUL character hides in the address or in a form."""
    typed = (value for values in (request.args, request.form) for pair in values.items(multi=True) for value in pair)
    return "\0" in request.path or any("\0" in value for value in typed)

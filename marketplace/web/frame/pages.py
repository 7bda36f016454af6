"""Answering: a page, a redirect after a change, a word said on the next page."""

from typing import Any

import flask
from flask import Response, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse


def page(template: str, *, status: int = 200, **context: Any) -> Response:
    """The template as an answer; `status` 422 for a form to be corrected, whose title then begins with "Lỗi:"."""
    context.setdefault("has_errors", status == 422)
    response: Response = make_response(render_template(template, **context), status)
    return response


def back_to(endpoint: str, **values: Any) -> AnyResponse:
    """After a change: see the page it leads to (303, so a reload repeats nothing)."""
    return redirect(url_for(endpoint, **values), 303)


def flash(text: str, *, undo: str = "", kind: str = "done") -> None:
    """Say this on the next page; `undo` is the address that a "Lấy lại" button posts to."""
    flask.flash({"text": text, "undo": undo, "kind": kind})  # type: ignore[arg-type] # flask stores any JSON value


def flashes() -> list[dict[str, str]]:
    """What the last page wanted to say; read once."""
    return list(flask.get_flashed_messages())  # type: ignore[arg-type]


def local_path(wanted: str | None, default: str) -> str:
    """`wanted` if it is a path of this market, else `default`: nobody is sent elsewhere."""
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")) or not wanted.isprintable():
        return default
    return wanted

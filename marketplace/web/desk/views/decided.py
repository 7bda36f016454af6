"""What an official sees who comes second: which office decided, and when."""

from flask import Response

from marketplace.producers import queries as producers
from marketplace.web import frame


def already(kind: str, subject_id: int, title: str, back: str) -> Response:
    """The page (409) for a decision that somebody else has made. `back` is the tab to return to."""
    decision = producers.last_decision(kind, subject_id)
    return frame.page("desk/decided.html", status=409, decision=decision, subject=title, back=back)

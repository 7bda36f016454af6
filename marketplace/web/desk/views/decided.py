"""What an official sees who comes second: which office decided, and when."""

from flask import Response

from marketplace.catalog.rules import SentAgain
from marketplace.producers import queries as producers
from marketplace.web import frame


def sent_again(refusal: SentAgain, title: str, address: str) -> Response:
    """The page (409) for a decision on something that its maker has changed and sent again since it was read."""
    return frame.page("desk/sent_again.html", status=409, words=refusal.message, subject=title, address=address)


def already(kind: str, subject_id: int, title: str, back: str) -> Response:
    """The page (409) for a decision that somebody else has made. `back` is the tab to return to."""
    decision = producers.last_decision(kind, subject_id)
    return frame.page("desk/decided.html", status=409, decision=decision, subject=title, back=back)

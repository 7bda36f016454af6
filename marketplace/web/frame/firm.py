"""Who runs the market, for the head and the foot of every page: one statement a page, whoever asks how often."""

from flask import g

from marketplace.accounts import queries as accounts
from marketplace.accounts.models import OperatorDetails


def operator() -> OperatorDetails | None:
    """The operator's details, None until somebody filled them in."""
    if "operator" not in g:
        g.operator = accounts.operator()
    return g.operator  # type: ignore[no-any-return] # flask.g holds anything

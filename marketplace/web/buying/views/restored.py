"""An order that is not here, in a market that was built anew from a backup: said in words, with a way to reach somebody."""

from flask import Response, request

from marketplace.kit import holding
from marketplace.kit.errors import NotFound
from marketplace.orders.queries import group_by_token
from marketplace.web import frame
from marketplace.web.buying.door import bp
from marketplace.web.frame.errors import answer


def may_be_lost(token: str) -> bool:
    """Whether an order of this address may have been lost with a restore."""
    return holding.latest() is not None and group_by_token(token) is None


def page_of_lost(*, kept: bool = False) -> Response:
    """What happened, what to do, whom to call. `kept`: the word that money was sent is written down."""
    found = holding.latest()
    if found is None:
        raise NotFound
    return frame.page("buying/order/restored.html", status=404, copied_at=found.copied_at, kept=kept)


@bp.errorhandler(NotFound)
def not_here(error: NotFound) -> Response:
    """Any address below an order that is not known."""
    token = (request.view_args or {}).get("token")
    if token and request.path.startswith("/don-hang/") and may_be_lost(str(token)):
        return page_of_lost()
    return answer(int(error.status), error.message, refusal=error)

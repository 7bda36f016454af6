"""The public log of decisions: the office and its reason, never a person."""

from flask import Response, request

from marketplace.producers import queries as producers
from marketplace.web import frame
from marketplace.web.storefront.views.door import absolute, bp

PER_PAGE = 50


@bp.get("/nhat-ky-duyet")
def decision_log() -> Response:
    """Decisions of the coordinators, newest first."""
    before = request.args.get("truoc", type=int)
    rows = producers.decision_log(before=before, limit=PER_PAGE + 1)
    return frame.page(
        "storefront/log.html",
        rows=rows[:PER_PAGE],
        older=f"/nhat-ky-duyet?truoc={rows[PER_PAGE - 1].id}" if len(rows) > PER_PAGE else "",
        canonical=absolute("/nhat-ky-duyet"),
    )

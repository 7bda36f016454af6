"""What waits today, and where everything else is."""

from flask import abort, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from marketplace.catalog import queries, rules
from marketplace.kit import clock
from marketplace.producers import queries as producers
from marketplace.producers.rules import ProducerState
from marketplace.web import frame
from marketplace.web.selling.door import STALL_COOKIE, acting, bp, producer_id
from marketplace.web.selling.tasks import tasks

FEW_LEFT = 5
YEAR = 365 * 86_400


@bp.get("/ban-hang/")
def today() -> Response:
    """The maker's day."""
    one = acting()
    person = frame.viewer()
    return frame.page(
        "selling/today.html",
        stall=one,
        stalls=producers.for_user(person.user_id if person else 0),
        name=person.name if person else "",
        on=clock.today(),
        tasks=tasks(one),
        waiting=one.state is ProducerState.APPLIED,
        returned=one.state is ProducerState.RETURNED,
        paused=one.state is ProducerState.PAUSED,
        has_products=bool(queries.count_by_state(producer_id())),
        drafts=queries.count_by_state(producer_id()).get(rules.ProductState.DRAFT, 0),
    )


@bp.post("/ban-hang/doi-gian-hang")
def switch_stall() -> Response:
    """Act for another of her producers from now on."""
    person = frame.viewer()
    wanted = request.form.get("gian-hang", "")
    if person is None or wanted not in [one.key for one in producers.for_user(person.user_id)]:
        abort(404)
    response = make_response(redirect(url_for("selling.today"), 303))
    secure = request.is_secure
    response.set_cookie(
        STALL_COOKIE, wanted, max_age=YEAR, httponly=True, samesite="Lax", secure=secure, path="/ban-hang"
    )
    return response

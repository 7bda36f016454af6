"""What the market told her."""

from flask import Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from marketplace.notices import actions, queries
from marketplace.web import frame
from marketplace.web.frame.pages import local_path
from marketplace.web.selling.door import bp, producer_id


@bp.get("/ban-hang/thong-bao")
def inbox() -> Response:
    """The newest first."""
    return frame.page(
        "selling/inbox/inbox.html",
        notices=queries.inbox(producer_id()),
        unread=queries.unread_count(producer_id()),
        opens=lambda notice_id: url_for("selling.open_notice", notice_id=notice_id),
    )


@bp.post("/ban-hang/thong-bao/<int:notice_id>")
def open_notice(notice_id: int) -> AnyResponse:
    """Read, and on to what it speaks of."""
    return redirect(local_path(actions.read(frame.actor(), notice_id), "/ban-hang/thong-bao"), 303)


@bp.post("/ban-hang/thong-bao")
def read_all_notices() -> AnyResponse:
    """All read."""
    actions.read_all(frame.actor(), producer_id())
    return frame.back_to("selling.inbox")

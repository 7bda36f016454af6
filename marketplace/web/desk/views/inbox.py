"""What the market told this official."""

from flask import Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from marketplace.notices import actions, queries
from marketplace.web import frame
from marketplace.web.desk.door import bp


@bp.get("/thong-bao")
def inbox() -> Response:
    """The newest first."""
    reader = _reader()
    return frame.page(
        "desk/inbox.html",
        tab="told",
        notices=queries.inbox_of_user(reader),
        unread=queries.unread_of_user(reader),
        opens=lambda notice_id: url_for("desk.open_notice", notice_id=notice_id),
    )


@bp.post("/thong-bao/<int:notice_id>")
def open_notice(notice_id: int) -> AnyResponse:
    """Read, and on to what it speaks of."""
    return redirect(frame.local_path(actions.read(frame.actor(), notice_id), url_for("desk.inbox")), 303)


@bp.post("/thong-bao")
def read_all_notices() -> AnyResponse:
    """All read."""
    actions.read_all_of_user(frame.actor())
    return frame.back_to("desk.inbox")


def _reader() -> int:
    return int(frame.actor().user_id or 0)

"""Opinions in the office's area: one that may not stand is taken down with a reason that everybody reads."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.kit.errors import AlreadyDecided, BadInput
from marketplace.kit.i18n import Text, _
from marketplace.reviews import actions, queries
from marketplace.reviews.rules import FEELING_LABELS
from marketplace.web import frame
from marketplace.web.desk.door import bp


@bp.get("/y-kien")
def opinions() -> Response:
    """The newest first."""
    return frame.page("desk/opinions.html", rows=queries.in_area(frame.actor()), labels=FEELING_LABELS)


@bp.get("/y-kien/<int:review_id>")
def opinion(review_id: int) -> Response:
    """One opinion, and the way to take it down or put it back."""
    return _page(review_id)


@bp.post("/y-kien/<int:review_id>")
def decide_opinion(review_id: int) -> AnyResponse:
    """Taken down with its reason, or put back."""
    queries.on_desk(frame.actor(), review_id)
    reason = request.form.get("reason", "")
    try:
        if request.form.get("verb") == "show":
            actions.put_back(frame.actor(), review_id)
            frame.flash(_("Đã cho hiện lại."))
        else:
            actions.hide(frame.actor(), review_id, reason)
            frame.flash(_("Đã gỡ. Lý do hiện ở chỗ của ý kiến."))
    except AlreadyDecided:
        frame.flash(_("Người khác đã làm trước. Dưới đây là tình trạng hiện nay."), kind="info")
    except BadInput as refusal:
        return _page(review_id, 422, refusal.message, reason)
    return frame.back_to("desk.opinion", review_id=review_id)


def _page(review_id: int, status: int = 200, wrong: Text = "", typed: str = "") -> Response:
    one, maker = queries.on_desk(frame.actor(), review_id)
    return frame.page(
        "desk/opinion.html",
        status=status,
        has_errors=bool(wrong),
        one=one,
        maker=maker,
        labels=FEELING_LABELS,
        wrong=wrong,
        typed=typed,
    )

"""What buyers say of her goods, and her one answer to each."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import Text, _
from marketplace.reviews import actions, queries
from marketplace.reviews.rules import FEELING_LABELS, MOST_LETTERS
from marketplace.web import frame
from marketplace.web.selling.door import bp, producer_id


@bp.get("/ban-hang/y-kien")
def opinions() -> Response:
    """Those she has not answered first."""
    return _page()


@bp.post("/ban-hang/y-kien/<int:review_id>")
def answer_opinion(review_id: int) -> AnyResponse:
    """Everybody reads it under the opinion; it is said once."""
    found = queries.own(producer_id(), review_id).id
    text = request.form.get("text", "")
    try:
        actions.answer(frame.actor(), found, text)
    except BadInput as refusal:
        return _page(found, text, refusal.message)
    frame.flash(_("Đã trả lời. Mọi người đọc được ở trang sản phẩm."))
    return frame.back_to("selling.opinions")


def _page(wrong_id: int = 0, typed: str = "", wrong: Text = "") -> Response:
    return frame.page(
        "selling/opinions.html",
        status=422 if wrong else 200,
        has_errors=bool(wrong),
        opinions=queries.of_producer(producer_id()),
        labels=FEELING_LABELS,
        limit=MOST_LETTERS,
        wrong_id=wrong_id,
        typed=typed,
        wrong=wrong,
    )

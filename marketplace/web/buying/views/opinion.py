"""What the buyer says of goods that arrived, from the order's own page."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.kit.actor import Actor
from marketplace.kit.errors import BadInput, NotFound, TooMany
from marketplace.kit.i18n import _
from marketplace.payments.queries import GroupPage
from marketplace.reviews import actions
from marketplace.reviews.rules import DAYS_TO_CHANGE, MOST_LETTERS
from marketplace.web import frame
from marketplace.web.buying.door import bp
from marketplace.web.buying.forms.opinion import OpinionForm
from marketplace.web.buying.spoken import Spoken, spoken_of
from marketplace.web.buying.views.moves import ask_who
from marketplace.web.buying.views.order import page_of


def _line(page: GroupPage, line_id: int) -> Spoken:
    found = next((one for lines in spoken_of(page).values() for one in lines if one.line_id == line_id), None)
    if found is None or not (found.may_write or found.may_change):
        raise NotFound
    return found


@bp.get("/don-hang/<token>/y-kien/<int:line_id>")
def opinion(token: str, line_id: int) -> AnyResponse:
    """How was it? Only where the order was placed, or the number's last digits were shown."""
    if asked := ask_who(token):
        return asked
    line = _line(page_of(token), line_id)
    form = OpinionForm.of_request()
    if line.review is not None:
        form.feeling.process_data(line.review.feeling.value)
        form.text.data = line.review.text
    return _page(token, line, form)


@bp.post("/don-hang/<token>/y-kien/<int:line_id>")
def opinion_sent(token: str, line_id: int) -> AnyResponse:
    """Under the product from now on."""
    if asked := ask_who(token):
        return asked
    page, form = page_of(token), OpinionForm.of_request()
    line, who = _line(page, line_id), Actor.buyer(page.group_id)
    feeling, text, address = str(form.feeling.data or ""), str(form.text.data or ""), request.remote_addr or ""
    try:
        actions.write(who, line_id, feeling=feeling, text=text, address=address)
    except BadInput as refusal:
        form.refuse(refusal, "text")
        return _page(token, line, form, 422)
    except TooMany as refusal:
        form.refuse(BadInput(refusal.message, field="text"), "text")
        busy = _page(token, line, form, 429)
        busy.headers["Retry-After"] = str(refusal.wait)
        return busy
    frame.flash(_("Cảm ơn. Ý kiến đã hiện ở trang sản phẩm."))
    return frame.back_to("buying.order", token=token)


def _page(token: str, line: Spoken, form: OpinionForm, status: int = 200) -> Response:
    return frame.page(
        "buying/order/opinion.html",
        status=status,
        has_errors=status != 200,
        token=token,
        name=line.name,
        again=line.review is not None,
        days=DAYS_TO_CHANGE,
        limit=MOST_LETTERS,
        form=form,
    )

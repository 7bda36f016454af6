"""What buyers report about her orders: read, answered, resolved. Never more than her own orders' problems."""

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from marketplace.cases import actions, queries
from marketplace.cases.models import Problem
from marketplace.cases.rules import KIND_LABELS, PROBLEM_MOVES, STATE_LABELS
from marketplace.kit.errors import AlreadyDecided, BadInput, NotFound
from marketplace.kit.i18n import _, lazy
from marketplace.orders import queries as orders
from marketplace.web import frame
from marketplace.web.frame import problems as shown
from marketplace.web.selling.door import bp, producer_id

SAID = {"answer": lazy("Đã gửi câu trả lời cho khách."), "close": lazy("Đã ghi là giải quyết xong. Khách được báo.")}


@bp.get("/ban-hang/van-de")
def problems() -> Response:
    """What waits for her word first."""
    rows = [(one, KIND_LABELS[one.kind], STATE_LABELS[one.state]) for one in queries.for_producer(producer_id())]
    return frame.page("selling/problems/list.html", rows=rows)


@bp.get("/ban-hang/van-de/<key>")
def problem(key: str) -> Response:
    """What was said, and by when she answers."""
    return _page(queries.at_stall(producer_id(), key), shown.TalkForm())


@bp.post("/ban-hang/van-de/<key>")
def answer_problem(key: str) -> AnyResponse:
    """Answer, or say how it was resolved."""
    problem_id, form = queries.at_stall(producer_id(), key).id, shown.TalkForm.of_request()
    verb = str(form.verb.data or "answer")
    if verb not in SAID:
        raise NotFound
    if not form.validate():
        return _page(queries.at_stall(producer_id(), key), form, 422)
    try:
        if verb == "close":
            actions.close(frame.actor(), problem_id, str(form.answer.data or ""), form.ended)
        else:
            actions.answer(frame.actor(), problem_id, str(form.answer.data or ""))
    except AlreadyDecided:
        frame.flash(_("Việc này vừa đổi. Dưới đây là tình trạng hiện nay."), kind="info")
        return frame.back_to("selling.problem", key=key)
    except BadInput as refusal:
        form.refuse(refusal, "answer")
        return _page(queries.at_stall(producer_id(), key), form, 422)
    frame.flash(str(SAID[verb]))
    return frame.back_to("selling.problem", key=key)


def _page(problem: Problem, form: shown.TalkForm, status: int = 200) -> Response:
    return frame.page(
        "selling/problems/problem.html",
        status=status,
        has_errors=status == 422,
        talk=shown.talk(problem),
        order=orders.order(problem.subject_id),
        buttons=dict(PROBLEM_MOVES.buttons(problem.state, frame.actor())),
        form=form,
    )

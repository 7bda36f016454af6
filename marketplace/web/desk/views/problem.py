"""Answering and closing a problem that somebody reported."""

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from marketplace.cases import actions, queries
from marketplace.cases.models import Problem
from marketplace.cases.rules import PROBLEM_MOVES, SubjectKind, answer_by
from marketplace.catalog import queries as catalog
from marketplace.kit import clock
from marketplace.kit.errors import AlreadyDecided, BadInput
from marketplace.kit.i18n import _
from marketplace.places import queries as places
from marketplace.producers import queries as producers
from marketplace.web import frame
from marketplace.web.desk.door import bp
from marketplace.web.frame import problems


@bp.get("/van-de/<key>")
def problem(key: str) -> Response:
    """What was reported, about whom, and what was answered."""
    return _page(queries.on_desk(frame.actor(), key), problems.TalkForm())


@bp.post("/van-de/<key>")
def decide_problem(key: str) -> AnyResponse:
    """Answer, close or open again."""
    problem_id = queries.on_desk(frame.actor(), key).id
    form = problems.TalkForm.of_request()
    if not form.validate():
        return _page(queries.on_desk(frame.actor(), key), form, status=422)
    try:
        said = _decide(problem_id, form)
    except AlreadyDecided:
        frame.flash(_("Người khác đã trả lời trước. Dưới đây là tình trạng hiện nay."), kind="info")
        return frame.back_to("desk.problem", key=key)
    except BadInput as refusal:
        form.refuse(refusal, "answer")
        return _page(queries.on_desk(frame.actor(), key), form, status=422)
    frame.flash(said)
    return frame.back_to("desk.queue", muc="van-de")


def _decide(problem_id: int, form: problems.TalkForm) -> str:
    actor, verb, text = frame.actor(), form.verb.data, str(form.answer.data or "")
    if verb == "close":
        actions.close(actor, problem_id, text, form.ended)
        return _("Đã ghi là giải quyết xong.")
    if verb == "reopen":
        actions.reopen(actor, problem_id)
        return _("Đã mở lại.")
    actions.answer(actor, problem_id, text)
    return _("Đã ghi câu trả lời.")


def _page(one: Problem, form: problems.TalkForm, status: int = 200) -> Response:
    maker = producers.producer(one.producer_id) if one.producer_id else None
    about = catalog.product(one.subject_id) if one.subject is SubjectKind.PRODUCT else None
    return frame.page(
        "desk/problem.html",
        status=status,
        talk=problems.talk(one),
        until=answer_by(one.kind, one.opened_at),
        unanswered=one.answered_at is None and answer_by(one.kind, one.opened_at) < clock.now(),
        maker=maker,
        product=about,
        line=places.label(one.place) if maker else "",
        buttons=dict(PROBLEM_MOVES.buttons(one.state, frame.actor())),
        form=form,
    )

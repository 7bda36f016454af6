"""The conversation about an order's problem, on the buyer's side. The same proof as for cancelling: no account."""

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from marketplace.cases import actions, queries
from marketplace.cases.models import Problem
from marketplace.cases.rules import PROBLEM_MOVES
from marketplace.kit.actor import Actor
from marketplace.kit.errors import AlreadyDecided, BadInput, NotFound
from marketplace.kit.i18n import _, lazy
from marketplace.payments.queries import GroupPage
from marketplace.web import frame
from marketplace.web.buying.door import bp
from marketplace.web.buying.views.moves import ask_who
from marketplace.web.buying.views.order import page_of
from marketplace.web.frame import problems

SAID = {
    "ask": lazy("Đã gửi cho người bán và cán bộ."),
    "fine": lazy("Đã ghi là ổn. Cảm ơn!"),
    "not_fine": lazy("Đã báo người bán và cán bộ là chưa ổn."),
}


@bp.get("/don-hang/<token>/van-de/<key>")
def talk(token: str, key: str) -> AnyResponse:
    """What was said, by when it is answered, and how it ended."""
    page = page_of(token)
    problem = _problem(page, key)
    return ask_who(token) or _page(page, problem, problems.TalkForm())


def _problem(page: GroupPage, key: str) -> Problem:
    return queries.of_order((one.order_id for one in page.orders), key)


@bp.post("/don-hang/<token>/van-de/<key>")
def say(token: str, key: str) -> AnyResponse:
    """Another word, "Đã ổn" or "Chưa ổn"."""
    page, form = page_of(token), problems.TalkForm.of_request()
    problem_id = _problem(page, key).id
    if elsewhere := ask_who(token):
        return elsewhere
    verb = str(form.verb.data or "ask")
    if verb not in SAID:
        raise NotFound
    if not form.validate():
        return _page(page, _problem(page, key), form, 422)
    try:
        _do(Actor.buyer(page.group_id), problem_id, verb, str(form.answer.data or ""))
    except AlreadyDecided:
        frame.flash(_("Việc này vừa đổi. Dưới đây là tình trạng hiện nay."), kind="info")
        return frame.back_to("buying.talk", token=token, key=key)
    except BadInput as refusal:
        form.refuse(refusal, "answer")
        return _page(page, _problem(page, key), form, 422)
    frame.flash(str(SAID[verb]))
    return frame.back_to("buying.talk", token=token, key=key)


def _do(actor: Actor, problem_id: int, verb: str, text: str) -> None:
    if verb == "fine":
        actions.fine(actor, problem_id)
    elif verb == "not_fine":
        actions.not_fine(actor, problem_id, text)
    else:
        actions.answer(actor, problem_id, text)


def _page(page: GroupPage, problem: Problem, form: problems.TalkForm, status: int = 200) -> Response:
    form.answer.label.text = _("Viết thêm")
    parcel = next(one for one in page.orders if one.order_id == problem.subject_id)
    return frame.page(
        "buying/problem/talk.html",
        status=status,
        token=page.token,
        parcel=parcel,
        talk=problems.talk(problem),
        buttons=dict(PROBLEM_MOVES.buttons(problem.state, Actor.buyer(page.group_id))),
        form=form,
        has_errors=status != 200,
    )

"""The conversation about a problem, and its end. About an order buyer, producer and desk speak; else the desk alone."""

from sqlalchemy import func, select

from marketplace.accounts.queries import office_of
from marketplace.cases.models import Problem, ProblemMessage
from marketplace.cases.queries import last_message
from marketplace.cases.rules import MOST_MESSAGES, PROBLEM_MOVES, TEXT_LENGTH, Outcome, Side, SubjectKind
from marketplace.kit import clock, db, outbox
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import lazy
from marketplace.kit.text import nfc
from marketplace.orders import queries as orders
from marketplace.producers import queries as producers

OTHERS = {
    Side.BUYER: ("producer", "coordinator"),
    Side.PRODUCER: ("buyer",),
    Side.DESK: ("buyer", "producer"),
}
"""Who is told when one side has spoken about an order."""

EXAMPLES = {
    Side.BUYER: lazy("Viết vài câu, ví dụ: vẫn chưa nhận được gói gửi bù."),
    Side.PRODUCER: lazy("Viết câu trả lời, ví dụ: đã gửi bù một gói ngày 24/11."),
    Side.DESK: lazy("Viết câu trả lời, ví dụ: cơ sở đã gửi bù một gói ngày 24/11."),
}


@db.action
def answer(actor: Actor, problem_id: int, text: str) -> None:
    """Say something to the others; of producer or desk the first such word is the answer that was promised.

    Refuses: none of the three (NotYours); closed (AlreadyDecided); nothing written, or too much (BadInput). The same words twice are once.
    """
    problem, side = _speaker(actor, problem_id)
    said = _words(text, side)
    if _said_already(problem, side, said):
        return
    db.move(problem, PROBLEM_MOVES, "ask" if side is Side.BUYER else "answer", actor)
    _say(actor, problem, side, said)
    _tell("problem.asked" if side is Side.BUYER else "problem.answered", problem, side)


@db.action
def close(actor: Actor, problem_id: int, text: str = "", outcome: Outcome | None = None) -> None:
    """Say how it was resolved; of an order also by which `outcome`.

    Refuses: not producer or desk (NotYours, NotAllowed); closed (AlreadyDecided); no word at all, no outcome (BadInput).
    """
    problem, side = _speaker(actor, problem_id)
    if outcome is None and problem.subject is SubjectKind.ORDER:
        raise BadInput(lazy("Chọn đã giải quyết bằng cách nào."), field="outcome")
    if not (nfc(text) or problem.answer):
        raise BadInput(lazy("Viết đã giải quyết thế nào, ví dụ: cơ sở đã hoàn tiền ngày 24/11."), field="answer")
    db.move(problem, PROBLEM_MOVES, "close", actor)
    if nfc(text):
        _say(actor, problem, side, _words(text, side))
    problem.outcome, problem.closed_by, problem.closed_at = outcome, side, clock.now()
    problem.not_fine = False
    problem.answered_at = problem.answered_at or problem.closed_at
    _tell("problem.closed", problem, side)


@db.action
def fine(actor: Actor, problem_id: int) -> None:
    """ "Đã ổn": the buyer is content, whoever has or has not closed it. Twice is once. Refuses: not its buyer (NotYours)."""
    problem, side = _speaker(actor, problem_id)
    if problem.fine_at is not None:
        return
    was_open = problem.closed_at is None
    db.move(problem, PROBLEM_MOVES, "fine", actor)
    problem.fine_at, problem.not_fine = clock.now(), False
    if was_open:
        problem.closed_by, problem.closed_at = side, clock.now()


@db.action
def not_fine(actor: Actor, problem_id: int, text: str) -> None:
    """ "Chưa ổn": it is not resolved; producer and coordinator hear why. Refuses: not its buyer (NotYours); not closed (AlreadyDecided)."""
    problem, side = _speaker(actor, problem_id)
    said = _words(text, side)
    db.move(problem, PROBLEM_MOVES, "not_fine", actor)
    _open_again(problem)
    problem.not_fine = True
    _say(actor, problem, side, said)
    _tell("problem.asked", problem, side)


@db.action
def reopen(actor: Actor, problem_id: int) -> None:
    """Open a closed problem again. Refuses: outside the area (NotYours); not closed (AlreadyDecided)."""
    problem = db.locked(Problem, problem_id)
    actor.require_area(problem.place)
    db.move(problem, PROBLEM_MOVES, "reopen", actor)
    _open_again(problem)


def _open_again(problem: Problem) -> None:
    problem.closed_at = problem.closed_by = problem.outcome = problem.fine_at = None


def _speaker(actor: Actor, problem_id: int) -> tuple[Problem, Side]:
    """The problem, locked, and which side the actor is on. Refuses: none of them (NotYours)."""
    problem = db.locked(Problem, problem_id)
    if actor.kind in (ActorKind.BUYER, ActorKind.PRODUCER, ActorKind.HELPER) and problem.subject is SubjectKind.ORDER:
        if actor.kind is ActorKind.BUYER:
            order = orders.order(problem.subject_id)
            actor.require_group(order.group_id if order else 0)
            return problem, Side.BUYER
        actor.require_producer(problem.producer_id or 0)
        return problem, Side.PRODUCER
    actor.require_area(problem.place)
    return problem, Side.DESK


def _words(text: str, side: Side) -> str:
    said = nfc(text)
    if not said or len(said) > TEXT_LENGTH:
        raise BadInput(EXAMPLES[side], field="answer")
    return said


def _said_already(problem: Problem, side: Side, said: str) -> bool:
    """A second press: the last word is this side's, and the same."""
    last = last_message(problem.id)
    return last is not None and (last.side, last.text) == (side, said)


def _say(actor: Actor, problem: Problem, side: Side, said: str) -> None:
    now = clock.now()
    mine = select(func.count()).where(ProblemMessage.problem_id == problem.id, ProblemMessage.side == side)
    if int(db.session.scalar(mine) or 0) >= MOST_MESSAGES:
        raise BadInput(lazy("Đã nhắn rất nhiều lần. Xin gọi điện cho nhau."), field="answer")
    db.session.add(
        ProblemMessage(
            problem_id=problem.id, side=side, name=_name(actor, problem, side), user_id=actor.user_id, text=said, at=now
        )
    )
    if side is not Side.BUYER:
        problem.answer, problem.answered_at = said, problem.answered_at or now


def _name(actor: Actor, problem: Problem, side: Side) -> str:
    """What the others read: an office, a stall; nobody's own name."""
    if side is Side.BUYER:
        return str(lazy("Người mua"))
    if side is Side.PRODUCER:
        stall = producers.producer(problem.producer_id or 0)
        return stall.name if stall else ""
    return office_of(actor.user_id, problem.place) or str(lazy("Người quản trị chợ"))


def _tell(topic: str, problem: Problem, side: Side) -> None:
    whom = OTHERS[side] if problem.subject is SubjectKind.ORDER else ("reporter",)
    outbox.add(topic, problem_id=problem.id, to=whom)

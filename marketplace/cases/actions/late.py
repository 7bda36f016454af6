"""What time does to a problem that waits too long: the coordinator is told, a day later the province."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import and_, or_, select

from marketplace.cases.models import Problem
from marketplace.cases.rules import ANSWER_HOURS, RESOLVE_DAYS, Late, ProblemState
from marketplace.kit import clock, db, outbox
from marketplace.kit.actor import Actor

AT_ONCE = 100


@db.action
def tell_late(actor: Actor) -> int:  # noqa: ARG001 - actions take an actor
    """Tell of problems that passed a limit since the last time; how many. Each limit is told of once."""
    now, soonest = clock.now(), timedelta(hours=min(ANSWER_HOURS.values()))
    unanswered = and_(
        Problem.answered_at.is_(None), Problem.opened_at < now - soonest, Problem.late_told < Late.ANSWER_AGAIN
    )
    unresolved = and_(Problem.opened_at < now - timedelta(days=RESOLVE_DAYS), Problem.late_told < Late.RESOLVING_AGAIN)
    waiting = select(Problem).where(Problem.state != ProblemState.CLOSED, or_(unanswered, unresolved))
    rows = db.session.scalars(
        waiting.order_by(Problem.id).with_for_update().execution_options(populate_existing=True)
    ).all()
    told = 0
    for problem in rows:
        stage = problem.timing.late(now)
        if stage > problem.late_told and told < AT_ONCE:
            problem.late_told = stage
            outbox.add("problem.late", problem_id=problem.id, to=("coordinator",), province=stage.to_province)
            told += 1
    return told


TIMERS: list[tuple[str, int, Callable[[Actor], object]]] = [("tell_late_problems", 600, tell_late)]

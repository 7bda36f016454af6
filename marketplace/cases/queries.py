"""Reads about problems: inside the actor's areas, of one order, of one stall; and the figures that everybody may see."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, func, select

from marketplace.cases.models import Problem, ProblemMessage
from marketplace.cases.rules import Figures, ProblemKind, ProblemState, SubjectKind, Timing, figures
from marketplace.kit import clock, db
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotFound
from marketplace.producers.queries import in_areas

PUBLISHED = timedelta(days=365)
"""Figures are about the problems of the last year."""


def waiting(actor: Actor) -> Sequence[Problem]:
    """Problems not closed yet in the actor's areas, unanswered before answered, oldest first."""
    query = (
        select(Problem)
        .where(Problem.state != ProblemState.CLOSED, in_areas(actor, Problem.province_code, Problem.commune_code))
        .order_by(Problem.state.desc(), Problem.opened_at, Problem.id)
    )
    return db.session.scalars(query).all()


def by_key(key: str) -> Problem | None:
    """The problem with this key."""
    return db.session.scalar(select(Problem).where(Problem.key == key))


def of_subject(subject: SubjectKind, subject_id: int) -> Sequence[Problem]:
    """Problems reported about one thing, newest first."""
    query = select(Problem).where(Problem.subject == subject, Problem.subject_id == subject_id)
    return db.session.scalars(query.order_by(Problem.id.desc())).all()


def on_desk(actor: Actor, key: str) -> Problem:
    """The problem with this key in the actor's areas. Refuses: none there (NotFound)."""
    query = select(Problem).where(Problem.key == key, in_areas(actor, Problem.province_code, Problem.commune_code))
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def of_orders(order_ids: Iterable[int]) -> dict[int, list[Problem]]:
    """Problems by order, the newest first."""
    query = select(Problem).where(Problem.subject == SubjectKind.ORDER, Problem.subject_id.in_(list(order_ids)))
    found: dict[int, list[Problem]] = {}
    for one in db.session.scalars(query.order_by(Problem.id.desc())):
        found.setdefault(one.subject_id, []).append(one)
    return found


def of_order(order_ids: Iterable[int], key: str) -> Problem:
    """The problem with this key, of one of these orders. Refuses: none such (NotFound)."""
    query = select(Problem).where(
        Problem.key == key, Problem.subject == SubjectKind.ORDER, Problem.subject_id.in_(list(order_ids))
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def _at_stall(producer_id: int) -> ColumnElement[bool]:
    return (Problem.producer_id == producer_id) & (Problem.subject == SubjectKind.ORDER)


def for_producer(producer_id: int, limit: int = 100) -> Sequence[Problem]:
    """Problems with a producer's orders: those that wait first, then the newest."""
    closed = Problem.state == ProblemState.CLOSED
    query = select(Problem).where(_at_stall(producer_id)).order_by(closed, Problem.id.desc()).limit(limit)
    return db.session.scalars(query).all()


def at_stall(producer_id: int, key: str) -> Problem:
    """The problem with this key, of one of this producer's orders. Refuses: none such (NotFound)."""
    found = db.session.scalar(select(Problem).where(_at_stall(producer_id), Problem.key == key))
    if found is None:
        raise NotFound
    return found


def unanswered_count(producer_id: int) -> int:
    """Problems in which the buyer waits for the producer's word."""
    query = select(func.count()).where(_at_stall(producer_id), Problem.state == ProblemState.OPEN)
    return int(db.session.scalar(query) or 0)


def messages(problem_id: int) -> Sequence[ProblemMessage]:
    """What was said, oldest first."""
    query = select(ProblemMessage).where(ProblemMessage.problem_id == problem_id).order_by(ProblemMessage.id)
    return db.session.scalars(query).all()


def last_message(problem_id: int) -> ProblemMessage | None:
    """The last word."""
    query = select(ProblemMessage).where(ProblemMessage.problem_id == problem_id).order_by(ProblemMessage.id.desc())
    return db.session.scalar(query.limit(1))


def last_words(problem_id: int) -> str:
    """What was said last, or nothing."""
    last = last_message(problem_id)
    return last.text if last else ""


def stall_figures(producer_id: int) -> Figures:
    """How the problems of this stall's orders and goods were dealt with in the last year."""
    return figures(_timings(Problem.producer_id == producer_id), clock.now())


def market_figures() -> tuple[Figures, dict[ProblemKind, Figures]]:
    """The same of the whole market: together, and by kind where there were any."""
    all_of_them, now = _timings(), clock.now()
    by_kind = {kind: [one for one in all_of_them if one.kind is kind] for kind in ProblemKind}
    return figures(all_of_them, now), {kind: figures(some, now) for kind, some in by_kind.items() if some}


def _timings(*conditions: ColumnElement[bool]) -> list[Timing]:
    columns = (Problem.kind, Problem.opened_at, Problem.answered_at, Problem.closed_at)
    query = select(*columns).where(Problem.opened_at > clock.now() - PUBLISHED, *conditions)
    return [Timing(*row) for row in db.session.execute(query)]

"""Reads about problems, always inside the actor's areas."""

from collections.abc import Sequence

from sqlalchemy import select

from marketplace.cases.models import Problem
from marketplace.cases.rules import ProblemState, SubjectKind
from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotFound
from marketplace.producers.queries import in_areas


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

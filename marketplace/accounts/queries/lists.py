"""Accounts as the desk lists them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from marketplace.accounts.models import CoordinatorArea, User
from marketplace.accounts.rules import AreaLine, BadPhone, phone_number
from marketplace.kit import db


@dataclass(frozen=True, slots=True)
class UserLine:
    """One account as the desk lists it."""

    id: int
    name: str
    phone: str
    email: str | None
    is_admin: bool
    created_at: datetime
    disabled_at: datetime | None
    has_password: bool
    areas: tuple[AreaLine, ...] = ()


PAGE = 30


def users(search: str = "", page: int = 1, officials: bool = False) -> tuple[list[UserLine], bool]:
    """One page of accounts, officials first, newest first; whether another page follows. `search`: a number or part of a name."""
    wanted = select(User).order_by(User.is_admin.desc(), User.id.desc())
    if officials:
        active = select(CoordinatorArea.user_id).where(CoordinatorArea.ended_at.is_(None))
        wanted = wanted.where(User.is_admin | User.id.in_(active))
    if search:
        wanted = wanted.where(_matches(search))
    rows = db.session.scalars(wanted.limit(PAGE + 1).offset((page - 1) * PAGE)).all()
    return [_line(row, areas) for row, areas in _with_areas(rows[:PAGE])], len(rows) > PAGE


def user_line(user_id: int) -> UserLine | None:
    """One account with its areas in force."""
    row = db.session.get(User, user_id)
    return _line(*_with_areas([row])[0]) if row else None


def _matches(search: str) -> ColumnElement[bool]:
    try:
        return User.phone == phone_number(search)
    except BadPhone:
        return User.name.icontains(search, autoescape=True)


def _with_areas(rows: Sequence[User]) -> list[tuple[User, tuple[AreaLine, ...]]]:
    areas: dict[int, list[AreaLine]] = {}
    for area in db.session.scalars(
        select(CoordinatorArea)
        .where(CoordinatorArea.user_id.in_([row.id for row in rows]), CoordinatorArea.ended_at.is_(None))
        .order_by(CoordinatorArea.id)
    ):
        areas.setdefault(area.user_id, []).append(AreaLine(area.id, area.place, area.office, area.granted_at))
    return [(row, tuple(areas.get(row.id, ()))) for row in rows]


def _line(row: User, areas: tuple[AreaLine, ...]) -> UserLine:
    return UserLine(
        row.id, row.name, row.phone, row.email, row.is_admin, row.created_at, row.disabled_at,
        row.password_hash is not None, areas,
    )  # fmt: skip

"""Reads about people: who a cookie belongs to, who decides for a place, who runs the market."""

import hashlib
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, select
from sqlalchemy.orm import aliased

from marketplace.accounts.models import (
    CoordinatorArea,
    OneTimeCode,
    OperatorDetails,
    RecoveryCode,
    SecondFactor,
    User,
    UserSession,
)
from marketplace.accounts.queries.lists import UserLine, user_line, users
from marketplace.accounts.rules import (
    PROVED_FOR,
    SEEN_EVERY,
    SESSION_DAYS,
    FactorLine,
    SessionLine,
    Viewer,
)
from marketplace.kit import clock, db
from marketplace.kit.actor import Place
from marketplace.kit.journal import TrailRow

__all__ = ["UserLine", "user_line", "users"]

# Written by the reading of sessions, emptied by `actions.flush_seen`: a loss of a minute is affordable.
seen: dict[int, datetime] = {}
_written: dict[str, float] = {"at": 0.0}


def token_digest(token: str) -> str:
    """What is stored of a session's token; 128 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def seen_is_due() -> bool:
    """Whether a minute has passed in this process since it last said so, with somebody seen meanwhile.

    The edge asks after an answer is closed, and writes them down in a unit of its own.
    """
    now = time.monotonic()
    if not seen or now - _written["at"] < SEEN_EVERY.total_seconds():
        return False
    _written["at"] = now
    return True


def _alive(now: datetime) -> ColumnElement[bool]:
    return and_(UserSession.ended_at.is_(None), UserSession.created_at > now - timedelta(days=SESSION_DAYS))


def _new_device() -> ScalarSelect[int | None]:
    """The latest session begun after this one on a browser that nobody has owned yet."""
    other = aliased(UserSession)
    asks = (
        other.user_id == UserSession.user_id,
        other.id > UserSession.id,
        other.asks_at.is_not(None),
        other.ended_at.is_(None),
    )
    return select(func.max(other.id)).where(*asks).correlate(UserSession).scalar_subquery()


def viewer(token: str) -> Viewer | None:
    """Whoever holds this cookie, with areas in force, by one statement; None once the session has ended or the account is closed."""
    now = clock.now()
    rows = db.session.execute(
        select(
            UserSession.id, UserSession.proved_at, UserSession.factor_at.is_not(None), User.id, User.name, User.phone,
            User.email, User.is_admin, User.password_hash.is_not(None), _new_device(),
            CoordinatorArea.province_code, CoordinatorArea.commune_code,
        )
        .join(User, User.id == UserSession.user_id)
        .outerjoin(CoordinatorArea, and_(CoordinatorArea.user_id == User.id, CoordinatorArea.ended_at.is_(None)))
        .where(UserSession.digest == token_digest(token), _alive(now), User.disabled_at.is_(None))
        .order_by(CoordinatorArea.id)
    ).all()  # fmt: skip
    if not rows:
        return None
    session_id, proved_at, factor_shown, user_id, name, phone, email, is_admin, has_password, new_device = rows[0][:10]
    seen[session_id] = now
    return Viewer(
        user_id=user_id,
        session_id=session_id,
        name=name,
        phone=phone,
        email=email,
        is_admin=is_admin,
        areas=tuple(Place(row[10], row[11]) for row in rows if row[10]),
        has_password=has_password,
        freshly_proved=now - proved_at < PROVED_FOR,
        factor_shown=factor_shown,
        new_device=new_device or 0,
    )


def sessions_of(person: Viewer) -> list[SessionLine]:
    """The person's signed-in browsers, this one first, then the latest seen."""
    rows = db.session.scalars(
        select(UserSession).where(UserSession.user_id == person.user_id, _alive(clock.now()))
    ).all()
    lines = [
        SessionLine(
            row.id,
            row.device,
            row.address,
            row.created_at,
            seen.get(row.id, row.seen_at),
            row.id == person.session_id,
            row.asks_at is not None,
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: (not line.is_this, -line.seen_at.timestamp()))


def user_by_phone(phone: str) -> User | None:
    """The account with this number (E.164), closed ones included."""
    return db.session.scalar(select(User).where(User.phone == phone))


def credentials(phone: str) -> tuple[int, str | None]:
    """Id and password hash of the open account with this number; (0, None) when there is none."""
    row = db.session.execute(
        select(User.id, User.password_hash).where(User.phone == phone, User.disabled_at.is_(None))
    ).first()
    return (row.id, row.password_hash) if row else (0, None)


def password_hash(user_id: int) -> str | None:
    """What is stored in place of the person's password."""
    return db.session.scalar(select(User.password_hash).where(User.id == user_id))


def factor_of(user_id: int) -> FactorLine | None:
    """The person's second factor, None where none is set."""
    set_at = db.session.scalar(select(SecondFactor.set_at).where(SecondFactor.user_id == user_id))
    left = select(func.count()).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    return FactorLine(set_at, db.session.scalar(left) or 0) if set_at else None


def session(session_id: int) -> UserSession | None:
    """One signed-in browser, ended ones included."""
    return db.session.get(UserSession, session_id)


@dataclass(frozen=True, slots=True)
class Person:
    """How to reach somebody."""

    user_id: int
    name: str
    phone: str
    email: str | None


def people(user_ids: Iterable[int]) -> dict[int, Person]:
    """These people, by id; closed accounts are left out."""
    rows = db.session.execute(
        select(User.id, User.name, User.phone, User.email).where(
            User.id.in_(list(user_ids)), User.disabled_at.is_(None)
        )
    )
    return {row.id: Person(row.id, row.name, row.phone, row.email) for row in rows}


def reset_at(user_id: int) -> datetime | None:
    """When this person last got a new way in; None when never."""
    return last_reset([user_id])


def last_reset(user_ids: Iterable[int]) -> datetime | None:
    """When the last of these people got a new way in; None when nobody ever did."""
    return db.session.scalar(
        select(User.reset_at)
        .where(User.id.in_(list(user_ids)), User.reset_at.is_not(None))
        .order_by(User.reset_at.desc())
        .limit(1)
    )


def let_in_by(user_ids: Iterable[int], since: datetime) -> set[int]:
    """Officials who opened an account or a code for one of these people since then: they may have come in as them."""
    query = select(TrailRow.user_id).where(
        TrailRow.subject_kind == "user",
        TrailRow.subject_id.in_(list(user_ids)),
        TrailRow.verb.in_(("open_account", "open_code")),
        TrailRow.at >= since,
        TrailRow.user_id.is_not(None),
    )
    return {user_id for user_id in db.session.scalars(query) if user_id is not None}


def code_read_aloud(code_id: int, opened_by: int) -> OneTimeCode | None:
    """The code that this official opened, while it can still be used."""
    row = db.session.get(OneTimeCode, code_id)
    if row is None or row.opened_by != opened_by or row.used_at is not None or row.expires_at <= clock.now():
        return None
    return row


def admins() -> list[int]:
    """Ids of those who look after the whole country."""
    return list(db.session.scalars(select(User.id).where(User.is_admin, User.disabled_at.is_(None)).order_by(User.id)))


def _deciding(place: Place) -> list[tuple[int, str | None, str]]:
    query = (
        select(CoordinatorArea.user_id, CoordinatorArea.commune_code, CoordinatorArea.office)
        .join(User, User.id == CoordinatorArea.user_id)
        .where(
            CoordinatorArea.province_code == place.province_code,
            CoordinatorArea.ended_at.is_(None),
            User.disabled_at.is_(None),
        )
        .order_by(CoordinatorArea.user_id, CoordinatorArea.id)
    )
    return [(user_id, commune_code, office) for user_id, commune_code, office in db.session.execute(query)]


def coordinators_for(place: Place, without: Collection[int] = ()) -> list[int]:
    """Who is told about this place: its commune's coordinators, else the province's, else the admins; never those `without`."""
    rows = [row for row in _deciding(place) if row[0] not in without]
    commune = [user_id for user_id, code, _office in rows if code is not None and code == place.commune_code]
    province = [user_id for user_id, code, _office in rows if code is None]
    return list(dict.fromkeys(commune or province)) or [user_id for user_id in admins() if user_id not in without]


def office_of(user_id: int | None, place: Place) -> str:
    """The office in whose name this person decides there: of the commune first, then of the province; empty for neither."""
    offices = {code: office for who, code, office in _deciding(place) if who == user_id}
    return (offices.get(place.commune_code) if place.commune_code else None) or offices.get(None, "")


def areas_held() -> frozenset[Place]:
    """Every area that somebody decides for now."""
    query = (
        select(CoordinatorArea.province_code, CoordinatorArea.commune_code)
        .join(User, User.id == CoordinatorArea.user_id)
        .where(CoordinatorArea.ended_at.is_(None), User.disabled_at.is_(None))
        .distinct()
    )
    return frozenset(Place(province, commune) for province, commune in db.session.execute(query))


def operator() -> OperatorDetails | None:
    """Whoever runs the market, None until somebody filled it in."""
    return db.session.get(OperatorDetails, 1)

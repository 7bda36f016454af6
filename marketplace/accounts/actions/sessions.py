"""Signing in with a password, and the rows of signed-in browsers. A new sign-in is a new row; the old one ends."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update

from marketplace.accounts import hashing, queries
from marketplace.accounts.actions import attempts
from marketplace.accounts.models import User, UserSession
from marketplace.accounts.rules import (
    BadPhone,
    Device,
    Entered,
    Wait,
    Wrong,
    check_password,
    coarse_address,
    is_new_device,
    phone_number,
)
from marketplace.kit import clock, db, outbox, trail
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotYours

FIRST_DAY = timedelta(days=1)


def sign_in(actor: Actor, *, phone: str, password: str, device: Device, old_token: str = "") -> Entered | Wrong | Wait:
    """Number and password. One answer and one hash computation, whether or not there is such an account.

    The hash is computed before the write transaction, which would hold up every checkout; the counters are read again
    inside it, so that a burst of guesses learns nothing from those that came too late.
    """
    number = _number_or_text(phone)
    keys = attempts.keys_of_sign_in(number, device.address)
    if seconds := attempts.seconds_to_wait(keys):
        return Wait(seconds)
    user_id, stored = queries.credentials(number)
    right = hashing.matches(stored, password)
    return _let_in(actor, user_id if right else 0, stored or "", keys, device=device, old_token=old_token)


def _number_or_text(phone: str) -> str:
    """A number that cannot be read is wrong like any other, and costs the same."""
    try:
        return phone_number(phone)
    except BadPhone:
        return phone[:20]


@db.action
def _let_in(
    actor: Actor, user_id: int, stored: str, keys: tuple[attempts.Key, ...], *, device: Device, old_token: str
) -> Entered | Wrong | Wait:
    attempts.hold(keys[0])
    if seconds := attempts.seconds_to_wait(keys):
        return Wait(seconds)
    user = db.session.get(User, user_id, with_for_update=True, populate_existing=True) if user_id else None
    if user is None or user.disabled_at is not None or user.password_hash != stored:
        attempts.count(keys)
        return Wrong()
    attempts.forget(keys[:1])
    return Entered(open_session(actor, user.id, device=device, old_token=old_token), user.id)


@db.action
def open_session(actor: Actor, user_id: int, *, device: Device, old_token: str = "", by_code: bool = False) -> str:
    """A new signed-in browser; its token, 128 random bits, belongs in the cookie. The browser's former session ends.

    A browser never seen before is told to the person, and asks the older ones whether it is theirs. `by_code`: without
    the password; on a new browser that is a reset.
    """
    now, token = clock.now(), secrets.token_urlsafe(16)
    if old_token:
        _end(now, UserSession.digest == queries.token_digest(old_token))
    is_new = _is_new(user_id, device, by_code=by_code)
    row = UserSession(
        digest=queries.token_digest(token),
        user_id=user_id,
        device=device.name[:60],
        address=coarse_address(device.address)[:60],
        created_at=now,
        seen_at=now,
        proved_at=now,
        browser=queries.token_digest(device.mark) if device.mark else "",
        asks_at=now if is_new else None,
    )
    db.session.add(row)
    db.session.flush()
    if is_new:
        outbox.add("device.new", user_id=user_id, session_id=row.id)
        if by_code:
            note_reset(actor, user_id)
    return token


def _is_new(user_id: int, device: Device, *, by_code: bool) -> bool:
    marks = set(db.session.scalars(select(UserSession.browser).where(UserSession.user_id == user_id)))
    user = db.session.get_one(User, user_id)
    first = not marks and clock.now() - user.created_at < FIRST_DAY
    seen = bool(device.mark) and queries.token_digest(device.mark) in marks
    return is_new_device(marked=bool(device.mark), seen=seen, by_code=by_code, first=first)


def note_reset(actor: Actor, user_id: int) -> None:
    """Somebody came in without what the old devices know; inside an action. Money waits for some time after this."""
    db.locked(User, user_id).reset_at = clock.now()
    trail.record(actor, "reset", "user", user_id)


@db.action
def own_session(actor: Actor, session_id: int, *, mine: int) -> None:
    """ "Là tôi": an older device (`mine`) says that the new one is the same person's. Refuses: another's, no older one (NotYours)."""
    row, older = db.locked(UserSession, session_id), db.locked(UserSession, mine)
    if row.user_id != actor.user_id or older.user_id != actor.user_id or older.id >= row.id:
        raise NotYours
    row.asks_at = None


def _end(now: datetime, *which: object) -> int:
    ended = db.session.execute(
        update(UserSession)
        .where(UserSession.ended_at.is_(None), *which)  # type: ignore[arg-type] # conditions of SQLAlchemy
        .values(ended_at=now)
        .returning(UserSession.id),
        execution_options={"synchronize_session": False},
    ).all()
    return len(ended)


@db.action
def sign_out(actor: Actor, token: str) -> None:  # noqa: ARG001 - actions take an actor
    """End the session of this cookie; an unknown one is no error."""
    _end(clock.now(), UserSession.digest == queries.token_digest(token))


@db.action
def end_session(actor: Actor, session_id: int) -> None:
    """End one of one's own sessions. Refuses: somebody else's (NotYours)."""
    row = db.locked(UserSession, session_id)
    if row.user_id != actor.user_id:
        raise NotYours
    _end(clock.now(), UserSession.id == session_id)


@db.action
def end_all(actor: Actor, user_id: int, *, but: int | None = None) -> int:
    """End all sessions of a person, save `but`; how many. Refuses: another person's, unless by an admin (NotYours)."""
    if user_id != actor.user_id and not actor.is_admin:
        raise NotYours
    return _end(clock.now(), UserSession.user_id == user_id, UserSession.id != (but or 0))


def end_everywhere(user_id: int) -> None:
    """End every session of a person, inside an action that changes what the account is worth."""
    _end(clock.now(), UserSession.user_id == user_id)


def set_password(actor: Actor, *, token: str, new: str, old: str, device: Device) -> Entered | Wrong | Wait:
    """Choose a password; the new token of this browser. All sessions end, also on lost telephones.

    The old one must be typed unless there is none or the person signed in within ten minutes; wrong ones are counted
    like those of signing in. Refuses: no such session (NotYours); guessable (BadPassword).
    """
    person = queries.viewer(token)
    if person is None or person.user_id != actor.user_id:
        raise NotYours
    own = (person.name, person.phone.removeprefix("+84"), "0" + person.phone.removeprefix("+84"))
    check_password(new, common=hashing.common_passwords(), context=own)
    stored = queries.password_hash(person.user_id)
    proved = bool(stored) and not person.freshly_proved
    if proved:
        keys = attempts.keys_of_sign_in(person.phone, device.address)
        if seconds := attempts.seconds_to_wait(keys):
            return Wait(seconds)
        if not hashing.matches(stored, old):
            return _count_wrong(actor, keys)
    made = hashing.hashed(new)
    return _store_password(actor, person.user_id, made, stored, device=device, proved=proved or not stored)


@db.action
def _count_wrong(actor: Actor, keys: tuple[attempts.Key, ...]) -> Wrong:  # noqa: ARG001 - actions take an actor
    attempts.count(keys)
    return Wrong()


@db.action
def _store_password(
    actor: Actor, user_id: int, made: str, stored: str | None, *, device: Device, proved: bool
) -> Entered | Wrong:
    user = db.locked(User, user_id)
    if user.password_hash != stored:
        return Wrong()
    user.password_hash = made
    end_everywhere(user_id)
    trail.record(actor, "set_password", "user", user_id)
    if not proved:
        note_reset(actor, user_id)
    return Entered(open_session(actor, user_id, device=device), user_id)


@db.action
def flush_seen(actor: Actor) -> int:  # noqa: ARG001 - actions take an actor
    """Write down when sessions were last seen, as collected in this process; how many."""
    moments = dict(queries.seen)
    for session_id in moments:
        queries.seen.pop(session_id, None)
    known = db.session.scalars(select(UserSession).where(UserSession.id.in_(list(moments)))).all()
    for row in known:
        row.seen_at = max(row.seen_at, moments[row.id])
    return len(known)

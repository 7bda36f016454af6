"""The second factor of officials: set once with a code to prove it, shown once per session, taken away by another admin."""

import base64
import secrets

from sqlalchemy import delete, select, update

from marketplace.accounts import queries
from marketplace.accounts.actions import attempts
from marketplace.accounts.actions.sessions import end_everywhere
from marketplace.accounts.models import RecoveryCode, SecondFactor, User, UserSession
from marketplace.accounts.rules import (
    KEY_BYTES,
    RECOVERY_CODES,
    RECOVERY_LENGTH,
    RECOVERY_LETTERS,
    Device,
    Enrolled,
    FactorIsSet,
    OwnFactor,
    Shown,
    Wait,
    Wrong,
    matching_step,
    recovery_code,
    recovery_typed,
    usable_code,
)
from marketplace.kit import clock, db, marking, secret, trail
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import NotAllowed, NotFound, NotYours


def new_key() -> bytes:
    """160 random bits, as RFC 4226 §4 recommends."""
    return secrets.token_bytes(KEY_BYTES)


@db.action
def set_factor(
    actor: Actor, *, session_id: int, key: bytes, code: str, old: str, device: Device
) -> Enrolled | Wrong | Wait:
    """Set the second factor of one's own account; `code` is of the new key. All other sessions end, new codes are on paper.

    Where there is a factor already, `old` must be one of its codes. Refuses: another person's session (NotYours); a
    factor is set and this session has not shown it (FactorIsSet).
    """
    session = own_session(actor, session_id)
    keys = attempts.keys_of_factor(session.user_id, device.address)
    attempts.hold(keys[-1])
    if seconds := attempts.seconds_to_wait(keys):
        return Wait(seconds)
    held = _held(session.user_id)
    if held is not None and session.factor_at is None:
        raise FactorIsSet
    step = matching_step(key, code, clock.now(), after=0)
    if step is None or (held is not None and not _opens(held, old)):
        attempts.count(keys)
        return Wrong()
    if held is not None:
        db.session.delete(held)
        db.session.flush()
    sealed = secret.seal(base64.b64encode(key).decode(), _use(session.user_id))
    db.session.add(SecondFactor(user_id=session.user_id, sealed_key=sealed, last_step=step, set_at=clock.now()))
    _end_others(session)
    session.factor_at = clock.now()
    attempts.forget(keys[:1])
    trail.record(actor, "set_factor", "user", session.user_id)
    return Enrolled(_new_recovery(session.user_id))


@db.action
def show_factor(actor: Actor, *, session_id: int, code: str, device: Device) -> Shown | Wrong | Wait:
    """Show a code, from the telephone or from paper: the session remembers. One answer for wrong, late and used codes.

    Counted for the account and for the account from this address; neither locks it. Refuses: another person's session (NotYours).
    """
    session = own_session(actor, session_id)
    answer = _try(session.user_id, code, device)
    if isinstance(answer, Shown):
        session.factor_at = clock.now()
        if answer.by_paper:
            trail.record(actor, "use_recovery", "user", session.user_id)
    return answer


@db.action
def renew_recovery(actor: Actor, *, session_id: int, code: str, device: Device) -> Enrolled | Wrong | Wait:
    """Ten new codes on paper for a code; the old ones open nothing any more. Refuses: another person's session (NotYours)."""
    session = own_session(actor, session_id)
    answer = _try(session.user_id, code, device)
    if not isinstance(answer, Shown):
        return answer
    session.factor_at = clock.now()
    trail.record(actor, "renew_recovery", "user", session.user_id)
    return Enrolled(_new_recovery(session.user_id))


@db.action
def reset_factor(actor: Actor, user_id: int) -> None:
    """Take a person's second factor away, who then sets another; all their sessions end, and it stays on record.

    Refuses: not an admin (NotAllowed); the admin's own, which needs a code (OwnFactor); nothing to take away (NotFound).
    """
    actor.require({ActorKind.ADMIN, ActorKind.OPERATOR})
    if actor.user_id == user_id:
        raise OwnFactor
    db.locked(User, user_id)
    held = _held(user_id)
    if held is None:
        raise NotFound
    db.session.delete(held)
    _drop_recovery(user_id)
    end_everywhere(user_id)
    trail.record(actor, "reset_factor", "user", user_id)


def code_of_a_sample(user_id: int, key: bytes = b"") -> str:
    """The code that would be taken now, of the person's key or of a new one; empty unless the database is marked demo."""
    if marking.mode() != "demo":
        return ""
    if key:
        return usable_code(key, clock.now(), after=0)
    held = db.session.scalar(select(SecondFactor).where(SecondFactor.user_id == user_id))
    return usable_code(_key(held), clock.now(), after=held.last_step) if held else ""


def settle_sample(actor: Actor, user_id: int) -> None:
    """Give an official of a demo a second factor, so that the desk asks for it from the first day. Refuses: no demo (NotAllowed)."""
    actor.require({ActorKind.OPERATOR})
    if marking.mode() != "demo":
        raise NotAllowed
    _settle(actor, user_id)


@db.action
def _settle(actor: Actor, user_id: int) -> None:
    sealed = secret.seal(base64.b64encode(new_key()).decode(), _use(user_id))
    made = {"user_id": user_id, "sealed_key": sealed, "last_step": 0, "set_at": clock.now()}
    if db.insert_once(SecondFactor, made, unique=("user_id",)):
        trail.record(actor, "set_factor", "user", user_id)


def _use(user_id: int) -> str:
    """One encryption key per account: a row copied to another account opens nothing there."""
    return f"second-factor-{user_id}"


def _key(held: SecondFactor) -> bytes:
    return base64.b64decode(secret.unseal(held.sealed_key, _use(held.user_id)))


def own_session(actor: Actor, session_id: int) -> UserSession:
    """The actor's own session, locked behind its person. Refuses: another person's, or an ended one (NotYours)."""
    db.locked(User, actor.user_id or 0)  # the person first, then her sessions: the order of every action of this room
    session = db.locked(UserSession, session_id)
    if session.user_id != actor.user_id or session.ended_at is not None:
        raise NotYours
    return session


def _held(user_id: int) -> SecondFactor | None:
    return db.session.execute(
        select(SecondFactor).where(SecondFactor.user_id == user_id).with_for_update(),
        execution_options={"populate_existing": True},
    ).scalar_one_or_none()


def _try(user_id: int, code: str, device: Device) -> Shown | Wrong | Wait:
    keys = attempts.keys_of_factor(user_id, device.address)
    attempts.hold(keys[-1])  # the whole account's: a burst from many addresses comes one by one
    if seconds := attempts.seconds_to_wait(keys):
        return Wait(seconds)
    held = _held(user_id)
    how = _opens(held, code) if held is not None else None
    if how is None:
        attempts.count(keys)
        return Wrong()
    attempts.forget(keys)
    line = queries.factor_of(user_id)
    return Shown(how == "paper", line.codes_left if line else 0)


def _opens(held: SecondFactor, code: str) -> str | None:
    """Use the code up: `telephone` or `paper`, None when it opens nothing."""
    step = matching_step(_key(held), code, clock.now(), after=held.last_step)
    if step is not None:
        held.last_step = step
        return "telephone"
    used = db.session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.user_id == held.user_id,
            RecoveryCode.digest == _digest(held.user_id, recovery_typed(code)),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=clock.now())
        .returning(RecoveryCode.id),
        execution_options={"synchronize_session": False},
    ).all()
    return "paper" if used else None


def _digest(user_id: int, bare: str) -> str:
    return secret.digest("recovery", f"{user_id}|{bare}")


def _new_recovery(user_id: int) -> tuple[str, ...]:
    _drop_recovery(user_id)
    made = tuple(
        recovery_code([secrets.randbelow(len(RECOVERY_LETTERS)) for _letter in range(RECOVERY_LENGTH)])
        for _code in range(RECOVERY_CODES)
    )
    db.session.add_all(RecoveryCode(user_id=user_id, digest=_digest(user_id, recovery_typed(code))) for code in made)
    return made


def _drop_recovery(user_id: int) -> None:
    db.session.execute(
        delete(RecoveryCode).where(RecoveryCode.user_id == user_id), execution_options={"synchronize_session": False}
    )


def _end_others(session: UserSession) -> None:
    db.session.execute(
        update(UserSession)
        .where(UserSession.user_id == session.user_id, UserSession.id != session.id, UserSession.ended_at.is_(None))
        .values(ended_at=clock.now()),
        execution_options={"synchronize_session": False},
    )

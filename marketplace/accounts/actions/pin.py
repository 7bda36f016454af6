"""The PIN for taps about money: chosen by its owner, asked for now and then, given back only by a code to the telephone."""

import hmac
from datetime import datetime, timedelta

from sqlalchemy import select, update

from marketplace.accounts.actions.factor import own_session
from marketplace.accounts.models import MoneyPin, User, UserSession
from marketplace.accounts.rules import PIN_OPEN, PIN_TRIES, PROVED_FOR, PinRight, PinWrong, check_pin, code_typed
from marketplace.kit import clock, db, secret, trail
from marketplace.kit.actor import Actor

SAME_MOMENT = timedelta(seconds=5)


def has_pin(user_id: int) -> bool:
    """Whether the person has chosen a PIN."""
    return db.session.scalar(select(MoneyPin.id).where(MoneyPin.user_id == user_id)) is not None


def pin_is_due(user_id: int, session_id: int) -> bool:
    """Whether this browser must type it now: there is one, and it was not typed here within half an hour."""
    if not has_pin(user_id):
        return False
    typed = db.session.scalar(select(UserSession.pin_at).where(UserSession.id == session_id))
    return typed is None or clock.now() - typed >= PIN_OPEN


def may_set_anew(user_id: int, session_id: int) -> bool:
    """Whether this session was opened within ten minutes by a code that proved the telephone: then the old PIN is not asked for."""
    row = db.session.execute(
        select(UserSession.created_at, User.phone_proved_at)
        .join(User, User.id == UserSession.user_id)
        .where(UserSession.id == session_id, User.id == user_id)
    ).first()
    return row is not None and _by_code(row.created_at, row.phone_proved_at)


def _by_code(opened: datetime, proved: datetime | None) -> bool:
    return proved is not None and abs(opened - proved) < SAME_MOMENT and clock.now() - opened < PROVED_FOR


@db.action
def set_pin(actor: Actor, *, session_id: int, pin: str, old: str) -> PinRight | PinWrong:
    """Choose a PIN, or another. The old one is asked for, unless the session was just opened by a code to the telephone.

    Refuses: another person's session (NotYours); guessable (BadPin).
    """
    session = own_session(actor, session_id)
    user = db.locked(User, session.user_id)
    chosen = check_pin(pin, phone=user.phone)
    held = _held(user.id)
    if held is not None and not _by_code(session.created_at, user.phone_proved_at):
        answer = _try(held, old)
        if isinstance(answer, PinWrong):
            return answer
    if held is None:
        held = MoneyPin(user_id=user.id, digest="", set_at=clock.now())
        db.session.add(held)
    held.digest, held.wrong, held.set_at = _digest(user.id, chosen), 0, clock.now()
    _close_everywhere(user.id)
    session.pin_at = clock.now()
    trail.record(actor, "set_pin", "user", user.id)
    return PinRight()


@db.action
def open_pin(actor: Actor, *, session_id: int, pin: str) -> PinRight | PinWrong:
    """Type it: this browser is not asked for half an hour. Refuses: another person's session (NotYours)."""
    session = own_session(actor, session_id)
    held = _held(session.user_id)
    answer = _try(held, pin) if held is not None else PinRight()
    if isinstance(answer, PinRight):
        session.pin_at = clock.now()
    return answer


def _try(held: MoneyPin, typed: str) -> PinRight | PinWrong:
    """Wrong ones count for the account, wherever they are typed; whoever can type here is signed in as its owner."""
    if held.wrong >= PIN_TRIES:
        return PinWrong(0)
    if hmac.compare_digest(held.digest, _digest(held.user_id, code_typed(typed))):
        held.wrong = 0
        return PinRight()
    held.wrong += 1
    return PinWrong(PIN_TRIES - held.wrong)


def _held(user_id: int) -> MoneyPin | None:
    return db.session.execute(
        select(MoneyPin).where(MoneyPin.user_id == user_id).with_for_update(),
        execution_options={"populate_existing": True},
    ).scalar_one_or_none()


def _digest(user_id: int, pin: str) -> str:
    return secret.digest("money-pin", f"{user_id}|{pin}")


def _close_everywhere(user_id: int) -> None:
    db.session.execute(
        update(UserSession).where(UserSession.user_id == user_id).values(pin_at=None),
        execution_options={"synchronize_session": False},
    )

"""One-time codes: asked for by a browser, or opened at the desk and read aloud. Each signs in once."""

import hmac
import secrets
from collections.abc import Sequence
from typing import Any, cast

from flask import current_app
from sqlalchemy import or_, select, update

import config
from marketplace.accounts import queries
from marketplace.accounts.actions import attempts
from marketplace.accounts.actions.sessions import end_everywhere, open_session
from marketplace.accounts.models import CoordinatorArea, OneTimeCode, User
from marketplace.accounts.rules import (
    CODE_LIFE,
    CODE_TRIES,
    CODE_TRIES_ALL,
    CODES_A_DAY,
    TOO_MANY_TODAY,
    Asked,
    BadPhone,
    Channel,
    Counted,
    Device,
    Entered,
    OfficialsAccount,
    OpenedCode,
    Purpose,
    SignUp,
    Wait,
    Wrong,
    code_typed,
    email_address,
    mobile_number,
    person_name,
    phone_number,
    takes_texts,
)
from marketplace.kit import clock, db, outbox, secret, trail
from marketplace.kit.actor import Actor, ActorKind, Place


def _digest(purpose: Purpose, phone: str, browser: str | None, code: str) -> str:
    """A keyed hash bound to all that the code is for: the same six digits fit nowhere else."""
    return secret.digest("code", "|".join((purpose.value, phone, browser or "", code)))


def _new_code(phone: str, purpose: Purpose, browser: str | None, **values: Any) -> tuple[int, str]:
    """The row's id and the code itself, which is kept nowhere."""
    code = f"{secrets.randbelow(1_000_000):06}"
    now = clock.now()
    row = OneTimeCode(
        phone=phone,
        purpose=purpose,
        browser=browser,
        digest=_digest(purpose, phone, browser, code),
        created_at=now,
        expires_at=now + CODE_LIFE,
        **{"details": {}, **values},
    )
    db.session.add(row)
    db.session.flush()
    return row.id, code


@db.action
def ask_code(
    actor: Actor,  # noqa: ARG001 - actions take an actor
    *,
    phone: str,
    address: str,
    by_phone: bool,
    browser: str = "",
    new: SignUp | None = None,
    language: str = "vi",
) -> Asked | Wait:
    """Send a code to whoever has this number. The same answer and the same work whether or not there is an account.

    `by_phone`: messages to telephones can be sent. `browser`: what an earlier asking left in the cookie, so that the
    first of two codes still fits. A known number is reached by telephone, else at the address stored
    with it, never at one typed now; an unknown one only when signing up (`new`). Refuses: BadPhone, Landline, BadName, BadEmail.
    """
    number = mobile_number(phone)
    purpose = Purpose.SIGN_UP if new else Purpose.SIGN_IN
    details = _details(new)
    keys = attempts.keys_of_asking(number, address)
    attempts.hold(keys[0])
    if seconds := attempts.seconds_to_wait(keys):
        return Wait(seconds)
    if too_many := count_of_day(number, address):
        return too_many
    attempts.count(keys)
    user = queries.user_by_phone(number)
    channel, to = _way_to(user, number, details, by_phone=by_phone)
    browser = browser or secrets.token_urlsafe(16)
    user_id, digest = user.id if user else None, queries.token_digest(browser)
    _id, code = _new_code(number, purpose, digest, user_id=user_id, details=details, channel=channel)
    topic = "code.drop" if channel is Channel.NOBODY else "code.send"
    late = clock.now() + CODE_LIFE
    outbox.add(
        topic, secret_text=code, lapses_at=late, channel=channel.value, to=to, purpose=purpose.value, language=language
    )
    return Asked(browser)


def count_of_day(number: str, address: str) -> Wait | None:
    """Count one more code of today, inside an action; or how long to wait, when there were too many of one kind.

    Counted alike whether or not a message follows, so that the limits tell nobody who has an account.
    """
    keys = attempts.keys_of_day(number, address)
    kind = attempts.full(keys, CODES_A_DAY | {Counted.DAY_ALL: _codes_a_day()})
    if kind is not None:
        return Wait(clock.seconds_left_today(), TOO_MANY_TODAY[kind])
    attempts.count(keys)
    return None


def _codes_a_day() -> int:
    return cast(config.Settings, current_app.config["SETTINGS"]).codes_a_day


def _details(new: SignUp | None) -> dict[str, str]:
    if new is None:
        return {}
    return {"name": person_name(new.name), "email": email_address(new.email) or "", "consent": new.consent_version}


def _way_to(user: User | None, number: str, details: dict[str, str], *, by_phone: bool) -> tuple[Channel, str]:
    if (user is None and not details) or (user is not None and user.disabled_at is not None):
        return Channel.NOBODY, ""
    if by_phone and takes_texts(number):
        return Channel.PHONE, number
    email = details["email"] if user is None else user.email
    return (Channel.EMAIL, email) if email else (Channel.NOBODY, "")


def _open_codes(phone: str, browser: str) -> Sequence[OneTimeCode]:
    """Codes that this browser may use for this number now: its own, and one opened at the desk."""
    asked_here = OneTimeCode.browser == queries.token_digest(browser)
    mine = or_(OneTimeCode.browser.is_(None), asked_here)
    return db.session.scalars(
        select(OneTimeCode)
        .where(OneTimeCode.phone == phone, OneTimeCode.used_at.is_(None), OneTimeCode.expires_at > clock.now(), mine)
        .order_by(OneTimeCode.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


@db.action
def enter_with_code(
    actor: Actor, *, phone: str, code: str, browser: str, device: Device, old_token: str = ""
) -> Entered | Wrong:
    """Sign in with a code, or sign up when it was asked for that. One answer for wrong, late, used and unknown.

    No delay stands here, only the tries of the code itself: strangers cannot keep a code read at the desk from its person.
    """
    try:
        number = phone_number(phone)
    except BadPhone:
        return Wrong()
    for row in _open_codes(number, browser):
        if _fits(row, code_typed(code), device.address):
            row.used_at = clock.now()
            return _enter(actor, row, device, old_token)
    return Wrong()


def _fits(row: OneTimeCode, code: str, address: str) -> bool:
    """Whether this is the code. Counts the try, also a right one that came after the last allowed."""
    key = attempts.key_of_code(row.id, address)
    allowed = attempts.tries(key) < CODE_TRIES and row.tries < CODE_TRIES_ALL
    right = hmac.compare_digest(row.digest, _digest(row.purpose, row.phone, row.browser, code))
    if right and allowed and row.channel is not Channel.NOBODY:
        return True
    row.tries += 1
    attempts.count((key,))
    return False


def _enter(actor: Actor, row: OneTimeCode, device: Device, old_token: str) -> Entered | Wrong:
    user_id, is_new = (row.user_id, False) if row.user_id else _sign_up(row)
    user = db.session.get(User, user_id, with_for_update=True, populate_existing=True)
    if user is None or user.disabled_at is not None:
        return Wrong()
    row.user_id = user.id
    if row.channel in (Channel.PHONE, Channel.DESK):
        user.phone_proved_at = clock.now()
    return Entered(open_session(actor, user.id, device=device, old_token=old_token, by_code=True), user.id, is_new)


def _sign_up(row: OneTimeCode) -> tuple[int, bool]:
    """The account of a sign-up whose code came back; a second browser that was slower finds the first one's account.

    Only where the code went to the telephone: a code sent to an address proves nothing about somebody else's number.
    """
    now = clock.now()
    made = db.insert_once(
        User,
        {
            "phone": row.phone, "name": row.details["name"], "email": row.details["email"] or None, "is_admin": False,
            "consent_version": row.details["consent"], "consent_at": now, "created_at": now,
        },
        unique=("phone",),
    )  # fmt: skip
    if made is not None:
        return made, True
    user = queries.user_by_phone(row.phone)
    if user is None or row.channel is not Channel.PHONE:
        return 0, False
    return user.id, False


@db.action
def open_account_on_desk(
    actor: Actor, *, phone: str, name: str, consent_version: str = "", places: Sequence[Place] = ()
) -> OpenedCode:
    """An account for somebody who stands at the desk, or a way back into theirs; the code is shown once, to read aloud.

    `places`: where the stalls lie that the person sells for; the actor's area must cover each (NotYours). Refuses: not
    an official (NotAllowed); an official's account, unless by an admin (OfficialsAccount); BadPhone, BadName.
    """
    actor.require({ActorKind.COORDINATOR, ActorKind.ADMIN, ActorKind.OPERATOR})
    for place in places:
        actor.require_area(place)
    number = mobile_number(phone)
    now = clock.now()
    made = db.insert_once(
        User,
        {"phone": number, "name": person_name(name), "is_admin": False, "created_at": now}
        | ({"consent_version": consent_version, "consent_at": now} if consent_version else {}),
        unique=("phone",),
    )
    user = db.session.execute(select(User).where(User.phone == number).with_for_update()).scalar_one()
    if made is None:
        _take_back(actor, user)
    db.session.execute(
        update(OneTimeCode)
        .where(OneTimeCode.phone == number, OneTimeCode.purpose == Purpose.DESK, OneTimeCode.used_at.is_(None))
        .values(used_at=now),
        execution_options={"synchronize_session": False},
    )
    code_id, code = _new_code(
        number, Purpose.DESK, None, user_id=user.id, opened_by=actor.user_id, channel=Channel.DESK
    )
    trail.record(actor, "open_account" if made else "open_code", "user", user.id)
    return OpenedCode(code_id, user.id, code, is_new=made is not None)


def is_official(user: User) -> bool:
    """Whether the desk is open to this person, read inside the unit."""
    area = (
        select(CoordinatorArea.id)
        .where(CoordinatorArea.user_id == user.id, CoordinatorArea.ended_at.is_(None))
        .limit(1)
    )
    return user.is_admin or db.session.scalar(area) is not None


def _take_back(actor: Actor, user: User) -> None:
    """The account exists. Somebody else may have made it with this number and an address of their own: that one loses it."""
    if is_official(user) and not actor.is_admin:
        raise OfficialsAccount
    if user.phone_proved_at is None:
        end_everywhere(user.id)
        user.password_hash = user.email = None

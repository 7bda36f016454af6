"""Accounts, roles and areas. Every grant and its end is a row of the trail and counts from the next request on."""

from collections.abc import Iterable

from sqlalchemy import select

from marketplace.accounts import hashing, queries
from marketplace.accounts.actions.sessions import end_everywhere
from marketplace.accounts.models import CoordinatorArea, OperatorDetails, User
from marketplace.accounts.rules import (
    OFFICE_SEEN,
    LastAdmin,
    NewPerson,
    OperatorForm,
    PhoneTaken,
    badge_url,
    check_password,
    check_public,
    email_address,
    mobile_number,
    one_line,
    person_name,
    phone_number,
    tax_code,
)
from marketplace.kit import clock, db, trail
from marketplace.kit.actor import Actor, ActorKind, Place
from marketplace.kit.errors import NotFound

ADMINS = frozenset({ActorKind.ADMIN, ActorKind.OPERATOR})


@db.action
def create_user(actor: Actor, person: NewPerson) -> int:
    """An account made by the operator or the demo: its id. No code is sent; the number counts as proved.

    Refuses: the number has an account (PhoneTaken); BadPhone, BadName, BadEmail, BadPassword.
    """
    actor.require({*ADMINS, ActorKind.SYSTEM})
    number, now = mobile_number(person.phone), clock.now()
    if person.password is not None:
        check_password(
            person.password, common=hashing.common_passwords(), context=(person.name, number[3:], "0" + number[3:])
        )
    user_id = db.insert_once(
        User,
        {
            "phone": number, "name": person_name(person.name), "email": email_address(person.email or ""),
            "password_hash": hashing.hashed(person.password) if person.password is not None else None,
            "is_admin": person.is_admin, "phone_proved_at": now, "created_at": now,
        },
        unique=("phone",),
    )  # fmt: skip
    if user_id is None:
        raise PhoneTaken
    trail.record(actor, "create_user", "user", user_id, note="admin" if person.is_admin else "")
    _grant_all(actor, user_id, person.areas)
    return user_id


def _grant_all(actor: Actor, user_id: int, areas: Iterable[tuple[Place, str]]) -> None:
    for place, office in areas:
        _grant(actor, user_id, place, office)


@db.action
def grant_area(actor: Actor, user_id: int, place: Place, *, office: str) -> int:
    """Let a person decide for a commune or a province, in the name of an office; the area's id. Granting twice is once.

    Refuses: not an admin (NotAllowed); no such open account (NotFound); a person in the office's name (NotForPublic).
    """
    actor.require({*ADMINS, ActorKind.SYSTEM})
    return _grant(actor, user_id, place, office)


def _grant(actor: Actor, user_id: int, place: Place, office: str) -> int:
    user = db.locked(User, user_id)
    if user.disabled_at is not None:
        raise NotFound
    office = one_line(office)
    check_public(office, field="office", message=OFFICE_SEEN)
    held = db.session.scalar(
        select(CoordinatorArea).where(
            CoordinatorArea.user_id == user_id,
            CoordinatorArea.province_code == place.province_code,
            CoordinatorArea.commune_code == place.commune_code,
            CoordinatorArea.ended_at.is_(None),
        )
    )
    if held is not None:
        held.office = office
        return held.id
    area = CoordinatorArea(
        user_id=user_id,
        province_code=place.province_code,
        commune_code=place.commune_code,
        office=office,
        granted_by=actor.user_id,
        granted_at=clock.now(),
    )
    db.session.add(area)
    db.session.flush()
    trail.record(actor, "grant_area", "user", user_id, note=_said(place))
    return area.id


@db.action
def end_area(actor: Actor, area_id: int) -> None:
    """Take an area away; the account and its other areas stay. Ending twice is once. Refuses: not an admin (NotAllowed)."""
    actor.require(ADMINS)
    area = db.locked(CoordinatorArea, area_id)
    if area.ended_at is None:
        area.ended_at = clock.now()
        trail.record(actor, "end_area", "user", area.user_id, note=_said(area.place))


def _said(place: Place) -> str:
    return "/".join(filter(None, (place.province_code, place.commune_code)))


@db.action
def make_admin(actor: Actor, user_id: int) -> None:
    """Let a person look after the whole market. Refuses: not an admin (NotAllowed); closed account (NotFound)."""
    actor.require(ADMINS)
    user = db.locked(User, user_id)
    if user.disabled_at is not None:
        raise NotFound
    if not user.is_admin:
        user.is_admin = True
        trail.record(actor, "make_admin", "user", user_id)


@db.action
def end_admin(actor: Actor, user_id: int) -> None:
    """Take that away. Refuses: not an admin (NotAllowed); nobody else could give roles (LastAdmin)."""
    actor.require(ADMINS)
    user = db.locked(User, user_id)
    if user.is_admin:
        _keep_one_admin(user_id)
        user.is_admin = False
        trail.record(actor, "end_admin", "user", user_id)


def _keep_one_admin(leaving: int) -> None:
    """All admins are locked in order of id, so that two who take each other's role away cannot both succeed."""
    left = db.session.scalars(
        select(User.id).where(User.is_admin, User.disabled_at.is_(None)).order_by(User.id).with_for_update()
    ).all()
    if set(left) <= {leaving}:
        raise LastAdmin


@db.action
def disable_user(actor: Actor, user_id: int) -> None:
    """Close an account: all its sessions end, nothing it did is touched. Refuses: not an admin (NotAllowed); LastAdmin."""
    actor.require(ADMINS)
    user = db.locked(User, user_id)
    if user.disabled_at is None:
        if user.is_admin:
            _keep_one_admin(user_id)
        user.disabled_at = clock.now()
        end_everywhere(user_id)
        trail.record(actor, "disable", "user", user_id)


@db.action
def enable_user(actor: Actor, user_id: int) -> None:
    """Open a closed account again. Refuses: not an admin (NotAllowed)."""
    actor.require(ADMINS)
    user = db.locked(User, user_id)
    if user.disabled_at is not None:
        user.disabled_at = None
        trail.record(actor, "enable", "user", user_id)


@db.action
def set_operator(actor: Actor, details: OperatorForm) -> None:
    """Say who runs the market. Refuses: not an admin (NotAllowed); BadPhone, BadEmail, BadTaxCode, BadBadge."""
    actor.require(ADMINS)
    values = details.as_row()
    values["tax_code"], values["badge_url"] = tax_code(details.tax_code), badge_url(details.badge_url)
    if values["phone"]:
        values["phone"] = phone_number(values["phone"])
    values["email"] = email_address(values["email"]) or ""
    db.insert_once(OperatorDetails, {"id": 1, "updated_at": clock.now()}, unique=("id",))
    row = db.locked(OperatorDetails, 1)
    for name, value in values.items():
        setattr(row, name, value)
    row.updated_at = clock.now()
    trail.record(actor, "set_operator", "operator", 1)


def find_or_create(actor: Actor, person: NewPerson) -> tuple[int, bool]:
    """The account with this number, made when there is none; whether it was made. An existing one gets the roles only."""
    user = queries.user_by_phone(mobile_number(person.phone))
    if user is None:
        return create_user(actor, person), True
    if person.is_admin:
        make_admin(actor, user.id)
    for place, office in person.areas:
        grant_area(actor, user.id, place, office=office)
    return user.id, False

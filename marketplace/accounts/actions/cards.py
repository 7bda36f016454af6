"""Sign-in cards: printed by an official who knows the person, scanned once, on any telephone."""

import secrets
from collections.abc import Sequence

from sqlalchemy import select, update

from marketplace.accounts import queries
from marketplace.accounts.actions.codes import is_official
from marketplace.accounts.actions.sessions import open_session
from marketplace.accounts.models import SignInCard, User
from marketplace.accounts.rules import CARD_LIFE, Device, Entered, NotASeller, OfficialsAccount, PrintedCard, Wrong
from marketplace.kit import clock, db, trail
from marketplace.kit.actor import Actor, ActorKind, Place
from marketplace.kit.errors import NotFound

OFFICIALS = frozenset({ActorKind.COORDINATOR, ActorKind.ADMIN, ActorKind.OPERATOR})


@db.action
def print_card(actor: Actor, user_id: int, *, places: Sequence[Place]) -> PrintedCard:
    """A card for somebody who sells at `places`, all in the actor's area; one printed before is void from now on.

    Refuses: not an official (NotAllowed); another area (NotYours); sells nowhere (NotASeller); an official's own account
    (OfficialsAccount), whoever prints; a closed account (NotFound).
    """
    _require(actor, places)
    user = db.locked(User, user_id)
    if user.disabled_at is not None:
        raise NotFound
    if is_official(user):
        raise OfficialsAccount
    now, token = clock.now(), secrets.token_urlsafe(24)
    _end(SignInCard.user_id == user_id)
    card = SignInCard(
        user_id=user_id,
        digest=queries.token_digest(token),
        printed_by=actor.user_id,
        created_at=now,
        expires_at=now + CARD_LIFE,
    )
    db.session.add(card)
    db.session.flush()
    trail.record(actor, "print_card", "user", user_id)
    return PrintedCard(card.id, user_id, token)


@db.action
def end_card(actor: Actor, user_id: int, *, places: Sequence[Place]) -> bool:
    """Void the person's card; whether there was one. Refuses: not an official (NotAllowed); another area (NotYours); NotASeller."""
    _require(actor, places)
    ended = _end(SignInCard.user_id == user_id)
    if ended:
        trail.record(actor, "end_card", "user", user_id)
    return ended


@db.action
def use_card(actor: Actor, token: str, *, device: Device, old_token: str = "") -> Entered | Wrong:
    """Sign in with what stands on the card, once. One answer for used, late, void and unknown cards."""
    now = clock.now()
    used = db.session.execute(
        update(SignInCard)
        .where(
            SignInCard.digest == queries.token_digest(token),
            SignInCard.used_at.is_(None),
            SignInCard.ended_at.is_(None),
            SignInCard.expires_at > now,
        )
        .values(used_at=now)
        .returning(SignInCard.user_id),
        execution_options={"synchronize_session": False},
    ).scalar_one_or_none()
    user = db.session.get(User, used, with_for_update=True, populate_existing=True) if used else None
    if user is None or user.disabled_at is not None or is_official(user):
        return Wrong()
    trail.record(actor, "use_card", "user", user.id, note=device.name)
    return Entered(open_session(actor, user.id, device=device, old_token=old_token, by_code=True), user.id)


def _require(actor: Actor, places: Sequence[Place]) -> None:
    actor.require(OFFICIALS)
    if not places:
        raise NotASeller
    for place in places:
        actor.require_area(place)


def _end(whose: object) -> bool:
    open_ones = select(SignInCard.id).where(whose, SignInCard.used_at.is_(None), SignInCard.ended_at.is_(None))  # type: ignore[arg-type] # conditions of SQLAlchemy
    ended = db.session.execute(
        update(SignInCard).where(SignInCard.id.in_(open_ones)).values(ended_at=clock.now()).returning(SignInCard.id),
        execution_options={"synchronize_session": False},
    ).all()
    return bool(ended)

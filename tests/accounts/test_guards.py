"""Each action asks for itself who calls it: a door left open by mistake gives nothing away."""

from collections.abc import Callable

import pytest

from marketplace.accounts import actions
from marketplace.accounts.rules import NewPerson, OperatorForm
from marketplace.kit.actor import Actor, ActorKind, Place
from marketplace.kit.errors import NotAllowed, NotFound, NotYours
from tests import cast
from tests.market import MarketUnderTest

LAN = cast.user_id("Lan")
COORDINATOR = Actor(ActorKind.COORDINATOR, user_id=cast.user_id("Quân"), areas=(Place("01"),))
OTHERS = (COORDINATOR, Actor(ActorKind.STRANGER, user_id=LAN), Actor.stranger(), Actor(ActorKind.PRODUCER, user_id=1))

FOR_ADMINS: dict[str, Callable[[Actor], object]] = {
    "create_user": lambda actor: actions.create_user(actor, NewPerson("0900 000 088", "Kẻ Lạ", is_admin=True)),
    "grant_area": lambda actor: actions.grant_area(actor, LAN, Place("01", "09955"), office="UBND"),
    "end_area": lambda actor: actions.end_area(actor, 1),
    "make_admin": lambda actor: actions.make_admin(actor, LAN),
    "end_admin": lambda actor: actions.end_admin(actor, cast.user_id("Bình")),
    "disable_user": lambda actor: actions.disable_user(actor, LAN),
    "enable_user": lambda actor: actions.enable_user(actor, LAN),
    "reset_factor": lambda actor: actions.reset_factor(actor, cast.user_id("Bình")),
    "set_operator": lambda actor: actions.set_operator(actor, OperatorForm(name="Kẻ Lạ")),
}


@pytest.mark.parametrize("verb", FOR_ADMINS)
@pytest.mark.parametrize("actor", OTHERS, ids=lambda actor: actor.kind.value)
def test_only_admins_and_the_operator(market: MarketUnderTest, verb: str, actor: Actor) -> None:
    with pytest.raises(NotAllowed), market.unit():
        FOR_ADMINS[verb](actor)


def test_only_officials_open_accounts(market: MarketUnderTest) -> None:
    for actor in OTHERS[1:]:
        with pytest.raises(NotAllowed), market.unit():
            actions.open_account_on_desk(actor, phone="0900 000 088", name="Lò Thị Na")


def test_a_coordinator_answers_for_every_place_a_person_sells_at(market: MarketUnderTest) -> None:
    with pytest.raises(NotYours), market.unit():
        actions.open_account_on_desk(
            COORDINATOR, phone="0900 000 088", name="Lò Thị Na", places=[Place("01", "09955"), Place("15")]
        )


def test_nobody_signs_somebody_else_out(market: MarketUnderTest) -> None:
    for actor in OTHERS:
        if actor.user_id != LAN:
            with pytest.raises(NotYours), market.unit():
                actions.end_all(actor, LAN)
    with market.unit():
        assert actions.end_all(Actor(ActorKind.ADMIN, user_id=8), LAN) == 0


def test_a_closed_account_is_given_nothing(market: MarketUnderTest) -> None:
    with market.unit():
        actions.disable_user(Actor.operator(), LAN)
    for verb in ("grant_area", "make_admin"):
        with pytest.raises(NotFound), market.unit():
            FOR_ADMINS[verb](Actor.operator())

"""What an account keeps for a buyer: checkouts that are hers, addresses, and what can be bought again."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete, select, update

from marketplace.accounts.models import User
from marketplace.cart.queries import cart_of, kept_lines
from marketplace.catalog import actions as catalog
from marketplace.catalog.models import Variant
from marketplace.kit import clock, db
from marketplace.kit.actor import Actor, ActorKind, Place
from marketplace.kit.errors import NotYours
from marketplace.kit.money import Dong
from marketplace.orders import queries
from marketplace.orders.actions import account
from marketplace.orders.actions.again import buy_again
from marketplace.orders.models import BuyerAddress, OrderGroup
from marketplace.orders.rules.addresses import MOST_ADDRESSES, Address, OtherNumber, TooManyAddresses
from marketplace.orders.rules.again import AgainLine, Bought, again
from marketplace.shelf.queries import purchasable
from tests import actors, cast, stage
from tests.market import MarketUnderTest

Unit = Callable[[], AbstractContextManager[None]]
LAN = Actor(ActorKind.STRANGER, user_id=cast.user_id("Lan"))
MINH = Actor(ActorKind.STRANGER, user_id=cast.user_id("Minh"))
HOME = Address("Trần Thị Lan", "+84900000003", Place("01", "09955"), "Số 5 ngõ 2")


@pytest.fixture
def bought(market: MarketUnderTest) -> tuple[str, int]:
    """Lan's order with the telephone of her account; its token and group."""
    with market.app.app_context():
        token = stage.place_order(1, 2, 3)
    with market.unit():
        group = queries.group_by_token(token)
        assert group is not None
        return token, group.id


def test_an_order_goes_into_the_account_of_its_own_telephone_only(unit: Unit, bought: tuple[str, int]) -> None:
    token, group_id = bought
    for who, refusal in ((MINH, OtherNumber), (Actor.stranger(), NotYours), (Actor.buyer(group_id), NotYours)):
        with pytest.raises(refusal), unit():
            account.keep_order(who, group_id)
    for _press in range(2):
        with unit():
            account.keep_order(LAN, group_id)
    with unit():
        assert queries.owner_of(token) == LAN.user_id
        assert list(queries.tokens_of_user(cast.user_id("Lan"))) == [token]
        assert list(queries.tokens_of_user(cast.user_id("Minh"))) == []
    with pytest.raises(NotYours), unit():
        account.let_order_go(MINH, group_id)
    with unit():
        account.let_order_go(LAN, group_id)
    with unit():
        assert queries.owner_of(token) is None


def test_a_number_that_no_code_has_reached_proves_nothing(unit: Unit, bought: tuple[str, int]) -> None:
    with unit():
        _unproved(LAN)
    with pytest.raises(OtherNumber), unit():
        account.keep_order(LAN, bought[1])


@db.action
def _unproved(actor: Actor) -> None:
    db.session.execute(update(User).where(User.id == actor.user_id).values(phone_proved_at=None))


def test_an_order_is_in_one_account(unit: Unit, bought: tuple[str, int]) -> None:
    with unit():
        _owned_by(MINH, bought[1])
    with pytest.raises(NotYours), unit():
        account.keep_order(LAN, bought[1])


@db.action
def _owned_by(actor: Actor, group_id: int) -> None:
    db.session.execute(update(OrderGroup).where(OrderGroup.id == group_id).values(user_id=actor.user_id))


def test_an_account_that_ends_leaves_its_orders(unit: Unit, bought: tuple[str, int]) -> None:
    token, group_id = bought
    with unit():
        account.keep_order(LAN, group_id)
        account.save_address(LAN, HOME)
    with pytest.raises(NotYours), unit():
        account.leave_orders(MINH, cast.user_id("Lan"))
    with unit():
        account.leave_orders(LAN, cast.user_id("Lan"))
    with unit():
        assert queries.group_by_token(token) is not None
        assert queries.owner_of(token) is None
        assert db.session.scalars(select(BuyerAddress)).all() == []


def test_even_a_user_deleted_by_hand_takes_no_order_along(unit: Unit, bought: tuple[str, int]) -> None:
    token, group_id = bought
    with unit():
        _owned_by(MINH, group_id)
    with unit():
        _delete(MINH)
    with unit():
        assert queries.group_by_token(token) is not None
        assert queries.owner_of(token) is None


@db.action
def _delete(actor: Actor) -> None:
    db.session.execute(delete(User).where(User.id == actor.user_id))


def test_addresses_are_kept_corrected_deleted_and_had_back(unit: Unit) -> None:
    lan = cast.user_id("Lan")
    with unit():
        first = account.save_address(LAN, HOME)
        assert account.save_address(LAN, HOME) == first  # a second press
        other = account.save_address(LAN, replace(HOME, street="Số 6"))
        assert account.save_address(LAN, replace(HOME, street="Số 7"), other) == other
    with unit():
        assert [one.street for one in queries.addresses(lan)] == ["Số 7", "Số 5 ngõ 2"]
        account.delete_address(LAN, first)
        account.delete_address(LAN, first)
    with unit():
        assert [one.street for one in queries.addresses(lan)] == ["Số 7"]
        assert queries.address_of_user(lan, first) is None
        account.restore_address(LAN, first)
    with unit():
        assert len(queries.addresses(lan)) == 2


def test_nobody_reads_or_changes_somebody_elses_address(unit: Unit) -> None:
    with unit():
        lans = account.save_address(LAN, HOME)
    with unit():
        assert queries.address_of_user(cast.user_id("Minh"), lans) is None
    for verb in (
        lambda: account.save_address(MINH, HOME, lans),
        lambda: account.delete_address(MINH, lans),
        lambda: account.restore_address(MINH, lans),
        lambda: account.delete_address(Actor.stranger(), lans),
        lambda: account.save_address(Actor.stranger(), HOME),
        lambda: account.delete_address(MINH, 999),
    ):
        with pytest.raises(NotYours), unit():
            verb()


def test_the_book_has_twenty_pages_and_deleted_ones_are_erased_after_thirty_days(unit: Unit) -> None:
    with unit():
        ids = [account.save_address(LAN, replace(HOME, street=f"Số {n}")) for n in range(MOST_ADDRESSES)]
    with pytest.raises(TooManyAddresses), unit():
        account.save_address(LAN, HOME)
    with unit():
        account.delete_address(LAN, ids[0])
    with unit():
        account.save_address(LAN, HOME)
    for days, left in ((29, 1), (31, 0)):
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False), unit():
            account.forget_addresses(Actor.system("test"))
        with unit():
            gone = db.session.scalars(select(BuyerAddress.id).where(BuyerAddress.deleted_at.is_not(None))).all()
            assert len(gone) == left


def test_buying_again_says_what_is_gone_sold_out_fewer_and_dearer(unit: Unit) -> None:
    with unit():
        goods = purchasable([1, 2])
    bought = [
        Bought(1, "Chè lam", "Hộp", Dong(80_000), 2),
        Bought(2, "Kẹo", "Gói", Dong(32_000), 5),
        Bought(9, "Cũ", "Túi", Dong(1_000), 1),
    ]
    che, keo, gone = again(bought, goods)
    assert (che.quantity, che.price_changed, che.now, che.fewer) == (2, True, Dong(85_000), False)
    assert (keo.quantity, keo.fewer, keo.price_changed) == (3, True, False)
    assert (gone.gone, gone.quantity, gone.price_changed) == (True, 0, False)
    (empty,) = again(bought[1:2], {2: replace(goods[2], free=0)})
    assert (empty.sold_out, empty.gone, empty.fewer) == (True, False, False)
    assert isinstance(empty, AgainLine)


def test_what_is_still_on_sale_goes_into_the_cart_once(unit: Unit, bought: tuple[str, int]) -> None:
    _token, group_id = bought
    with pytest.raises(NotYours), unit():
        buy_again(Actor.buyer(999), None, group_id)
    with unit():
        catalog.pause(actors.producer("Tín"), 3)
        _dearer(Actor.operator())
    with unit():
        cart = buy_again(Actor.buyer(group_id), None, group_id)
    with unit():
        assert buy_again(Actor.buyer(group_id), cart, group_id) == cart
    with unit():
        found = cart_of(cart)
        assert found is not None
        assert {line.variant_id: (line.quantity, line.price_seen) for line in kept_lines(found.id)} == {
            1: (1, Dong(90_000)),
            2: (1, Dong(32_000)),
        }


@db.action
def _dearer(actor: Actor) -> None:
    db.session.execute(update(Variant).where(Variant.id == 1).values(price=Dong(90_000)))


def test_nothing_left_to_buy_makes_no_cart(unit: Unit, bought: tuple[str, int]) -> None:
    with unit():
        for name, product in (("Mơ", 1), ("Mơ", 2), ("Tín", 3)):
            catalog.pause(actors.producer(name), product)
    with unit():
        assert buy_again(Actor.buyer(bought[1]), None, bought[1]) is None

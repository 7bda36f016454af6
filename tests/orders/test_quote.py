"""What a cart costs delivered, reckoned once for the page and for the order."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.cart.rules import CartView, Kept, assemble
from marketplace.delivery.rules import FIRST_TABLE, Reach
from marketplace.kit.actor import Place
from marketplace.kit.money import Dong
from marketplace.orders.rules import ChangeKind, Quote, Way, differences, quote
from marketplace.shelf.rules import Purchasable

HERE, NEAR, FAR = Place("01", "09955"), Place("01", "09856"), Place("15", "02647")
JAR = Purchasable(
    variant_id=1, product_id=1, producer_id=1, product_name="Chè lam", product_url="/", product_slug="che-lam",
    variant_label="Hộp", unit="hộp", price=Dong(85_000), free=10, weight_g=600, set_no=6, reach=Reach.COUNTRY, collect_ok=True,
    days_to_make=1, adult=False, origin=HERE, producer_name="Cơ sở bà Mơ", producer_url="/", producer_phone="",
    picture=None, stars=None, certificate_no="",
)  # fmt: skip


def cart(*goods: Purchasable, quantity: int = 1) -> CartView:
    """One line of each."""
    kept = [Kept(one.variant_id, quantity, one.price, one.product_name) for one in goods]
    return CartView(*assemble(kept, {one.variant_id: one for one in goods}))


def reckon(view: CartView, to: Place | None = NEAR, ways: dict[int, Way] | None = None) -> Quote:
    return quote(view, FIRST_TABLE, to, ways or {})


def other(**values: Any) -> Purchasable:
    return replace(JAR, **{"variant_id": 2, "product_id": 2, "product_name": "Bưởi cảnh", **values})


def test_one_parcel_per_stall_is_weighed_as_a_whole() -> None:
    view = cart(JAR, other(), other(variant_id=3, producer_id=2))
    assert [part.fee for part in reckon(view).blocks] == [25_000 + 5_000, 25_000]


@pytest.mark.parametrize(
    ("reach", "collect", "to", "ship", "fetch"),
    [
        (Reach.COUNTRY, True, FAR, True, True),
        (Reach.COUNTRY, False, FAR, True, False),
        (Reach.PROVINCE, True, FAR, False, True),
        (Reach.PROVINCE, False, NEAR, True, False),
        (Reach.COMMUNE, False, NEAR, False, False),
        (Reach.COMMUNE, False, HERE, True, False),
        (Reach.COLLECT, False, HERE, False, True),
        (Reach.COUNTRY, True, None, False, True),
    ],
)
def test_the_ways_offered(reach: Reach, collect: bool, to: Place | None, ship: bool, fetch: bool) -> None:
    [part] = reckon(cart(other(reach=reach, collect_ok=collect)), to).blocks
    assert [offer.possible for offer in part.offers] == [ship, fetch]
    assert part.stuck == (not ship and not fetch)
    assert part.way == (Way.SHIP if ship else Way.COLLECT if fetch and to is None else None)


@pytest.mark.parametrize("set_no", [23, 24, 25])
def test_living_things_are_fetched_or_stay_in_their_province(set_no: int) -> None:
    plant = other(set_no=set_no, reach=Reach.COUNTRY, collect_ok=False)
    assert [offer.possible for offer in reckon(cart(plant), NEAR).blocks[0].offers] == [True, True]
    assert [offer.possible for offer in reckon(cart(plant), FAR).blocks[0].offers] == [False, True]


def test_goods_that_cannot_go_together_leave_no_way() -> None:
    view = cart(other(collect_ok=False), other(variant_id=3, reach=Reach.COLLECT))
    assert reckon(view).blocks[0].stuck
    assert not reckon(view).ready


def test_a_chosen_way_that_is_not_possible_is_not_silently_another() -> None:
    [part] = reckon(cart(other(reach=Reach.COLLECT)), NEAR, {1: Way.SHIP}).blocks
    assert part.way is None
    assert not part.stuck


def test_what_the_page_carries_back_names_exactly_what_changed() -> None:
    before = reckon(cart(JAR, other()))
    after = reckon(cart(replace(JAR, price=Dong(90_000)), other(weight_g=5_000)))
    changes = differences(before.seen, after)
    assert [(one.kind, one.name, one.before, one.now) for one in changes] == [
        (ChangeKind.PRICE, "Chè lam", 85_000, 90_000),
        (ChangeKind.FEE, "Cơ sở bà Mơ", 30_000, 50_000),
    ]
    assert differences(before.seen, before) == []


@given(st.text())
def test_nonsense_carried_back_breaks_nothing(text: str) -> None:
    differences(text, reckon(cart(JAR)))


@given(st.integers(1, 50), st.integers(0, 20_000), st.integers(1, 5_000_000), st.booleans())
def test_the_sums_are_exact(quantity: int, grams: int, price: int, fetched: bool) -> None:
    view = cart(replace(JAR, weight_g=grams, price=Dong(price), free=99), quantity=quantity)
    made = reckon(view, NEAR, {1: Way.COLLECT if fetched else Way.SHIP})
    assert made.total == made.goods + made.fee == sum(part.total for part in made.blocks)
    assert made.goods == price * quantity
    assert (made.fee == 0) == fetched


def test_nobody_is_made_to_fetch_goods_without_having_said_so() -> None:
    near = cart(other(reach=Reach.COLLECT, collect_ok=True))
    assert reckon(near, FAR).blocks[0].way is None
    assert reckon(near, None).blocks[0].way is Way.COLLECT

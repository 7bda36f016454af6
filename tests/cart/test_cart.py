"""A cart belongs to a browser."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import update

from marketplace.cart import actions, queries
from marketplace.cart.models import Cart
from marketplace.cart.rules import BadQuantity, LineProblem, NotForSaleHere
from marketplace.catalog.models import Variant
from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotFound
from marketplace.kit.money import Dong
from marketplace.orders.queries import group_by_token
from tests.market import MarketUnderTest
from tests.orders.shop import CHE_LAM, KEO_LAC, MIEN, RUOU, STRANGER, does, fill, order


@db.action
def _set(actor: Actor, **values: object) -> None:
    db.session.connection().execute(update(Variant).where(Variant.id == CHE_LAM).values(**values))


def quantities(market: MarketUnderTest, token: str) -> dict[int, int]:
    with market.unit():
        return {item.variant_id: item.quantity for item in queries.contents(token).items}


def test_lines_are_grouped_by_stall(market: MarketUnderTest) -> None:
    token = fill(market, {CHE_LAM: 2, MIEN: 1, KEO_LAC: 1})
    with market.unit():
        view = queries.contents(token)
    assert [(block.producer_name, [item.name for item in block.items]) for block in view.blocks] == [
        ("Cơ sở bà Mơ", ["Chè lam Đại Đồng", "Kẹo lạc vừng"]),
        ("Hợp tác xã Minh Khai", ["Miến dong Minh Khai"]),
    ]
    assert (view.count, view.goods, view.blocks[0].weight_g) == (4, 2 * 85_000 + 45_000 + 32_000, 1_600)


def test_putting_more_adds_up_to_999(market: MarketUnderTest) -> None:
    token = fill(market, {CHE_LAM: 2})
    does(market, actions.put, STRANGER, token, CHE_LAM, 3)
    assert quantities(market, token) == {CHE_LAM: 5}
    does(market, actions.put, STRANGER, token, CHE_LAM, 999)
    assert quantities(market, token) == {CHE_LAM: 999}


@pytest.mark.parametrize("quantity", [0, -1, 1_000])
def test_other_quantities_are_refused(market: MarketUnderTest, quantity: int) -> None:
    token = fill(market, {CHE_LAM: 2})
    for verb in (actions.put, actions.set_quantity):
        with pytest.raises(BadQuantity):
            does(market, verb, STRANGER, token, CHE_LAM, quantity)


def test_a_removal_is_undone_as_it_was_also_when_pressed_twice(market: MarketUnderTest) -> None:
    token = fill(market, {CHE_LAM: 2, MIEN: 1})
    for _ in range(2):
        does(market, actions.remove, STRANGER, token, CHE_LAM)
    assert quantities(market, token) == {MIEN: 1}
    for _ in range(2):
        does(market, actions.restore, STRANGER, token, CHE_LAM, 2)
    assert quantities(market, token) == {CHE_LAM: 2, MIEN: 1}


def test_a_quantity_is_set(market: MarketUnderTest) -> None:
    token = fill(market, {CHE_LAM: 2})
    does(market, actions.set_quantity, STRANGER, token, CHE_LAM, 7)
    assert quantities(market, token) == {CHE_LAM: 7}
    with pytest.raises(NotFound):
        does(market, actions.set_quantity, STRANGER, token, MIEN, 1)


def test_an_unknown_token_is_an_empty_cart(market: MarketUnderTest) -> None:
    with market.unit():
        assert queries.contents("nothing").empty
        assert queries.contents(None).empty
        assert queries.count("nothing") == 0


def test_what_does_not_exist_is_not_put_aside(market: MarketUnderTest) -> None:
    with pytest.raises(NotForSaleHere):
        does(market, actions.put, STRANGER, None, 999, 1)


def test_a_changed_price_is_shown_until_it_was_seen(market: MarketUnderTest) -> None:
    token = fill(market, {CHE_LAM: 1})
    does(market, _set, STRANGER, price=Dong(90_000))
    with market.unit():
        [item] = queries.contents(token).items
        assert (item.price_before, item.price, item.total) == (85_000, 90_000, 90_000)
    does(market, actions.accept_prices, STRANGER, token)
    with market.unit():
        assert queries.contents(token).items[0].price_before is None


@pytest.mark.parametrize(
    ("values", "problem", "says"),
    [
        ({"on_hand": 1}, LineProblem.SHORT, "Chỉ còn 1 hộp."),
        ({"on_hand": 0}, LineProblem.SOLD_OUT, "Vừa hết hàng."),
        ({"active": False}, LineProblem.GONE, "Không còn bán."),
    ],
)
def test_what_cannot_be_ordered_says_why(
    market: MarketUnderTest, values: dict[str, object], problem: LineProblem, says: str
) -> None:
    token = fill(market, {CHE_LAM: 2})
    does(market, _set, STRANGER, **values)
    with market.unit():
        [item] = queries.contents(token).problems
        assert (item.problem, str(item.says), item.name) == (problem, says, "Chè lam Đại Đồng")


def test_a_cart_with_alcohol_says_so(market: MarketUnderTest) -> None:
    with market.unit():
        assert not queries.contents(None).adult
    token = fill(market, {CHE_LAM: 1, RUOU: 1})
    with market.unit():
        assert queries.contents(token).adult


def test_answers_are_kept_between_the_pages(market: MarketUnderTest) -> None:
    token = fill(market, {CHE_LAM: 1})
    does(market, actions.keep_answers, STRANGER, token, {"name": "Lan"})
    does(market, actions.keep_answers, STRANGER, token, {"street": "Số 5"})
    with market.unit():
        assert queries.answers(token) == {"name": "Lan", "street": "Số 5"}
        assert queries.answers(None) == {}


def test_only_a_hash_of_the_token_is_stored(market: MarketUnderTest) -> None:
    token = fill(market, {CHE_LAM: 1})
    with market.unit():
        [stored] = db.session.query(Cart.digest).all()
        assert token not in stored[0]
        assert len(token) >= 22


def test_a_cart_nobody_touched_for_ninety_days_is_forgotten_and_its_order_stays(market: MarketUnderTest) -> None:
    token, bought = fill(market, {CHE_LAM: 1}), order(market, {MIEN: 1})
    with time_machine.travel(datetime.now(UTC) + timedelta(days=91), tick=False):
        does(market, actions.forget_old, STRANGER)
        with market.unit():
            assert queries.contents(token).empty
            assert db.session.query(Cart).count() == 0
            assert group_by_token(bought.token) is not None

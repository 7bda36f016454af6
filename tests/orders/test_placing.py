"""A cart becomes orders: everything or nothing, and once."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from marketplace.cart import actions as carts
from marketplace.cart import queries as cart_queries
from marketplace.catalog.models import Product, Variant
from marketplace.delivery.rules import Reach
from marketplace.kit import db
from marketplace.kit.actor import Actor, Place
from marketplace.kit.money import Dong
from marketplace.orders import rules
from marketplace.orders.models import Order, OrderGroup, OrderLine
from marketplace.orders.rules import OrderState, StockState, Way
from marketplace.payments import actions
from marketplace.payments.models import PaymentRequest
from marketplace.payments.rules import valid_reference
from marketplace.producers.models import Payee, Producer
from marketplace.producers.rules import ProducerState
from tests.market import MarketUnderTest
from tests.orders import shop
from tests.orders.shop import CHE_LAM, KEO_LAC, MIEN, RUOU, STRANGER


@db.action
def _set(actor: Actor, model: type[db.Base], key: int, **values: object) -> None:
    db.session.connection().execute(update(model).where(model.id == key).values(**values))  # type: ignore[attr-defined]


def change(market: MarketUnderTest, model: type[db.Base], key: int, **values: object) -> None:
    shop.does(market, _set, STRANGER, model, key, **values)  # type: ignore[arg-type]


def count(market: MarketUnderTest, model: type[db.Base]) -> int:
    with market.unit():
        return int(db.session.scalar(select(func.count()).select_from(model)) or 0)


def refused(market: MarketUnderTest, error: type[Exception], answers: rules.Checkout) -> Exception:
    """Placing is refused, and nothing at all is left of it."""
    with pytest.raises(error) as caught, market.unit():
        actions.place(STRANGER, answers)
    assert count(market, OrderGroup) == count(market, Order) == count(market, PaymentRequest) == 0
    assert shop.stock(market, CHE_LAM)[1] == 0
    return caught.value


def test_one_order_and_one_transfer_per_producer_under_one_group(market: MarketUnderTest) -> None:
    bought = shop.order(market, {CHE_LAM: 2, MIEN: 3, KEO_LAC: 1})
    assert len(bought.order_ids) == len(bought.request_ids) == 2
    first, second = (shop.row(market, order_id) for order_id in bought.order_ids)
    assert (first.goods, first.fee, first.total) == (202_000, 25_000 + 5_000, 232_000)  # 1,600 g within Hà Nội
    assert (second.goods, second.fee, second.total) == (135_000, 15_000 + 3_000, 153_000)  # 1,800 g in the same commune
    assert first.state is OrderState.PLACED
    assert first.stock_state is StockState.HELD


def test_stock_is_held_not_taken(market: MarketUnderTest) -> None:
    shop.order(market, {CHE_LAM: 2})
    assert shop.stock(market, CHE_LAM) == (24, 2)


def test_the_request_freezes_account_sum_and_reference(market: MarketUnderTest) -> None:
    bought = shop.order(market, {CHE_LAM: 1})
    change(market, Payee, 1, account_no="999", holder="SOMEBODY ELSE")
    [block] = shop.page(market, bought.token).payees
    assert (block.account_no, block.holder, block.due) == ("1500206008801", "NGUYEN THI MO", 110_000)
    assert valid_reference(block.reference)


def test_the_lines_keep_words_price_and_stars_of_the_day(market: MarketUnderTest) -> None:
    bought = shop.order(market, {CHE_LAM: 1})
    change(market, Variant, CHE_LAM, price=Dong(1_000))
    with market.unit():
        line = db.session.scalars(select(OrderLine)).one()
        assert (line.name, line.price, line.stars, line.certificate_no) == (
            "Chè lam Đại Đồng",
            85_000,
            4,
            "1234/QĐ-UBND",
        )
    assert shop.page(market, bought.token).total == 110_000


def test_a_second_press_a_reload_and_another_tab_make_one_order(market: MarketUnderTest) -> None:
    answers = shop.checkout(market, shop.fill(market, {CHE_LAM: 2}))
    tokens = {shop.does(market, lambda _actor: actions.place(STRANGER, answers), STRANGER) for _ in range(3)}
    assert len(tokens) == 1
    assert count(market, OrderGroup) == 1
    assert shop.stock(market, CHE_LAM) == (24, 2)


def test_an_ordered_cart_is_closed_and_the_next_thing_goes_into_a_new_one(market: MarketUnderTest) -> None:
    token = shop.fill(market, {CHE_LAM: 1})
    answers = shop.checkout(market, token)
    with market.unit():
        carts.keep_answers(STRANGER, token, {"name": "Lan"})
    with market.unit():
        ordered = actions.place(STRANGER, answers)
    with market.unit():
        view = cart_queries.contents(token)
        assert (view.empty, view.ordered_token, cart_queries.count(token)) == (True, ordered, 0)
        assert cart_queries.answers(token) == {}
    with market.unit():
        assert carts.put(STRANGER, token, MIEN, 1) != token


def test_the_last_jar_is_sold_once_and_the_other_buyer_is_told_which(market: MarketUnderTest) -> None:
    lan, minh = (shop.checkout(market, shop.fill(market, {KEO_LAC: 2, CHE_LAM: 1})) for _ in range(2))
    with market.unit():
        actions.place(STRANGER, lan)
    with pytest.raises(rules.OutOfStock) as caught, market.unit():
        actions.place(STRANGER, minh)
    [change_] = caught.value.changes
    assert (change_.name, change_.before, change_.now) == ("Kẹo lạc vừng", 2, 1)
    assert shop.stock(market, KEO_LAC) == (3, 2)
    assert shop.stock(market, CHE_LAM) == (24, 1)


def test_a_changed_price_is_named_and_nothing_is_ordered(market: MarketUnderTest) -> None:
    answers = shop.checkout(market, shop.fill(market, {CHE_LAM: 1, MIEN: 1}))
    change(market, Variant, CHE_LAM, price=Dong(90_000))
    error = refused(market, rules.TotalChanged, answers)
    assert isinstance(error, rules.TotalChanged)
    [one] = error.changes
    assert (one.kind, one.name, one.before, one.now) == (rules.ChangeKind.PRICE, "Chè lam Đại Đồng", 85_000, 90_000)
    assert error.status == 409


def test_a_changed_fee_is_named_by_its_stall(market: MarketUnderTest) -> None:
    answers = shop.checkout(market, shop.fill(market, {CHE_LAM: 1}))
    change(market, Variant, CHE_LAM, shipping_weight_g=5_000)
    error = refused(market, rules.TotalChanged, answers)
    assert isinstance(error, rules.TotalChanged)
    assert [(one.kind, one.name, one.now) for one in error.changes] == [(rules.ChangeKind.FEE, "Cơ sở bà Mơ", 45_000)]


def test_a_product_that_went_off_sale_is_named(market: MarketUnderTest) -> None:
    answers = shop.checkout(market, shop.fill(market, {CHE_LAM: 1}))
    change(market, Producer, 1, state=ProducerState.PAUSED)
    error = refused(market, rules.CartChanged, answers)
    assert isinstance(error, rules.CartChanged)
    assert [one.name for one in error.changes] == ["Chè lam Đại Đồng"]


def test_consent_is_asked_for_in_its_present_version(market: MarketUnderTest) -> None:
    answers = shop.checkout(market, shop.fill(market, {CHE_LAM: 1}))
    for version in ("", "2019-01"):
        refused(market, rules.ConsentNeeded, replace(answers, consent_version=version))
    bought = shop.order(market, {CHE_LAM: 1})
    with market.unit():
        group = db.session.get_one(OrderGroup, bought.group_id)
        assert group.consent_version == answers.consent_version
        assert group.consent_at == group.placed_at
        assert group.adult_at is None


def test_alcohol_needs_the_answer_of_an_adult_and_it_is_stored(market: MarketUnderTest) -> None:
    answers = shop.checkout(market, shop.fill(market, {RUOU: 1}))
    refused(market, rules.AdultAnswerNeeded, replace(answers, adult=False))
    bought = shop.order(market, {RUOU: 1})
    with market.unit():
        assert db.session.get_one(OrderGroup, bought.group_id).adult_at is not None


def test_a_parcel_needs_a_street_and_a_fetched_order_needs_no_address(market: MarketUnderTest) -> None:
    answers = shop.checkout(market, shop.fill(market, {CHE_LAM: 1}))
    refused(market, rules.AddressNeeded, replace(answers, street="  "))
    bought = shop.order(market, {CHE_LAM: 1}, to=None, street="", ways={1: Way.COLLECT})
    fetched = shop.row(market, bought.order)
    assert (fetched.way, fetched.fee, fetched.total) == (Way.COLLECT, 0, 85_000)


def test_the_way_is_chosen_stall_by_stall(market: MarketUnderTest) -> None:
    bought = shop.order(market, {CHE_LAM: 1, MIEN: 1}, ways={1: Way.COLLECT, 2: Way.SHIP})
    ways = [shop.row(market, order_id).way for order_id in bought.order_ids]
    assert ways == [Way.COLLECT, Way.SHIP]


def test_a_product_is_not_sent_beyond_its_reach(market: MarketUnderTest) -> None:
    change(market, Product, 1, reach=Reach.PROVINCE, collect_ok=False)
    token = shop.fill(market, {CHE_LAM: 1})
    far = shop.checkout(market, token, to=Place("15", "02647"))
    refused(market, rules.WayNeeded, far)
    refused(market, rules.WayNeeded, replace(far, ways={1: Way.COLLECT}))


def test_flowers_plants_and_animals_stay_in_their_province_whatever_their_reach(market: MarketUnderTest) -> None:
    change(market, Product, 1, set_no=24, reach=Reach.COUNTRY, collect_ok=False)
    token = shop.fill(market, {CHE_LAM: 1})
    far = shop.checkout(market, token, to=Place("15", "02647"))
    assert far.expected_total == 85_000  # fetched at the stall: the only way left
    refused(market, rules.WayNeeded, replace(far, ways={1: Way.SHIP}))
    assert shop.checkout(market, token).expected_total == 110_000


def test_a_visit_has_no_cart_button(market: MarketUnderTest) -> None:
    change(market, Product, 1, set_no=26)
    with pytest.raises(carts.NotForSaleHere), market.unit():
        carts.put(STRANGER, None, CHE_LAM, 1)


def test_a_stall_without_an_approved_account_takes_no_orders(market: MarketUnderTest) -> None:
    answers = shop.checkout(market, shop.fill(market, {CHE_LAM: 1}))
    change(market, Payee, 1, approved_at=None)
    refused(market, rules.NobodyToPay, answers)


def test_no_transfer_of_half_a_billion(market: MarketUnderTest) -> None:
    change(market, Variant, CHE_LAM, price=Dong(30_000_000))
    answers = shop.checkout(market, shop.fill(market, {CHE_LAM: 20}))
    refused(market, rules.TooMuchForOneTransfer, answers)


def test_an_empty_cart_orders_nothing(market: MarketUnderTest) -> None:
    token = shop.fill(market, {CHE_LAM: 1})
    answers = shop.checkout(market, token)
    with market.unit():
        carts.remove(STRANGER, token, CHE_LAM)
    refused(market, rules.EmptyCart, answers)
    refused(market, rules.EmptyCart, replace(answers, cart_token="no such cart"))

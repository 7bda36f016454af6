"""What is on sale, and what each public page reads."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from marketplace.catalog.models import Product, Variant
from marketplace.catalog.rules import ProductState
from marketplace.catalog.rules.states import PhotoState
from marketplace.kit import clock, db
from marketplace.producers.models import Producer
from marketplace.producers.rules import ProducerState
from marketplace.shelf import queries as shelf
from marketplace.shelf.rules import Gone, Moved, ProductPage, Stock
from tests.shelf import goods
from tests.shelf.goods import CHE_LAM, KEO_LAC, MIEN, RUOU, change, product

NOT_ON_SALE = [state for state in ProductState if state not in (ProductState.ON_SALE, ProductState.APPLIED)]
NOT_OPEN = [state for state in ProducerState if state is not ProducerState.ACTIVE]


def ids(market, **options):
    with market.unit():
        return [card.id for card in shelf.cards([CHE_LAM, KEO_LAC, MIEN, RUOU], **options)]


@pytest.mark.parametrize("state", NOT_ON_SALE)
def test_only_a_product_on_sale_is_shown(market, state):
    product(market, CHE_LAM, state=state)
    assert ids(market) == [KEO_LAC, MIEN, RUOU]
    with market.unit():
        assert shelf.purchasable([CHE_LAM]) == {}
        assert CHE_LAM not in shelf.indexable_ids()
        assert shelf.index_documents([CHE_LAM]) == []
        assert all("che-lam" not in path for path, _changed in shelf.sitemap())


@pytest.mark.parametrize("state", NOT_OPEN)
def test_a_stall_that_is_not_open_shows_nothing(market, state):
    change(market, Producer, 1, state=state)
    assert ids(market) == [MIEN, RUOU]
    with market.unit():
        assert shelf.stall_page("co-so-ba-mo-mo1") is None
        assert set(shelf.purchasable([1, 2, 3])) == {3}


def test_cards_come_in_the_order_asked_for_and_in_one_statement(market):
    with market.unit(), goods.statements(market) as seen:
        found = shelf.cards([MIEN, 999, CHE_LAM])
    assert [card.id for card in found] == [MIEN, CHE_LAM]
    assert len(seen) == 1


def test_a_card_is_ready_to_print(market):
    goods.photo(market, CHE_LAM)
    with market.unit():
        card = shelf.cards([CHE_LAM])[0]
    assert (card.url, card.price_text, card.unit) == ("/san-pham/che-lam-dai-dong-h1", "85.000\u00a0₫", "hộp")
    assert (card.stars, card.place, card.stock, card.left) == (4, "Xã Thạch Thất, Hà Nội", Stock.PLENTY, 24)
    assert card.picture is not None
    assert card.picture.illustration


def test_a_photo_that_is_not_ready_is_not_shown(market):
    goods.photo(market, CHE_LAM, 0, PhotoState.WAITING)
    goods.photo(market, CHE_LAM, 1, PhotoState.REFUSED)
    with market.unit():
        assert shelf.cards([CHE_LAM])[0].picture is None


def test_the_price_is_that_of_the_cheapest_variant_that_can_be_had(market):
    goods.variant(market, CHE_LAM, price=55_000, on_hand=0)
    goods.variant(market, CHE_LAM, price=70_000, on_hand=2)
    goods.variant(market, CHE_LAM, price=60_000, on_hand=2, active=False)
    with market.unit():
        card, page = shelf.cards([CHE_LAM])[0], shelf.product_page("che-lam-dai-dong-h1")
        document = shelf.index_documents([CHE_LAM])[0]
    assert isinstance(page, ProductPage)
    assert page.chosen is not None
    assert card.price == page.chosen.price == document.price == 70_000
    assert card.several_prices


def test_held_units_count_as_gone(market):
    change(market, Variant, 2, held=3)
    with market.unit():
        assert shelf.cards([KEO_LAC])[0].stock is Stock.NONE
        assert shelf.purchasable([2])[2].free == 0


def test_without_the_age_answer_alcohol_has_neither_price_nor_picture(market):
    goods.photo(market, RUOU)
    with market.unit():
        masked, shown = shelf.cards([RUOU])[0], shelf.cards([RUOU], adult_ok=True)[0]
    assert (masked.price, masked.picture, masked.name) == (None, None, "Rượu nếp Minh Khai")
    assert shown.price == 120_000
    assert shown.picture is not None


def test_alcohol_is_neither_on_the_home_page_nor_in_the_sitemap(market):
    product(market, RUOU, sold=1000)
    with market.unit():
        assert RUOU not in [card.id for card in shelf.season(clock.today())]
        assert all("ruou" not in path for path, _changed in shelf.sitemap())


def test_tourism_has_no_price_and_no_way_into_the_cart(market):
    product(market, MIEN, set_no=26)
    with market.unit():
        card, page = shelf.cards([MIEN])[0], shelf.product_page("mien-dong-minh-khai-h3")
        assert shelf.purchasable([3]) == {}
    assert isinstance(page, ProductPage)
    assert (card.price, card.contact_only, page.options, page.buyable) == (None, True, (), False)


def test_an_old_address_leads_to_the_present_one(market):
    with market.unit():
        assert shelf.product_page("ten-cu-h1") == Moved("che-lam-dai-dong-h1")
        assert shelf.stall_page("ten-cu-mo1") == Moved("co-so-ba-mo-mo1")
        assert shelf.product_page("khong-co-zz9") is None


def test_what_is_paused_leaves_the_way_to_its_stall(market):
    product(market, CHE_LAM, state=ProductState.PAUSED)
    with market.unit():
        gone = shelf.product_page("che-lam-dai-dong-h1")
    assert gone == Gone("Chè lam Đại Đồng", "Cơ sở bà Mơ", "/gian-hang/co-so-ba-mo-mo1")


def test_a_product_never_approved_was_never_here(market):
    product(market, CHE_LAM, state=ProductState.DRAFT, approved_at=None)
    with market.unit():
        assert shelf.product_page("che-lam-dai-dong-h1") is None


def test_what_can_be_bought_carries_what_an_order_freezes(market):
    with market.unit():
        one = shelf.purchasable([1])[1]
    assert (one.price, one.free, one.weight_g, one.stars, one.certificate_no) == (85_000, 24, 600, 4, "1234/QĐ-UBND")
    assert (one.producer_id, one.origin.commune_code, one.adult) == (1, "09955", False)


def test_a_document_knows_the_days_of_its_grade(market):
    with market.unit():
        document = shelf.index_documents([CHE_LAM])[0]
    assert (document.stars, document.stars_from.isoformat(), document.stars_until.isoformat()) == (
        4,
        "2025-06-15",
        "2028-06-15",
    )
    assert document.stars_on(document.stars_until) == 4
    assert document.stars_on(document.stars_until + timedelta(days=1)) is None
    assert "Đại Đồng" in document.place_words


def test_documents_are_exactly_what_is_on_sale(market):
    goods.many(market, 20)
    with market.unit():
        known, after = [], 0
        while found := shelf.indexable_ids(after, limit=7):
            known, after = known + found, found[-1]
        assert len(known) == db.session.scalar(select(func.count()).select_from(Product)) == 24
        assert [document.id for document in shelf.index_documents(known)] == known

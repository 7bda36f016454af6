"""Filters, facets, orders, pages and suggestions, checked against plain counting over the documents."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.kit.money import Dong
from marketplace.search.rules import PRICE_BANDS, Query, Sort
from marketplace.search.rules.query import band_of
from tests.search.goods import TODAY, Shelf, product, real_goods


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    return Shelf(tmp_path_factory.mktemp("lists") / "index", real_goods())


VALUES = {
    "klass": lambda one: str(one.klass),
    "stars": lambda one: str(one.stars_on(TODAY) or ""),
    "set": lambda one: str(one.set_no),
    "province": lambda one: one.province_code,
    "price": lambda one: band_of(one.price),
    "stock": lambda one: "" if one.stock_word == "none" else "in",
}
FILTERS = {
    "klass": ("klass", str),
    "stars": ("stars", int),
    "set": ("set_no", int),
    "province": ("province", str),
    "price": ("price", str),
    "stock": ("in_stock", bool),
}
CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "klass": st.sampled_from(["farm", "craft"]),
        "stars": st.sampled_from(["3", "4", "5"]),
        "set": st.sampled_from(["4", "6", "10", "21"]),
        "province": st.sampled_from(["01", "15", "38", "96"]),
        "price": st.sampled_from([band.key for band in PRICE_BANDS]),
        "stock": st.just("in"),
    },
)


def _passes(one, chosen, *, but=""):
    return all(VALUES[name](one) == value for name, value in chosen.items() if name != but)


@settings(deadline=None, max_examples=60)
@given(chosen=CHOICES, text=st.sampled_from(["", "mật ong", "nước mắm", "xã", "lang"]))
def test_every_combination_of_filters_is_counted_right(shelf, chosen, text):
    filters = {FILTERS[name][0]: FILTERS[name][1](value) for name, value in chosen.items()}
    found = shelf.find(text, **filters)
    base = [shelf.by_id[key] for key in shelf.find(text).ids]
    assert set(found.ids) == {one.id for one in base if _passes(one, chosen)}
    assert found.total == len(found.ids)
    for facet, value_of in VALUES.items():
        expected = Counter(value_of(one) for one in base if _passes(one, chosen, but=facet))
        expected.pop("", None)
        counted = {count.value: count.count for count in found.facets[facet] if count.count}
        assert counted == dict(expected)
        assert [count.value for count in found.facets[facet] if count.selected] == [
            value for name, value in chosen.items() if name == facet
        ]


@pytest.mark.parametrize("text", ["", "mật ong", "mat"])
@pytest.mark.parametrize(
    ("sort", "key"),
    [
        (Sort.NEWEST, lambda one: -one.created_at.timestamp()),
        (Sort.PRICE_UP, lambda one: one.price if one.price is not None else 10**12),
        (Sort.PRICE_DOWN, lambda one: -one.price if one.price is not None else 10**12),
        (Sort.SOLD, lambda one: -one.sold),
    ],
)
def test_orders(shelf, text, sort, key):
    keys = [(one.stock_word == "none", key(one)) for one in map(shelf.by_id.get, shelf.find(text, sort=sort).ids)]
    assert len(keys) > 1
    assert keys == sorted(keys)


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("text", ["", "mật ong"])
def test_what_is_sold_out_comes_last(shelf, sort, text):
    out = [shelf.by_id[key].stock_word == "none" for key in shelf.find(text, sort=sort).ids]
    assert out == sorted(out)


@pytest.mark.parametrize("text", ["", "xã", "mật"])
def test_pages_follow_on_without_gap_or_repeat(shelf, text):
    whole = shelf.find(text).ids
    pages = [shelf.reader.find(Query(text, page=number, per_page=7), TODAY).ids for number in range(1, 60)]
    assert sum(pages, ()) == whole
    assert shelf.reader.find(Query(text, page=9_999, per_page=7), TODAY).total == len(whole)


def test_browse_pages_of_a_group_a_commune_and_a_village(tmp_path):
    goods = (
        product(1, "Miến", set_no=5),
        product(2, "Bánh", set_no=6, commune_code="09955"),
        product(3, "Lụa", set_no=22, village_id=7),
    )
    shelf = Shelf(tmp_path / "index", goods)
    assert set(shelf.find(group="mi-mien-banh").ids) == {1, 2}
    assert shelf.find(commune="09955").ids == (2,)
    assert shelf.find(village=7).ids == (3,)


def test_a_grade_counts_on_its_days_only(tmp_path):
    graded = product(1, "Trà", stars=4, stars_from=date(2026, 1, 10), stars_until=date(2026, 12, 31))
    shelf = Shelf(tmp_path / "index", (graded, product(2, "Trà")))
    days = {date(2026, 1, 9): 0, date(2026, 1, 10): 1, date(2026, 12, 31): 1, date(2027, 1, 1): 0}
    assert {day: shelf.find(stars=4, today=day).total for day in days} == days
    assert shelf.find("trà", today=date(2026, 6, 1)).ids == (1, 2)
    assert [count.value for count in shelf.find(today=date(2027, 1, 1)).facets["stars"]] == []


def test_best_sellers_do_not_win_every_search(tmp_path):
    goods = (product(1, "Kẹo dừa", producer="Miến Dong Việt", sold=100_000), product(2, "Miến dong"))
    assert Shelf(tmp_path / "index", goods).find("miến dong").ids == (2, 1)


def test_the_noun_at_the_head_of_the_name_weighs_most(tmp_path):
    goods = (product(1, "Bánh cốm vị trà sen xanh"), product(2, "Trà sen"))
    assert Shelf(tmp_path / "index", goods).find("trà").ids == (2, 1)


def test_talk_in_the_description_does_not_beat_the_name(tmp_path):
    goods = (product(1, "Bánh nhân dứa", description="Dứa, dứa và dứa", stars=5), product(2, "Dứa Đồng Giao"))
    assert Shelf(tmp_path / "index", goods).find("dứa").ids == (2, 1)


def test_alcohol_can_be_left_out(shelf):
    drinks = {one.id for one in real_goods() if one.adult}
    assert drinks
    assert drinks.isdisjoint(shelf.find("rượu", exclude_adult=True).ids)
    assert drinks & set(shelf.find("rượu").ids)


@pytest.mark.parametrize("typed", ["che", "chè", "Chè l", "đại đ", "lam dai"])
def test_suggestions_are_names_that_begin_as_typed(shelf, typed):
    labels = [hint.label for hint in shelf.reader.suggest(typed, 20, exclude_adult=True)]
    assert "Chè lam Đại Đồng" in labels
    assert len(labels) == len(set(labels))


def test_suggestions_prefer_the_diacritics_typed(tmp_path):
    goods = (product(1, "Dừa sáp", sold=400), product(2, "Dứa mật"))
    shelf = Shelf(tmp_path / "index", goods)
    assert next(hint.label for hint in shelf.reader.suggest("dứa", 5, exclude_adult=True)) == "Dứa mật"


def test_suggestions_leave_alcohol_out(shelf):
    hints = shelf.reader.suggest("rượu", 50, exclude_adult=True)
    assert not any(shelf.by_id[hint.product_id].adult for hint in hints)


def test_a_product_without_a_price_is_in_no_price_band(tmp_path):
    goods = (
        product(1, "Tour làng", set_no=26, price=None, contact_only=True),
        product(2, "Tour chợ", price=Dong(50_000)),
    )
    found = Shelf(tmp_path / "index", goods).find("tour")
    assert [(count.value, count.count) for count in found.facets["price"]] == [("50000-100000", 1)]

"""Values and small decisions of the public pages."""

from dataclasses import replace
from datetime import date

import pytest

from marketplace.certificates.queries import Dated
from marketplace.delivery.rules import FIRST_TABLE
from marketplace.kit.actor import Place
from marketplace.kit.money import Dong
from marketplace.law.rules import SETS
from marketplace.shelf.queries.index import grades_of
from marketplace.shelf.rules import (
    GROUPS,
    HOME_GROUPS,
    Card,
    Picture,
    Stock,
    cheapest_fee,
    first_sentence,
    group_by_slug,
    group_of,
    key_of,
    spread,
    stock_of,
    words_of,
)

CARD = Card(
    id=1, url="/san-pham/a-1", name="Chè lam", price=Dong(85_000), price_text="85.000 ₫", several_prices=True, unit="hộp",
    stars=4, set_no=6, klass="craft", place="Xã Thạch Thất, Hà Nội", village="", producer="Mơ", producer_url="/gian-hang/mo",
    picture=Picture({"320": "a.webp"}, 320, 320, "", illustration=False), stock=Stock.PLENTY, left=9, adult=False,
    contact_only=False,
)  # fmt: skip


def test_every_official_set_is_in_exactly_one_group():
    assert sorted(number for group in GROUPS for number in group.sets) == sorted(SETS)
    assert all(number in group_of(number).sets for number in SETS)


def test_eight_groups_stand_on_the_home_page_and_each_has_its_own_address():
    assert len(HOME_GROUPS) == 8
    assert len({group.slug for group in GROUPS}) == len(GROUPS)
    assert group_by_slug("mi-mien-banh") is GROUPS[0]
    assert group_by_slug("khong-co") is None


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_words_and_none_of_them_is_alcohol(month):
    assert len(words_of(month)) >= 3
    assert not any("rượu" in word for word in words_of(month))


@pytest.mark.parametrize(
    ("free", "word"), [(-1, Stock.NONE), (0, Stock.NONE), (1, Stock.FEW), (5, Stock.FEW), (6, Stock.PLENTY)]
)
def test_stock_is_said_in_three_words(free, word):
    assert stock_of(free) is word


def test_a_picture_is_given_in_the_smallest_width_that_suffices():
    picture = Picture({"320": "a.webp", "720": "b.webp"}, 720, 720, "", illustration=True)
    assert [picture.url(width) for width in (100, 320, 321, 2000)] == [
        "/anh/a.webp",
        "/anh/a.webp",
        "/anh/b.webp",
        "/anh/b.webp",
    ]
    assert picture.srcset == "/anh/a.webp 320w, /anh/b.webp 720w"
    assert picture.small_srcset == "/anh/a.webp 320w"


def test_before_the_age_answer_a_card_has_neither_price_nor_picture():
    hidden = replace(CARD, adult=True).until_age_answer()
    assert (hidden.price, hidden.price_text, hidden.picture, hidden.several_prices, hidden.hidden) == (
        None,
        "",
        None,
        False,
        True,
    )
    assert (hidden.name, hidden.place) == (CARD.name, CARD.place)


def test_no_stall_and_no_kind_comes_twice_before_the_others_came_once():
    goods = [(1, 7, "Gạo a"), (2, 8, "Gạo b"), (3, 7, "Miến"), (4, 9, "Trà"), (5, 6, "Mật")]
    assert spread(goods, 4) == [1, 4, 5, 2]


def test_a_quotation_is_one_sentence_and_never_endless():
    assert first_sentence("Mắm ngon nhờ nắng. Năm nào nắng đủ thì biết.") == "Mắm ngon nhờ nắng."
    long = first_sentence("chữ " * 100)
    assert len(long) <= 161
    assert long.endswith("chữ…")


def test_the_key_of_an_address_is_behind_its_last_hyphen():
    assert key_of("che-lam-dai-dong-2f9") == "2f9"
    assert [key_of(odd) for odd in ("", "che-lam-", "che-\x00", "che-a b", "chè-lạm")] == [""] * 5


def test_delivery_from_means_the_nearest_buyer():
    assert cheapest_fee(FIRST_TABLE, 600, Place("01", "09955")) == 15_000
    assert cheapest_fee(FIRST_TABLE, 1_600, Place("01", "09955")) == 18_000
    assert cheapest_fee(FIRST_TABLE, 600, Place("01")) == 25_000


def test_of_several_recognitions_the_one_that_holds_today_is_indexed():
    today = date(2026, 11, 24)
    old, now = Dated(1, 3, date(2023, 1, 1), date(2026, 1, 1)), Dated(1, 4, date(2025, 1, 1), date(2028, 1, 1))
    later = Dated(1, 5, date(2027, 1, 1), date(2030, 1, 1))
    assert grades_of([old, now, later], today) == {1: now}
    assert grades_of([old, later], today) == {1: later}
    assert grades_of([old], today) == {1: old}

"""What is found: real names, accents, places, repairs. One index of the 240 real products serves all."""

import unicodedata

import pytest

from marketplace.kit.text import plain
from tests.search.goods import Shelf, product, real_goods


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    return Shelf(tmp_path_factory.mktemp("finding") / "index", real_goods())


@pytest.fixture
def fruit(tmp_path):
    goods = (
        product(1, "Dừa sáp Cầu Kè", sold=900, stars=5),
        product(2, "Dứa Đồng Giao"),
        product(3, "Kẹo dừa Bến Tre", description="Thơm như dứa chín"),
        product(4, "Mứt dứa Lai Châu", stock_word="few"),
        product(5, "Gạo ST25", set_no=3),
        product(6, "Bánh lá", village="Làng Mỹ Nghệ", place_words="Xã Thạch Thất, Xã Đại Đồng, Huyện Thạch Thất"),
        product(7, "Nước mắm", producer="Hợp tác xã Hòa Bình"),
    )
    return Shelf(tmp_path / "index", goods)


@pytest.mark.parametrize(
    "typed", ["che lam", "chè lam", "CHÈ LAM", "Chè Lam", "  chè   lam ", '"chè lam"', "chefs"[:3] + " lam"]
)
def test_che_lam_is_found_however_it_is_typed(shelf, typed):
    assert shelf.names(typed)[0] == "Chè lam Đại Đồng"


@pytest.mark.parametrize("name", ["Chè lam Đại Đồng", "Phở khô Minh Khai", "Mật ong rừng U Minh Hạ"])
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_every_unicode_form_finds_the_same(shelf, name, form):
    assert shelf.names(unicodedata.normalize(form, name))[0] == name


def test_every_product_is_found_by_its_own_name_with_and_without_diacritics(shelf):
    for document in real_goods():
        assert document.id in shelf.find(document.name).ids, document.name
        assert document.id in shelf.find(plain(document.name)).ids, document.name
        assert document.id in shelf.find(document.name.upper()).ids, document.name


def test_a_name_typed_whole_comes_first_unless_it_is_sold_out(shelf):
    there = [one for one in real_goods() if one.stock_word != "none"]
    missed = [one.name for one in there if shelf.names(one.name)[0] != one.name]
    assert missed == []


def test_exact_diacritics_leave_other_words_out(fruit):
    assert fruit.names("dứa") == ["Dứa Đồng Giao", "Mứt dứa Lai Châu"]
    assert not fruit.find("dứa").understood.folded


def test_without_diacritics_both_are_found(fruit):
    assert set(fruit.names("dua")) == {"Dừa sáp Cầu Kè", "Dứa Đồng Giao", "Kẹo dừa Bến Tre", "Mứt dứa Lai Châu"}


def test_diacritics_that_nothing_has_fall_back_and_say_so(fruit):
    found = fruit.find("dũa")
    assert found.total == 4
    assert found.understood.folded


def test_descriptions_rank_but_do_not_match(tmp_path):
    goods = (
        product(1, "Kẹo lạc", description="giòn tan"),
        product(2, "Kẹo lạc", description="thơm bùi"),
        product(3, "Bánh", description="kẹo lạc"),
    )
    shelf = Shelf(tmp_path / "index", goods)
    assert shelf.find("giòn").total == 0
    assert set(shelf.find("kẹo lạc").ids) == {1, 2}


def test_a_word_said_in_the_description_too_lifts_a_product(tmp_path):
    goods = (product(2, "Miến Cự Đà"), product(1, "Miến Làng So", description="miến dong"))
    assert Shelf(tmp_path / "index", goods).find("miến").ids == (1, 2)


@pytest.mark.parametrize("place", ["Thạch Thất", "thach that", "Đại Đồng", "huyện thạch thất", "xã Đại Đồng"])
def test_old_and_new_places_are_found(fruit, place):
    assert "Bánh lá" in fruit.names(place)


def test_villages_and_makers_are_found(fruit):
    assert fruit.names("làng mỹ nghệ") == ["Bánh lá"]
    assert fruit.names("hoà bình") == ["Nước mắm"]


def test_name_and_place_together(shelf):
    assert shelf.names("che lam thach that") == ["Chè lam Đại Đồng"]


@pytest.mark.parametrize("typed", ["gạo st25", "gao ST 25", "st25"])
def test_letters_and_numbers_are_found_together_and_apart(fruit, typed):
    assert fruit.names(typed) == ["Gạo ST25"]


@pytest.mark.parametrize(
    ("typed", "meant", "first"),
    [
        ("chef lam", "chè lam", "Chè lam Đại Đồng"),
        ("che2 lam", "chè lam", "Chè lam Đại Đồng"),
        ("mieens dong", "miến dong", "Miến dong"),
        ("mat ongg", "mật ong", "Mật ong"),
        ("saauf riêng", "sầu riêng", "Sầu riêng"),
        ("nuowcs mawms", "nước mắm", "Nước mắm"),
        ("phở khoo minh", "phở khô minh", "Phở khô Minh Khai"),
    ],
)
def test_what_nothing_has_is_repaired_and_said(shelf, typed, meant, first):
    found = shelf.find(typed)
    assert found.understood.did_you_mean == meant
    assert shelf.names(typed)[0].lower().startswith(first.lower())


def test_the_repair_is_spelt_as_sellers_spell_it(tmp_path):
    shelf = Shelf(tmp_path / "index", (product(1, "Đồ mỹ nghệ Đồng Kỵ"),))
    assert shelf.find("myx nghej").understood.did_you_mean == "mỹ nghệ"


def test_words_that_no_product_has_together_bring_those_with_most_of_them(fruit):
    found = fruit.find("kẹo dừa cầu kè")
    assert found.understood.relaxed
    assert fruit.names("kẹo dừa cầu kè")[0] == "Dừa sáp Cầu Kè"


@pytest.mark.parametrize("typed", ["qwrtp zxcvb", "zzzzzz", "qwrtp dừa"])
def test_nonsense_finds_nothing(fruit, typed):
    found = fruit.find(typed)
    assert (found.total, found.understood.did_you_mean) == (0, "")


def test_a_filter_that_empties_the_result_is_not_repaired(fruit):
    found = fruit.find("dứa", province="99")
    assert (found.total, found.understood.did_you_mean, found.understood.folded) == (0, "", False)


def test_a_phrase_must_stand_together(tmp_path):
    shelf = Shelf(tmp_path / "index", (product(1, "Chè lam"), product(2, "Chè ngon Lam Sơn")))
    assert shelf.find("che lam").ids == (1, 2)
    assert shelf.find('"che lam"').ids == (1,)
    assert shelf.find("“chè lam”").ids == (1,)


def test_punctuation_alone_finds_nothing_and_nothing_typed_is_a_browse_page(shelf):
    assert shelf.find("*** ??? ---").total == 0
    assert shelf.find("  ").total == len(real_goods())

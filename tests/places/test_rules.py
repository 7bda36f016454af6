"""How places are written, and how a typed one is read."""

import pytest

from marketplace.places.rules import Commune, Province, bare, full_line, name_key, place_line, village_title

HANOI = Province("01", "Thành phố Hà Nội", "Hà Nội")
HONG_VAN = Commune("10210", "Xã Hồng Vân", "01")


def test_the_line_names_village_old_commune_commune_and_province() -> None:
    line = full_line(HONG_VAN, HANOI, "Hạ Thái", "Xã Duyên Thái")
    assert line == "Làng Hạ Thái (xã Duyên Thái cũ), xã Hồng Vân, Hà Nội"


@pytest.mark.parametrize("old", ["xã Duyên Thái", "Xã Duyên Thái cũ", "xã Duyên Thái (cũ)", " Xã  Duyên Thái "])
def test_an_old_name_is_called_old_once(old: str) -> None:
    assert full_line(HONG_VAN, HANOI, "Hạ Thái", old) == "Làng Hạ Thái (xã Duyên Thái cũ), xã Hồng Vân, Hà Nội"


@pytest.mark.parametrize(
    ("village", "title"),
    [
        ("Hạ Thái", "Làng Hạ Thái"),
        ("Làng So", "Làng So"),
        ("làng Chuông", "Làng Chuông"),
        ("Thôn 6", "Thôn 6"),
        ("Bản Lác", "Bản Lác"),
        ("Bần", "Làng Bần"),
        ("Sóc Bom Bo", "Sóc Bom Bo"),
        ("Bon Đắk Huýt", "Bon Đắk Huýt"),
        ("", ""),
    ],
)
def test_a_village_is_called_a_village_once(village: str, title: str) -> None:
    assert village_title(village) == title


def test_without_village_the_old_name_stands_behind_the_new_one() -> None:
    assert full_line(HONG_VAN, HANOI, "", "xã Duyên Thái") == "Xã Hồng Vân (xã Duyên Thái cũ), Hà Nội"
    assert full_line(None, HANOI, "", "xã Duyên Thái") == "Xã Duyên Thái cũ, Hà Nội"
    assert full_line(None, HANOI) == "Hà Nội"
    assert full_line(HONG_VAN, HANOI) == "Xã Hồng Vân, Hà Nội"


def test_an_old_name_that_is_todays_name_is_not_repeated() -> None:
    assert full_line(HONG_VAN, HANOI, "Xâm Xuyên", "xã Hồng Vân") == "Làng Xâm Xuyên, xã Hồng Vân, Hà Nội"


def test_an_unknown_commune_leaves_village_and_province() -> None:
    assert full_line(None, HANOI, "Chàng Sơn", "xã Chàng Sơn") == "Làng Chàng Sơn (xã Chàng Sơn cũ), Hà Nội"


def test_type_words_are_small_inside_a_line() -> None:
    assert place_line(HONG_VAN, HANOI) == "xã Hồng Vân, Hà Nội"
    assert place_line(None, HANOI) == "Hà Nội"


def test_a_name_is_bare_without_its_type() -> None:
    assert bare("Thị trấn Phùng") == "Phùng"
    assert bare("Quan Sơn") == "Quan Sơn"
    assert name_key("Tỉnh Bà Rịa - Vũng Tàu") == "ba ria vung tau"

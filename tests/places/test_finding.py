"""Old and new names, with and without diacritics, lead to the places of today."""

import csv
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.kit.actor import Place
from marketplace.kit.text import fold, normalise, plain
from marketplace.places import queries
from marketplace.places.gazetteer import gazetteer
from marketplace.places.rules import Kind, name_key, sole

ROWS = list(csv.DictReader((Path(__file__).parent / "data" / "places.csv").read_text("utf-8").splitlines()))
THACH_THAT = Place("01", "09955")


def labels(text: str) -> list[str]:
    """Every place offered for a text."""
    return [choice.label for candidate in queries.find(text) for choice in candidate.choices]


def only(text: str) -> str | None:
    """The one place a text can mean."""
    choice = sole(queries.find(text))
    return choice.label if choice else None


def test_the_whole_country_is_there() -> None:
    known = gazetteer()
    kinds = Counter(unit.kind for unit in known.old_units)
    assert len(known.provinces) == 34
    assert sum(len(queries.communes(p.code)) for p in queries.provinces()) == 3321
    assert kinds == {Kind.OLD_COMMUNE: 10_035, Kind.OLD_DISTRICT: 696, Kind.OLD_PROVINCE: 63}
    types = Counter(c.name.split(" ")[0] for p in queries.provinces() for c in queries.communes(p.code))
    assert types == {"Xã": 2621, "Phường": 687, "Đặc": 13}


def test_old_communes_were_split_into_at_most_five() -> None:
    parts = Counter(len(unit.now.split()) for unit in gazetteer().old_units if unit.kind is Kind.OLD_COMMUNE)
    assert parts == {1: 9564, 2: 397, 3: 58, 4: 15, 5: 1}


def test_the_folded_names_stored_are_those_that_queries_are_folded_to() -> None:
    units = {unit.name for unit in gazetteer().old_units} | {p.name for p in queries.provinces()}
    units |= {c.name for p in queries.provinces() for c in queries.communes(p.code)}
    assert all(gazetteer()._keys[name] == name_key(name) for name in units)


def test_every_place_is_reached_by_its_address() -> None:
    places = [Place(p.code, c.code) for p in queries.provinces() for c in queries.communes(p.code)]
    places += [Place(p.code) for p in queries.provinces()]
    slugs = {queries.slug(place): place for place in places}
    assert len(slugs) == 3321 + 34
    assert all(queries.resolve_slug(slug) == place for slug, place in slugs.items())
    assert queries.slug(THACH_THAT) == "xa-thach-that-09955"
    assert queries.slug(Place("01")) == "ha-noi-01"


@pytest.mark.parametrize(
    "slug", ["", "ha-noi", "ha-noi-99", "xa-thach-that-99999", "-", "ha-noi-1", "..", "xa-thach-that-०९९५५"]
)
def test_an_address_of_nowhere_is_nothing(slug: str) -> None:
    assert queries.resolve_slug(slug) is None


def test_every_place_is_found_under_the_name_the_market_gives_it() -> None:
    for province in queries.provinces():
        for commune in queries.communes(province.code):
            place = Place(province.code, commune.code)
            found = sole(queries.find(queries.label(place)))
            assert found is not None, queries.label(place)
            assert found.place == place


def test_a_split_commune_offers_its_parts_and_decides_nothing() -> None:
    (candidate,) = queries.find("Duyên Thái")
    assert [choice.label for choice in candidate.choices] == [
        "xã Ngọc Hồi, Hà Nội",
        "xã Nam Phù, Hà Nội",
        "xã Hồng Vân, Hà Nội",
    ]
    assert candidate.title == "Xã Duyên Thái cũ"
    assert candidate.detail == "huyện Thường Tín, Hà Nội"
    assert candidate.old_name == "xã Duyên Thái, huyện Thường Tín"
    assert sole([candidate]) is None


@pytest.mark.parametrize(
    "text", ["duyen thai thuong tin", "duyen thai, ha noi", "XÃ DUYÊN THÁI, HUYỆN THƯỜNG TÍN", "ha noi duyen thai"]
)
def test_the_same_old_commune_however_it_is_typed(text: str) -> None:
    assert labels(text) == labels("Duyên Thái")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Xã Đại Đồng, huyện Thạch Thất", "xã Thạch Thất, Hà Nội"),
        ("dai dong thach that", "xã Thạch Thất, Hà Nội"),
        ("thach xa, thach that, ha noi", "xã Tây Phương, Hà Nội"),
        ("minh khai hoai duc", "xã Dương Hòa, Hà Nội"),
        ("Thị trấn Phùng", "xã Đan Phượng, Hà Nội"),
        ("TT Phùng", "xã Đan Phượng, Hà Nội"),
        ("phường 1 Đà Lạt", "phường Xuân Hương - Đà Lạt, Lâm Đồng"),
        ("Thôn 3, xã Thạch Thất, Hà Nội", "xã Thạch Thất, Hà Nội"),
        ("Côn Đảo, Bà Rịa - Vũng Tàu", "đặc khu Côn Đảo, TP. Hồ Chí Minh"),
        ("Xã Phú Hồ, Huyện Phú Vang, Thừa Thiên Huế", "xã Phú Hồ, Huế"),
        ("tinh lao cai", "Lào Cai"),
        ("TP.HCM", "TP. Hồ Chí Minh"),
        ("tỉnh Bến Tre", "Vĩnh Long"),
        ("thua thien hue", "Huế"),
    ],
)
def test_a_name_that_can_mean_one_place_is_that_place(text: str, place: str) -> None:
    assert only(text) == place


def test_names_that_look_like_type_words_are_names() -> None:
    assert "xã Quan Sơn, Thanh Hóa" in labels("quan son")
    assert "phường Tịnh Biên, An Giang" in labels("tinh bien")
    assert "xã Phượng Dực, Hà Nội" in labels("phuong duc")


def test_the_type_word_prefers_its_kind() -> None:
    assert queries.find("huyện Thạch Thất")[0].kind is Kind.OLD_DISTRICT
    assert queries.find("xã Thạch Thất")[0].kind is Kind.COMMUNE
    assert queries.find("Hà Nội")[0].kind is Kind.PROVINCE


def test_exact_diacritics_come_first_and_alone_decide() -> None:
    found = queries.find("Mỹ Tho")
    assert found[0].title == "Phường Mỹ Tho"
    assert all(not c.sure for c in found if "Mỹ Thọ" in c.title)
    assert any("Mỹ Thọ" in c.title for c in found)
    assert {c.title for c in queries.find("my tho") if c.sure} > {"Phường Mỹ Tho", "Xã Mỹ Thọ"}


def test_wrong_diacritics_find_but_do_not_decide() -> None:
    assert "xã Thạch Thất, Hà Nội" in labels("Thách Thất")
    assert only("Thách Thất") is None


def test_the_beginning_of_a_name_finds_but_does_not_decide() -> None:
    assert "xã Thạch Thất, Hà Nội" in labels("thach th")
    assert "xã Thạch Thất, Hà Nội" in labels("thach that ha n")
    assert only("thach th") is None


@pytest.mark.parametrize("text", ["", " ", "a", "?", "Xã Canh Nậu, Huyện Thạch Thất, Hà Nội", "xyzzy", "Xã Chàng Sơn"])
def test_what_is_not_known_finds_nothing(text: str) -> None:
    assert queries.find(text) == []


def test_a_name_used_in_many_provinces_is_asked_about() -> None:
    assert len([c for c in queries.find("tan tien", limit=50) if c.kind is Kind.COMMUNE]) == 8
    assert only("tan tien") is None
    assert len(queries.find("tan tien")) == 12


def _expected(row: dict[str, str]) -> bool:
    text = ", ".join(row[name] for name in ("commune_old", "district_old", "province_old") if row[name])
    found = queries.find(text)
    sure = [choice for candidate in found if candidate.sure for choice in candidate.choices]
    codes = sorted({choice.commune_code or "" for choice in sure})
    match row["commune_match"]:
        case "exact":
            only_one = sole(found)
            return only_one is not None and only_one.commune_code == row["commune_new_code"]
        case "ambiguous":
            return codes == row["commune_new_code"].split("|")
        case "district_only":
            return {choice.province_code for choice in sure} == {row["province_new_code"]}
        case _:
            return not sure


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_the_240_places_of_real_products_resolve_as_researched(row: dict[str, str]) -> None:
    assert _expected(row)


def test_there_are_240_of_them() -> None:
    assert len(ROWS) == 240


@given(st.text(max_size=80))
def test_any_text_is_answered(text: str) -> None:
    for candidate in queries.find(text):
        assert candidate.choices
        assert all(queries.known(choice.place) for choice in candidate.choices)


PIECES = st.lists(
    st.sampled_from(
        [
            "xã",
            "Phường",
            "huyện",
            "Thạch",
            "Thất",
            "hoà",
            "Mỹ",
            "Tho",
            "tp",
            "Hà",
            "Nội",
            "1",
            ",",
            "Quí",
            "H'",
            "Leo",
            "Đắk",
        ]
    ),
    max_size=9,
)


@given(PIECES)
@settings(max_examples=300)
def test_another_spelling_of_the_same_words_finds_the_same(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert queries.find(normalise(text)) == queries.find(text)
    assert {c.title for c in queries.find(plain(text), 999)} >= {c.title for c in queries.find(text, 999)}


def test_a_lookup_takes_less_than_three_milliseconds() -> None:
    texts = [
        "Duyên Thái",
        "thach that ha noi",
        "tan tien",
        "phường 1",
        "xa",
        "xã a, huyện b, tỉnh c d e f g h i k l m n",
    ]
    for text in texts:
        queries.find(text)
        best = min(_seconds(text) for _ in range(5))
        assert best < 0.003, text


def _seconds(text: str) -> float:
    begun = time.thread_time()
    queries.find(text)
    return time.thread_time() - begun


def test_a_place_of_the_index_carries_its_old_names() -> None:
    everything = fold(queries.search_words(THACH_THAT))
    assert "dai dong" in everything
    assert "cam yen" in everything
    one = queries.search_words(Place("01", "10210"), "xã Duyên Thái")
    assert "Xã Duyên Thái" in one
    assert "Huyện Thường Tín" in one
    assert "Ninh Sở" not in one


def test_a_place_known_only_by_its_province_keeps_the_text_about_the_old_one() -> None:
    words = queries.search_words(Place("25"), "Huyện Kim Bôi, Hòa Bình")
    assert "Kim Bôi" in words
    assert "Vĩnh Phúc" not in words
    assert "Tỉnh Vĩnh Phúc" in queries.search_words(Place("25"))


def test_what_a_place_was_made_from() -> None:
    assert "xã Đại Đồng" in queries.old_names(THACH_THAT)
    assert queries.old_districts(THACH_THAT) == ["huyện Thạch Thất"]
    assert queries.old_names(Place("08")) == ["tỉnh Hà Giang", "tỉnh Tuyên Quang"]
    assert queries.old_names(Place("79", "26732")) == ["huyện Côn Đảo"]


def test_only_codes_that_belong_together_are_known() -> None:
    assert queries.known(THACH_THAT)
    assert queries.known(Place("01"))
    assert not queries.known(Place("08", "09955"))
    assert not queries.known(Place("99"))
    assert queries.same_province(THACH_THAT, Place("01"))
    assert queries.from_value("01-09955") == THACH_THAT
    assert queries.value(THACH_THAT) == "01-09955"
    assert queries.from_value("01-") == Place("01")
    assert queries.from_value("08-09955") is None
    assert queries.from_value("") is None

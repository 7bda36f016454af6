"""What each of the 26 sets must say, and what is still missing."""

import csv
import dataclasses
import re
from pathlib import Path

import pytest

from marketplace.catalog.rules import (
    PhotoState,
    ProductFacts,
    VariantFacts,
    field_name,
    first_text,
    has_cart,
    missing,
    papers_missing,
    propose_sets,
    question,
    questions,
    reaches_for,
    read_answer,
)
from marketplace.delivery.rules import Reach
from marketplace.kit.errors import BadInput
from marketplace.kit.text import plain
from marketplace.law.rules import ALCOHOL_SETS, LIVING_SETS, TOURISM_SETS, DocumentKind, required_documents

SETS = range(1, 27)
FOOD = set(range(1, 18))


def required(set_no: int) -> set[str]:
    return {q.field for q in questions(set_no) if q.required}


@pytest.mark.parametrize("set_no", SETS)
def test_every_question_has_an_address_of_its_own_and_an_example(set_no: int) -> None:
    asked = questions(set_no)
    assert len({q.slug for q in asked}) == len(asked) == len({q.field for q in asked})
    assert all(question(set_no, q.slug) is not None and str(q.title) and str(q.hint) for q in asked)


@pytest.mark.parametrize("set_no", sorted(FOOD))
def test_food_and_drink_say_measure_origin_storage_and_use(set_no: int) -> None:
    assert {"net", "shipping", "origin", "storage", "usage", "days_to_make", "reach"} <= required(set_no)


@pytest.mark.parametrize("set_no", sorted(FOOD - set(ALCOHOL_SETS) - {1, 2, 3}))
def test_processed_food_says_what_is_in_it_and_how_long_it_keeps(set_no: int) -> None:
    assert {"ingredients", "shelf_life"} <= required(set_no)


@pytest.mark.parametrize("set_no", sorted(ALCOHOL_SETS))
def test_alcohol_says_its_strength_its_warning_and_brings_a_licence(set_no: int) -> None:
    assert {"strength", "warnings"} <= required(set_no)
    assert DocumentKind.ALCOHOL_LICENCE in papers_missing(set_no, [])


def test_functional_food_brings_its_declaration_and_says_it_is_no_medicine() -> None:
    assert {"declaration_no", "warnings"} <= required(18)
    warnings = question(18, "luu-y")
    assert warnings is not None
    with pytest.raises(BadInput):
        read_answer(warnings, "Không dùng cho trẻ em.", set_no=18)
    assert read_answer(warnings, f"{first_text(18, 'warnings')} Tránh trẻ em.", set_no=18)


@pytest.mark.parametrize("set_no", [21, 22])
def test_crafts_say_material_and_size_and_no_shelf_life(set_no: int) -> None:
    assert {"material", "dimensions"} <= required(set_no)
    assert not {"ingredients", "shelf_life", "net"} & {q.field for q in questions(set_no)}


def test_flowers_plants_and_animals_stay_in_the_province_and_visits_are_not_sent() -> None:
    for set_no in SETS:
        farthest = reaches_for(set_no)[-1:]
        if set_no in TOURISM_SETS:
            assert farthest == []
        else:
            assert farthest == [Reach.PROVINCE if set_no in LIVING_SETS else Reach.COUNTRY]
        assert has_cart(set_no) == (set_no not in TOURISM_SETS)


FOOD_WORDS = re.compile(r"\b(ăn|uống|gạo|gừng|mật|chè|lạc)\b")


@pytest.mark.parametrize("set_no", [16, 19, 20, 21, 22, 23, 24, 25, 26])
def test_what_is_not_eaten_is_asked_for_in_words_of_its_own(set_no: int) -> None:
    for asked in questions(set_no):
        said = " ".join(map(str, (asked.title, asked.hint, *asked.ready)))
        assert not FOOD_WORDS.search(re.sub("ăn trưa|ăn tối|uống trong", "", said)), (asked.field, said)


def test_an_answer_is_headed_by_what_it_is_for_its_kind_of_goods() -> None:
    assert [str(field_name(set_no, "usage")) for set_no in (6, 24, 26)] == ["Cách dùng", "Cách chăm sóc", "Hẹn trước"]
    without = dataclasses.replace(complete(24), answers={**complete(24).answers, "usage": ""})
    assert [str(m.message) for m in missing(without)] == ["Chưa ghi chăm sóc thế nào."]


def test_a_reach_beyond_the_set_is_refused() -> None:
    reach = question(23, "giao-den")
    assert reach is not None
    with pytest.raises(BadInput):
        read_answer(reach, "country", set_no=23)
    assert read_answer(reach, "province", set_no=23) is Reach.PROVINCE


def complete(set_no: int) -> ProductFacts:
    answers: dict[str, object] = {q.field: "Đã điền" for q in questions(set_no)}
    answers |= {"days_to_make": 0, "reach": (reaches_for(set_no) or [None])[0], "collect_ok": True}
    answers["warnings"] = str(first_text(set_no, "warnings")) or "Không"
    return ProductFacts("Chè lam", set_no, (PhotoState.WAITING,), (VariantFacts("hộp", 85_000, True, 600),), answers)


@pytest.mark.parametrize("set_no", SETS)
def test_a_complete_product_misses_nothing_and_each_empty_answer_is_found(set_no: int) -> None:
    facts = complete(set_no)
    assert missing(facts) == []
    for field in required(set_no) - {"net", "shipping"}:
        without = dataclasses.replace(facts, answers={**facts.answers, field: None})
        assert [m.field for m in missing(without)] == [field]


@pytest.mark.parametrize("set_no", SETS)
def test_a_variant_without_price_or_weight_is_found(set_no: int) -> None:
    facts = complete(set_no)
    bare = dataclasses.replace(facts, variants=(VariantFacts("hộp", 0, False, 0),))
    expected = (
        []
        if set_no in TOURISM_SETS
        else ["price", *(q.field for q in questions(set_no) if q.field in ("net", "shipping"))]
    )
    assert [m.field for m in missing(bare)] == expected


def test_a_visit_needs_no_price_no_weight_and_nothing_to_count() -> None:
    assert missing(dataclasses.replace(complete(26), variants=())) == []


@pytest.mark.parametrize("set_no", sorted(set(SETS) - set(TOURISM_SETS)))
def test_what_is_neither_sent_nor_fetched_reaches_nobody_and_is_said(set_no: int) -> None:
    facts = complete(set_no)
    nowhere = dataclasses.replace(facts, answers={**facts.answers, "reach": Reach.COLLECT, "collect_ok": False})
    (lacking,) = missing(nowhere)
    assert (lacking.field, "không ai nhận được" in str(lacking.message)) == ("collect_ok", True)
    sent = dataclasses.replace(facts, answers={**facts.answers, "reach": Reach.PROVINCE, "collect_ok": False})
    assert missing(sent) == []


@pytest.mark.parametrize("text", ["😀", "...", "- -", "1234", "★", "\u200d"])
def test_a_required_text_says_something_in_letters(text: str) -> None:
    for set_no, slug in (
        (6, "thanh-phan"),
        (6, "nguon-goc"),
        (6, "bao-quan"),
        (6, "cach-dung"),
        (21, "chat-lieu"),
        (26, "gioi-thieu"),
    ):
        asked = question(set_no, slug)
        assert asked is not None
        with pytest.raises(BadInput):
            read_answer(asked, text, set_no=set_no)
        bare = dataclasses.replace(complete(set_no), answers={**complete(set_no).answers, asked.field: text})
        assert [m.field for m in missing(bare)] == [asked.field]


@pytest.mark.parametrize(
    ("set_no", "slug", "text"), [(6, "han-dung", "90"), (14, "do-con", "29"), (21, "kich-thuoc", "30 × 20")]
)
def test_where_a_number_says_it_digits_are_enough_and_a_picture_is_not(set_no: int, slug: str, text: str) -> None:
    asked = question(set_no, slug)
    assert asked is not None
    assert read_answer(asked, text, set_no=set_no) == text
    with pytest.raises(BadInput):
        read_answer(asked, "😀", set_no=set_no)


def test_photo_name_and_set_come_first_and_a_refused_photo_counts_as_missing() -> None:
    empty = ProductFacts("", None, (), (), {})
    assert [m.field for m in missing(empty)] == ["photo", "name", "set"]
    refused = dataclasses.replace(complete(6), photos=(PhotoState.READY, PhotoState.REFUSED))
    assert [m.field for m in missing(refused)] == ["photo"]


@pytest.mark.parametrize("set_no", SETS)
def test_papers_are_missing_until_each_is_sent(set_no: int) -> None:
    wanted = list(required_documents(set_no))
    assert papers_missing(set_no, []) == wanted
    assert papers_missing(set_no, wanted) == []


@pytest.mark.parametrize("text", ["Đạt OCOP 4 sao", "Hàng 5 sao", "★★★★", "Chữa khỏi ung thư", "Đặc trị đau dạ dày"])
def test_marks_stars_and_health_claims_are_refused_in_every_answer(text: str) -> None:
    for asked in questions(6):
        if asked.kind in ("line", "text"):
            with pytest.raises(BadInput) as refused:
                read_answer(asked, text, set_no=6)
            assert refused.value.field == asked.field
            assert str(refused.value.message)


def test_an_answer_too_long_or_empty_is_asked_again_and_an_optional_one_may_be_empty() -> None:
    storage = question(6, "bao-quan")
    about = question(6, "gioi-thieu")
    assert storage is not None
    assert about is not None
    for text in ("", "  \n ", "x" * 301):
        with pytest.raises(BadInput):
            read_answer(storage, text, set_no=6)
    assert read_answer(about, "", set_no=6) == ""
    assert read_answer(about, "Một.\r\n\r\nHai.", set_no=6) == "Một.\nHai."


def test_the_set_is_proposed_from_the_name_with_and_without_diacritics() -> None:
    with (Path(__file__).parent / "product_names.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["name"], int(row["set"])) for row in csv.DictReader(file)]
    first = sum(propose_sets(name)[:1] == [set_no] for name, set_no in rows)
    among = sum(set_no in propose_sets(plain(name)) for name, set_no in rows)
    assert len(rows) == 240
    assert first >= 230
    assert among >= 230


def test_a_cake_called_che_is_no_tea() -> None:
    assert propose_sets("Chè lam gừng")[0] == 6
    assert propose_sets("Chè shan tuyết")[0] == 11
    assert propose_sets("xyz") == []

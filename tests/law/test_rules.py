"""Sets, papers and dates: the tables are complete and say what the decision says."""

from collections import Counter
from datetime import date, timedelta

import pytest

from marketplace.law import table
from marketplace.law.rules import (
    ALCOHOL_SETS,
    CONSENT_VERSION,
    DOCUMENT_HINTS,
    DOCUMENT_LABELS,
    GROUPS,
    LIVING_SETS,
    POLICIES,
    SETS,
    TOURISM_SETS,
    DocumentKind,
    check_text,
    document_label,
    is_alcohol,
    product_set,
    required_documents,
)


def test_there_are_26_sets_in_6_groups() -> None:
    assert list(SETS) == list(range(1, 27))
    assert Counter(one.group for one in SETS.values()) == {1: 13, 2: 4, 3: 3, 4: 2, 5: 3, 6: 1}
    assert list(GROUPS) == [1, 2, 3, 4, 5, 6]


def test_tea_and_coffee_are_food_not_drink() -> None:
    assert GROUPS[product_set(11).group].name == "Thực phẩm"
    assert GROUPS[product_set(13).group].name == "Thực phẩm"


def test_every_set_has_plain_words_and_an_honest_class() -> None:
    for one in SETS.values():
        assert one.short
        assert one.example
        assert one.klass_default in ("farm", "craft")
        assert not check_text(f"{one.name}. {one.short}. {one.example}", set_no=one.no, field="name")
    assert len({one.short for one in SETS.values()}) == 26


def test_food_needs_four_papers_and_alcohol_its_licence_besides() -> None:
    food = required_documents(6)
    assert set(food) == {
        DocumentKind.BUSINESS_REGISTRATION,
        DocumentKind.QUALITY_DECLARATION,
        DocumentKind.FOOD_SAFETY,
        DocumentKind.LABEL_PHOTO,
    }
    for set_no in (*range(1, 14), 16, 17):
        assert required_documents(set_no) == food
    for set_no in ALCOHOL_SETS:
        assert is_alcohol(set_no)
        assert required_documents(set_no) == (*food, DocumentKind.ALCOHOL_LICENCE)


def test_crafts_and_living_things_need_no_paper_and_tourism_its_conditions() -> None:
    for set_no in (21, 22, *LIVING_SETS):
        assert required_documents(set_no) == ()
    for set_no in TOURISM_SETS:
        assert required_documents(set_no) == (DocumentKind.SERVICE_CONDITIONS,)
    assert DocumentKind.AD_CONFIRMATION in required_documents(18)


@pytest.mark.parametrize("set_no", [0, 27, -1])
def test_there_is_no_other_set(set_no: int) -> None:
    with pytest.raises(KeyError):
        required_documents(set_no)
    with pytest.raises(KeyError):
        product_set(set_no)


def test_every_paper_has_a_name_and_a_hint() -> None:
    assert set(DOCUMENT_LABELS) == set(DOCUMENT_HINTS) == set(DocumentKind)
    assert document_label(DocumentKind.FOOD_SAFETY)


def test_every_row_of_law_has_a_source_and_dates_in_order() -> None:
    for row in table.LAW:
        assert row.source
        assert row.title
        assert row.effective_to is None or row.effective_from <= row.effective_to


def test_no_two_rows_of_one_key_hold_on_the_same_day_once_the_older_lapsed() -> None:
    for day in (table.REVIEWED_ON, table.REVIEWED_ON + timedelta(days=365)):
        held = Counter(row.key for row in table.LAW if row.holds_on(day))
        assert all(count == 1 for count in held.values())


def test_nothing_relied_on_has_lapsed_on_the_day_of_review() -> None:
    assert table.expired(table.REVIEWED_ON) == []
    assert not table.needs_review(table.REVIEWED_ON)


def test_a_lapsed_row_and_an_old_review_are_noticed() -> None:
    assert [row.key for row in table.expired(date(2027, 7, 1))] == ["ecommerce.old_filings"]
    assert table.expired(date(2027, 6, 30)) == []
    assert table.needs_review(table.REVIEWED_ON + timedelta(days=91))
    assert not table.needs_review(table.REVIEWED_ON + timedelta(days=90))


def test_a_figure_is_read_by_the_day() -> None:
    assert table.in_force("ocop.programme", date(2026, 5, 1)).value == "148/2023"  # type: ignore[union-attr]
    assert table.entry("ocop.programme").value == "26/2026"
    assert table.entry("ocop.validity").value == 36
    assert table.in_force("ecommerce.seller_verification", date(2026, 12, 31)) is None
    assert table.entry("ecommerce.seller_verification").effective_from == date(2027, 1, 1)
    with pytest.raises(KeyError):
        table.in_force("nothing", date(2026, 1, 1))


def test_what_is_coming_is_announced() -> None:
    assert "ecommerce.seller_verification" in {row.key for row in table.upcoming(date(2026, 11, 24))}


def test_a_consent_names_the_versions_it_was_given_to() -> None:
    assert POLICIES["quy-che"].version in CONSENT_VERSION
    assert "quyen-rieng-tu" in CONSENT_VERSION

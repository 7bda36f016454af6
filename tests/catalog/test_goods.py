"""Names, prices and measures as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.catalog.rules import (
    Measure,
    measure_of_unit,
    measure_prices_differ,
    price_per_kg,
    read_count,
    read_measure,
    read_name,
    read_price,
    read_unit,
    read_weight,
    shipping_guess,
    show_measure,
    stock_word,
    variant_label,
)
from marketplace.kit.errors import BadInput
from marketplace.kit.money import Dong


@pytest.mark.parametrize(
    "text",
    [
        "120000",
        "120.000",
        "120 000",
        "120,000",
        "120k",
        "120 K",
        "120 nghìn",
        "120 ngàn",
        "120.000 đ",
        "120.000\u00a0₫",
    ],
)
def test_a_price_is_read_however_it_is_written(text: str) -> None:
    assert read_price(text) == 120_000


@pytest.mark.parametrize(
    "text", ["", "12O nghìn", "abc", "-5", "1.2.3", "120.00", "120", "999", "0", "500.000.000", "9" * 20]
)
def test_a_price_that_must_be_guessed_or_cannot_be_paid_is_asked_again(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_price(text)
    assert refused.value.field == "price"


@pytest.mark.parametrize(
    ("text", "grams", "millilitres"),
    [
        ("500 g", 500, None), ("500gr", 500, None), ("0,5 kg", 500, None), ("0.5kg", 500, None),
        ("1,25 kg", 1250, None), ("1.500 g", 1500, None), ("2 lạng", 200, None), ("1 cân", 1000, None),
        ("750 ml", None, 750), ("750ML", None, 750), ("1 lít", None, 1000), ("1,5 l", None, 1500), ("0,65 lít", None, 650),
    ],
)  # fmt: skip
def test_a_measure_is_read_with_its_unit(text: str, grams: int | None, millilitres: int | None) -> None:
    assert read_measure(text) == Measure(grams, millilitres)


@pytest.mark.parametrize("text", ["", "nhiều", "0 g", "500", "1 tạ", "1.500 kg", "-1 kg", "1 kg 2", "5 hộp"])
def test_a_measure_that_must_be_guessed_is_asked_again(text: str) -> None:
    with pytest.raises(BadInput):
        read_measure(text)


def test_a_parcel_is_weighed_never_measured_in_litres() -> None:
    assert read_weight("1,2 kg") == 1200
    for text in ("1 lít", "600", ""):
        with pytest.raises(BadInput):
            read_weight(text)


@pytest.mark.parametrize(("grams", "shown"), [(500, "500 g"), (1000, "1 kg"), (1500, "1,5 kg"), (12_250, "12,25 kg")])
def test_a_weight_is_shown_as_people_write_it(grams: int, shown: str) -> None:
    assert show_measure(grams, None) == shown


@given(st.integers(1, 500_000))
def test_every_weight_shown_is_read_back_as_itself(grams: int) -> None:
    assert read_measure(show_measure(grams, None)) == Measure(grams=grams)


def test_a_variant_is_called_by_its_unit_and_measure() -> None:
    assert variant_label("hộp", Measure(grams=500)) == "Hộp 500 g"
    assert variant_label("chai", Measure(millilitres=650)) == "Chai 650 ml"
    assert variant_label("kg", measure_of_unit("kg")) == "Kg"
    assert variant_label("chiếc", Measure()) == "Chiếc"


@given(st.integers(1, 100_000))
def test_the_proposed_parcel_is_never_lighter_than_what_is_in_it(grams: int) -> None:
    assert shipping_guess(Measure(grams=grams)) >= grams
    assert shipping_guess(Measure(grams=grams)) % 50 == 0


def test_a_price_per_kilogram_shows_where_it_differs() -> None:
    small, large = price_per_kg(85_000, 500, None), price_per_kg(160_000, 1_000, None)
    assert (small, large) == (170_000, 160_000)
    assert measure_prices_differ([small, large])
    assert not measure_prices_differ([small, Dong(170_000), None])
    assert price_per_kg(85_000, None, None) is None


@pytest.mark.parametrize("text", ["", "ab", "   ", "x" * 81, "12345"])
def test_a_name_needs_letters_and_a_reasonable_length(text: str) -> None:
    with pytest.raises(BadInput):
        read_name(text)


def test_a_name_is_kept_composed_and_single_spaced() -> None:
    assert read_name("  Che\u0300  lam ") == "Chè lam"


@pytest.mark.parametrize("text", ["", "12", "x" * 21])
def test_a_unit_is_a_word(text: str) -> None:
    with pytest.raises(BadInput):
        read_unit(text)


def test_a_count_is_a_whole_number_of_pieces() -> None:
    assert [read_count(text) for text in ("20", "1.000", "20 hộp", "0")] == [20, 1000, 20, 0]
    for text in ("", "hai", "-1", "2,5", "1000001"):
        with pytest.raises(BadInput):
            read_count(text)
    with pytest.raises(BadInput):
        read_count("0", least=1)


@pytest.mark.parametrize(
    ("on_hand", "held", "kind", "left"),
    [
        (0, 0, "none", 0), (3, 3, "none", 0), (6, 3, "few", 3), (5, 0, "few", 5), (6, 0, "plenty", 6),
    ],
)  # fmt: skip
def test_stock_is_said_in_three_words(on_hand: int, held: int, kind: str, left: int) -> None:
    word = stock_word(on_hand, held)
    assert (word.kind, word.left) == (kind, left)

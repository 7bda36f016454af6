"""Whom a company's invoice is made out to: all of it, or nothing, and a tax number that can exist."""

import pytest

from marketplace.accounts.rules import BadTaxCode
from marketplace.orders.rules.invoice import (
    BadInvoice,
    Invoice,
    company_tax_code,
    invoice_gaps,
    read_invoice,
    tax_check_digit,
)

SAID = {"company": "Công ty TNHH Hoa Sen", "tax_code": "0101234565", "address": "Số 8 phố Huế, Hà Nội", "email": ""}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("0101234565", "0101234565"),
        ("0100109106", "0100109106"),  # numbers of well-known companies
        ("0300588569", "0300588569"),
        (" 0101.234.565 ", "0101234565"),
        ("0101234565-001", "0101234565-001"),
        ("0101234565001", "0101234565-001"),
        ("001185012345", "001185012345"),  # a household or person: twelve digits, no check digit
    ],
)
def test_a_tax_number_is_read_as_people_type_it(typed: str, read: str) -> None:
    assert company_tax_code(typed) == read


@pytest.mark.parametrize(
    "typed", ["", "   ", "010123456", "01012345655", "0101234564", "0101234564-001", "abc", "٠١٠١٢٣٤٥٦٥"]
)
def test_a_tax_number_that_cannot_be_is_refused(typed: str) -> None:
    with pytest.raises(BadTaxCode):
        company_tax_code(typed)


def test_every_wrong_digit_of_a_tax_number_is_found() -> None:
    right = "0101234565"
    for place in range(10):
        for digit in "0123456789":
            typed = right[:place] + digit + right[place + 1 :]
            assert (tax_check_digit(typed[:9]) == typed[9]) is (typed == right), typed


def test_some_nine_digits_begin_no_number() -> None:
    assert tax_check_digit("000000000") is None


def test_an_invoice_is_asked_for_whole_or_not_at_all() -> None:
    assert read_invoice({}) is None
    assert read_invoice({**dict.fromkeys(SAID, ""), "email": "  "}) is None
    assert read_invoice(SAID) == Invoice("Công ty TNHH Hoa Sen", "0101234565", "Số 8 phố Huế, Hà Nội")
    assert read_invoice({**SAID, "email": "ke.toan@hoasen.vn"}) == Invoice(
        *list(SAID.values())[:3], "ke.toan@hoasen.vn"
    )


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"company": "Hoa Sen"}, {"tax_code", "address"}),
        ({"email": "ke.toan@hoasen.vn"}, {"company", "tax_code", "address"}),
        ({**SAID, "tax_code": "0101234560"}, {"tax_code"}),
        ({**SAID, "email": "không có"}, {"email"}),
        ({**SAID, "company": "x" * 201}, {"company"}),
        ({**SAID, "address": "x" * 301}, {"address"}),
    ],
)
def test_every_gap_is_named_at_once(said: dict[str, str], wrong: set[str]) -> None:
    assert set(invoice_gaps(said)) == wrong
    with pytest.raises(BadInvoice) as refused:
        read_invoice(said)
    assert refused.value.field in wrong

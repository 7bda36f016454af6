"""A tax number by its form, a page of confirmation by its address."""

import pytest

from marketplace.accounts.rules import BadBadge, BadTaxCode, badge_url, tax_code


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("0101234567", "0101234567"),
        (" 0101 234 567 ", "0101234567"),
        ("0101.234.567", "0101234567"),
        ("0101234567-001", "0101234567-001"),
        ("0101234567–001", "0101234567-001"),
        ("0101234567001", "0101234567-001"),
        ("001192012345", "001192012345"),
    ],
)
def test_a_tax_number_is_ten_digits_ten_and_three_or_twelve(typed: str, kept: str) -> None:
    assert tax_code(typed) == kept


@pytest.mark.parametrize(
    "typed", ["abc", "1", "010123456", "01012345678", "0101234567-01", "0101234567-0011", "01O1234567", "٠١٠١٢٣٤٥٦٧"]
)
def test_another_number_is_refused(typed: str) -> None:
    with pytest.raises(BadTaxCode):
        tax_code(typed)


@pytest.mark.parametrize(
    "typed",
    ["", "https://online.gov.vn", "https://online.gov.vn/Home/WebDetails/12345", "https://www.online.gov.vn/a?b=c&d=1"],
)
def test_the_states_own_pages_are_taken(typed: str) -> None:
    assert badge_url(f" {typed} ") == typed


@pytest.mark.parametrize(
    "typed",
    [
        "https://evil.com/x",
        "https://evil.com/x\r\nX: y",
        "https://online.gov.vn/x\r\nX: y",
        "https://online.gov.vn/x\n",
        "https://online.gov.vn/\tx",
        "https://online.gov.vn/\x00",
        "http://online.gov.vn/x",
        "https://online.gov.vn.evil.com/x",
        "https://online.gov.vn@evil.com/x",
        "https://evil.com/online.gov.vn",
        "https://evil.online.gov.vn/x",
        "https://online.gov.vn:8443/x",
        'https://online.gov.vn/"><script>',
        "javascript:alert(1)//https://online.gov.vn/",
        "//online.gov.vn/x",
    ],
)
def test_every_other_address_is_refused(typed: str) -> None:
    with pytest.raises(BadBadge):
        badge_url(typed)

"""What a company wants on its invoice. The seller makes the invoice; the market only carries the words to her."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from marketplace.accounts.rules import BadEmail, BadTaxCode, email_address, one_line, tax_code
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import Text, lazy

COMPANY_LENGTH = 200
ADDRESS_LENGTH = 300
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
"""Of the first nine digits of a tax number; the tenth is 10 less the remainder by 11, and no number has the remainder 0."""


@dataclass(frozen=True, slots=True)
class Invoice:
    """Whom the invoice is made out to. `email` may be empty: then it goes where the order's own news goes."""

    company: str
    tax_code: str
    address: str
    email: str = ""


class BadInvoice(BadInput):
    """Something a company's invoice needs is missing or cannot be."""


def tax_check_digit(first_nine: str) -> str | None:
    """The tenth digit of a tax number; None for nine digits that no number begins with."""
    rest = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_nine, strict=True)) % 11
    return str(10 - rest) if rest else None


def company_tax_code(text: str) -> str:
    """Ten digits with the right check digit, the same and three of a branch, or the twelve of a person. Refuses: BadTaxCode."""
    code = tax_code(text)
    if not code:
        raise BadTaxCode(lazy("Ghi mã số thuế. Ví dụ: 0101234565"), field="tax_code")
    if not re.fullmatch("[0-9]{12}", code) and tax_check_digit(code[:9]) != code[9]:
        raise BadTaxCode(lazy("Mã số thuế này có số gõ nhầm. Xin xem lại từng số trên giấy đăng ký."), field="tax_code")
    return code


def invoice_gaps(said: Mapping[str, str]) -> dict[str, Text]:
    """What is wrong, by field (`company`, `tax_code`, `address`, `email`); nothing when no invoice is asked for."""
    if not any(one_line(value) for value in said.values()):
        return {}
    found: dict[str, Text] = {}
    company, address = one_line(said.get("company", "")), one_line(said.get("address", ""))
    if not 2 <= len(company) <= COMPANY_LENGTH:
        found["company"] = lazy("Ghi tên như trên giấy đăng ký. Ví dụ: Công ty TNHH Hoa Sen")
    if not 5 <= len(address) <= ADDRESS_LENGTH:
        found["address"] = lazy("Ghi địa chỉ như trên giấy đăng ký. Ví dụ: Số 8 phố Huế, Hà Nội")
    for name, check, refusal in (("tax_code", company_tax_code, BadTaxCode), ("email", email_address, BadEmail)):
        try:
            check(said.get(name, ""))
        except refusal as wrong:
            found[name] = wrong.message
    return found


def read_invoice(said: Mapping[str, str]) -> Invoice | None:
    """The invoice asked for, None when nothing was typed. Refuses: BadInvoice, naming the first field that is wrong."""
    for name, message in invoice_gaps(said).items():
        raise BadInvoice(message, field=name)
    if not any(one_line(value) for value in said.values()):
        return None
    return Invoice(
        one_line(said["company"]),
        company_tax_code(said["tax_code"]),
        one_line(said["address"]),
        email_address(said.get("email", "")) or "",
    )

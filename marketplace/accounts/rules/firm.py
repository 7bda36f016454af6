"""What is believed of whoever runs the market: a tax number by its form, a page of confirmation by its address."""

import re

from marketplace.accounts.rules.people import one_line
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import lazy


class BadTaxCode(BadInput):
    """Not a number that the tax office gives."""

    message = lazy(
        "Mã số thuế có 10 số, thêm 3 số nếu là đơn vị phụ thuộc (0101234567-001), hoặc 12 số của hộ, cá nhân."
    )


class BadBadge(BadInput):
    """Not a page of the state's register."""

    message = lazy("Chỉ nhận trang của Bộ Công Thương, ví dụ: https://online.gov.vn/Home/WebDetails/12345")


def tax_code(text: str) -> str:
    """Ten digits, ten and three, or the twelve of a household or person; empty stays empty. Refuses: BadTaxCode."""
    bare = re.sub(r"[\s.]+", "", one_line(text)).replace("–", "-")
    found = re.fullmatch(r"([0-9]{10})(?:-?([0-9]{3}))?|([0-9]{12})", bare)
    if bare and not found:
        raise BadTaxCode(field="tax_code")
    return f"{bare[:10]}-{bare[-3:]}" if found and found[2] else bare


def badge_url(text: str) -> str:
    """A page on online.gov.vn; empty stays empty. Nothing is repaired: what holds a control character is refused (BadBadge)."""
    address = text.strip(" ")
    if address and not re.fullmatch(r"https://(?:www\.)?online\.gov\.vn(?:/[A-Za-z0-9/_.?=&%~+-]*)?", address):
        raise BadBadge(field="badge_url")
    return address

"""What may stand where everyone reads it: a reason in the public log, the name of an office. Never a way to reach a person.

Numbers that belong into a reason stay possible: decisions, days, years, sums, amounts of goods. A person's name cannot be told
from a word, so the pages ask for it to be left out; telephone numbers, addresses and accounts are refused here.
"""

import re
import unicodedata

from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import Text, lazy

MOST_DIGITS = 6
"""A number of more digits that is no day, sum or decision could be dialled, paid into or looked up."""


class NotForPublic(BadInput):
    """A text that everyone reads holds a telephone number, an address or an account."""

    def __init__(self, found: str, field: str, message: Text | None = None) -> None:
        said = message or lazy(
            "Lý do này ai cũng đọc được: không ghi tên người, số điện thoại, thư điện tử hay số tài khoản. Xin bỏ “%(found)s”.",
            found=found,
        )
        super().__init__(said, field=field)
        self.found = found


_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:19|20)\d\d"
_JOIN = r"[\s.,\-–—_/·•*+()]"
_ALONE = rf"(?<!\d)(?<!\d{_JOIN})"
_BEGINS, _ENDS = r"(?<!\d)(?<!\d[/.\-])", r"(?![/.\-]?\d)"
_INNOCENT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_BEGINS}\d{{1,6}}\s?/\s?(?:{_YEAR}\s?/\s?)?[a-zđ]+(?:-[a-zđ]+)*",  # 1887/QĐ-UBND, 15/2018/NĐ-CP
        rf"{_BEGINS}{_DAY}\s?/\s?{_MONTH}\s?/\s?(?:{_YEAR}|\d\d){_ENDS}",  # 24/11/2026
        rf"{_BEGINS}{_DAY}([.\-]){_MONTH}\1{_YEAR}{_ENDS}",  # 24-11-2026, 24.11.2026
        rf"{_BEGINS}{_YEAR}-{_MONTH}-{_DAY}{_ENDS}",  # 2026-11-24
        rf"{_BEGINS}\d{{1,6}}\s?/\s?{_YEAR}{_ENDS}",  # công văn 1887/2025, tháng 11/2026
        rf"{_BEGINS}{_DAY}/{_MONTH}{_ENDS}",  # 24/11
        rf"{_ALONE}[1-9]\d{{0,2}}(?:[.,]\d{{3}}){{1,3}}\s?(?:₫|đồng|đ|vnđ|vnd)(?!\w)",  # 1.200.000 đồng
        rf"{_ALONE}[1-9]\d{{0,2}}(?:\.\d{{3}}){{1,2}}(?!{_JOIN}?\d)",  # 1.200 hộp, 1.200.000
        rf"{_ALONE}[1-9]\d{{3,7}}\s?(?:₫|đồng|đ|vnđ|vnd)(?!\w)",  # 250000 đồng
    )
)
_RUN = re.compile(rf"[(+]?\d(?:(?!,\s){_JOIN}{{0,3}}\d)*")
_RANGE = re.compile(r"[1-9]\d{0,3}\s?[-–—]\s?[1-9]\d{0,3}")
_YEARS = re.compile(rf"{_YEAR}(?:\D+{_YEAR})+")
_ADDRESS = re.compile(
    r"[^\s@]*\s?@\s?[^\W\d][^\s@]*|[\w.+-]+\s?[(\[]\s?(?:at|a|a còng)\s?[)\]]\s?\w\S*|[\w.+-]+\s+a\s+còng\s+\S+"
    r"|(?:facebook|fb|zalo|messenger|telegram|t|m|tiktok|youtube)\.(?:com|me|vn)/\S*",
    re.IGNORECASE,
)


def reaches_someone(text: str) -> str:
    """The first part of the text that a person could be reached or paid by, as it can be read; empty when there is none."""
    read = _read(text)
    address = _ADDRESS.search(read)
    if address:
        return address.group().strip()
    for pattern in _INNOCENT:
        read = pattern.sub("|", read)
    return next((run for run in map(str.strip, _RUN.findall(read)) if _is_number_of_someone(run)), "")


def check_public(text: str, *, field: str, message: Text | None = None) -> None:
    """Refuse (NotForPublic) what must not be read by everyone. `message` replaces the sentence about a reason."""
    found = reaches_someone(text)
    if found:
        raise NotForPublic(found, field, message)


OFFICE_SEEN = lazy("Tên này hiện trong nhật ký công khai: chỉ ghi cơ quan, không ghi tên người hay số điện thoại.")


def _is_number_of_someone(run: str) -> bool:
    if sum(map(str.isdigit, run)) <= MOST_DIGITS:
        return False
    return not (_RANGE.fullmatch(run) or _YEARS.fullmatch(run))


def _read(text: str) -> str:
    """As a reader sees it: plain digits whatever the script, the letter o among them as zero, nothing invisible."""
    seen = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) not in ("Cf", "Me"))
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in seen if not "\ufe00" <= c <= "\ufe0f")
    return re.sub(r"(?<=\d)[oO](?=[\doO.\s\-]*\d)|(?<!\w)[oO](?=[.\s\-]?\d{2})", "0", plain)

"""Signed-in people, the devices they came with, and the answers signing in may give."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from marketplace.accounts.rules.people import one_line
from marketplace.kit.actor import Place
from marketplace.kit.errors import Refused
from marketplace.kit.i18n import Text, lazy

SESSION_DAYS = 180
PROVED_FOR = timedelta(minutes=10)
"""So long after signing in a new password may be chosen without typing the old one."""
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in person, frozen: who they are and what they may do, as of this request."""

    user_id: int
    session_id: int
    name: str
    phone: str
    email: str | None = None
    is_admin: bool = False
    areas: tuple[Place, ...] = ()
    has_password: bool = False
    freshly_proved: bool = False
    factor_shown: bool = False
    new_device: int = 0
    """A session begun after this one on a browser never seen before, which nobody has owned yet."""

    @property
    def is_official(self) -> bool:
        """Whether the desk is open to them, once they have shown their second factor."""
        return self.is_admin or bool(self.areas)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One signed-in browser as its owner sees it."""

    id: int
    device: str
    address: str
    created_at: datetime
    seen_at: datetime
    is_this: bool
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class FactorLine:
    """A second factor as its owner sees it: since when, and how many codes are left on paper."""

    set_at: datetime
    codes_left: int


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area in force."""

    id: int
    place: Place
    office: str
    granted_at: datetime


# Answers that must be remembered are returned, not raised: an exception would undo the counting.


@dataclass(frozen=True, slots=True)
class Entered:
    """Signed in: the token belongs in the cookie."""

    token: str
    user_id: int
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Wrong:
    """Not right, whatever the reason: one answer for unknown numbers, wrong passwords, used and late codes."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Too many tries; `seconds` until the next one is read. `why`: of what there were too many, when that helps."""

    seconds: int
    why: Text = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A code is on its way, or would be if there were an account; `browser` belongs in a cookie of ten minutes."""

    browser: str


@dataclass(frozen=True, slots=True)
class OpenedCode:
    """A code to be read aloud by whoever opened it."""

    code_id: int
    user_id: int
    code: str
    is_new: bool


CARD_LIFE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """A sign-in card as it goes to the printer, once."""

    card_id: int
    user_id: int
    token: str


class PhoneTaken(Refused):
    """There is an account with this number already."""

    message = lazy("Số này đã có tài khoản.")


class LastAdmin(Refused):
    """Somebody must stay who can give roles."""

    message = lazy("Đây là người quản trị cuối cùng, nên chưa bỏ quyền được.")


class NotASeller(Refused):
    """Cards are for people who sell for a stall that an official has verified."""

    message = lazy("Thẻ chỉ in cho người bán của gian hàng đã duyệt.")


class OfficialsAccount(Refused):
    """A coordinator does not open codes for the people who oversee him."""

    message = lazy("Tài khoản này của cán bộ. Người quản trị mới mở mã được.")


_BROWSERS = (
    ("zalo", "Zalo"), ("edg", "Edge"), ("coc_coc", "Cốc Cốc"), ("opr", "Opera"), ("samsungbrowser", "Samsung"),
    ("firefox", "Firefox"), ("chrome", "Chrome"), ("crios", "Chrome"), ("safari", "Safari"),
)  # fmt: skip
_MACHINES = (
    ("android", "Android"), ("iphone", "iPhone"), ("ipad", "iPad"), ("windows", "Windows"), ("macintosh", "Mac"), ("linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Device:
    """Where somebody signs in from, as coarse as they need to recognise it. `mark`: what this browser keeps over sessions."""

    name: str = ""
    address: str = ""
    mark: str = ""


def is_new_device(*, marked: bool, seen: bool, by_code: bool, first: bool) -> bool:
    """Whether the others are told. `first`: nobody has ever been in this account, so there is nobody to tell.

    A browser without a mark came in by the market itself, and is new only when it brought a code.
    """
    return not first and not seen and (marked or by_code)


def device_name(user_agent: str) -> str:
    """`Chrome, Android`: what a person recognises their telephone by; empty when unknown."""
    text = user_agent.lower()
    found = [next((label for mark, label in marks if mark in text), "") for marks in (_BROWSERS, _MACHINES)]
    return ", ".join(word for word in found if word)


def coarse_address(address: str) -> str:
    """`113.161.•.•`: the network, not the house."""
    parts = address.split("." if "." in address else ":")
    return ".".join([*parts[:2], "•", "•"]) if "." in address else ":".join([*parts[:2], "•"])


@dataclass(frozen=True, slots=True)
class OperatorForm:
    """What the law wants known of whoever runs the market (NĐ 248/2026/NĐ-CP Điều 4); empty answers stay hidden."""

    name: str = ""
    tax_code: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    representative: str = ""
    badge_url: str = ""

    def as_row(self) -> dict[str, Any]:
        """Columns and values."""
        return {one: one_line(getattr(self, one)) for one in self.__dataclass_fields__}

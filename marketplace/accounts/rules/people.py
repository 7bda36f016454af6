"""Names, e-mail addresses and passwords: what may be kept of a person."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from marketplace.kit.actor import Place
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import Text, lazy
from marketplace.kit.text import fold, nfc

PASSWORD_LENGTHS = range(8, 129)
NAME_LENGTHS = range(2, 81)


class BadName(BadInput):
    """No name, or too long a one."""

    message = lazy("Điền họ tên, ví dụ: Nguyễn Thị Mơ")

    def __init__(self, message: Text | None = None) -> None:
        super().__init__(message, field="name")


class BadEmail(BadInput):
    """Not an address that letters can be sent to."""

    message = lazy("Chưa đọc được thư điện tử. Ví dụ: lan@gmail.com")

    def __init__(self, message: Text | None = None) -> None:
        super().__init__(message, field="email")


def one_line(text: str) -> str:
    """A short answer as it may be stored: composed letters, single spaces, nothing that cannot be printed (PostgreSQL takes no NUL)."""
    return "".join(c for c in nfc(text) if c.isprintable())


def person_name(text: str) -> str:
    """A name as it will be shown. Refuses: BadName (2 to 80 letters)."""
    name = one_line(text)
    if len(name) not in NAME_LENGTHS or not any(c.isalpha() for c in name):
        raise BadName
    return name


def email_address(text: str) -> str | None:
    """An address, or None for an empty answer. Refuses: BadEmail."""
    address = one_line(text).replace(" ", "")
    if not address:
        return None
    if len(address) > 254 or not re.fullmatch(
        r"[^@\s<>\"',;:\\]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,}", address
    ):
        raise BadEmail
    return address


class BadPassword(BadInput):
    """A password that others would guess, or that cannot be kept."""

    message = lazy("Mật khẩu này dễ đoán. Ví dụ dễ nhớ mà khó đoán: ghép bốn từ không liên quan.")

    def __init__(self, message: Text | None = None) -> None:
        super().__init__(message, field="password")


_TOO_SHORT = lazy("Mật khẩu cần ít nhất 8 chữ hoặc số.")
_TOO_LONG = lazy("Mật khẩu dài nhất 128 chữ.")
_CONTEXT = ("ocop", "choocop", "choque", "langnghe", "matkhau", "taikhoan", "dangnhap", "vietnam")


def as_typed(password: str) -> str:
    """One form for the same password from two keyboards: composed and decomposed letters hash alike."""
    return unicodedata.normalize("NFC", password)


def check_password(password: str, *, common: Collection[str], context: Iterable[str] = ()) -> None:
    """Refuse (BadPassword) what is short, long, common, one's own name or number, or the market's name with a few digits.

    No rule about kinds of characters: they make people write passwords down (ASVS 6.2).
    """
    typed = as_typed(password)
    if len(typed) < PASSWORD_LENGTHS.start:
        raise BadPassword(_TOO_SHORT)
    if len(typed) >= PASSWORD_LENGTHS.stop:
        raise BadPassword(_TOO_LONG)
    bare = re.sub(r"[\W_]", "", fold(typed))
    if fold(typed) in common or bare in common or len(set(bare)) < 4:
        raise BadPassword
    if bare and any(bare in run for run in ("0123456789" * 3, "9876543210" * 3, "abcdefghijklmnopqrstuvwxyz")):
        raise BadPassword
    for word in (*_CONTEXT, *(re.sub(r"[\W_]", "", fold(own)) for own in context)):
        if len(word) > 2 and len(re.sub(r"\d", "", bare.replace(word, ""))) < 3 and (word in bare or bare in word):
            raise BadPassword


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody the operator, or the desk, makes an account for."""

    phone: str
    name: str
    email: str | None = None
    password: str | None = None
    is_admin: bool = False
    areas: tuple[tuple[Place, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SignUp:
    """What somebody says of themselves; `consent_version` names the texts they agreed to."""

    name: str
    consent_version: str
    email: str = ""

"""The second factor of officials: codes that count time (RFC 6238), and codes on paper for the day the telephone is gone."""

import base64
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from marketplace.accounts.rules.codes import code_typed
from marketplace.kit.errors import Refused
from marketplace.kit.i18n import lazy

STEP = 30
"""Seconds that a code stands on the telephone."""
DIGITS = 6
WINDOW = 1
"""So many steps before and after now are taken as well: telephones go wrong by half a minute."""
KEY_BYTES = 20
RECOVERY_CODES = 10
RECOVERY_LENGTH = 10
RECOVERY_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""No 0 and o, no 1, i and l: they are copied from paper by hand. 31 letters, ten of them: 49 bits."""


class FactorIsSet(Refused):
    """A second factor is there already; another one needs a code of the old one."""

    message = lazy("Mã xác thực đã được đặt trước đó. Gõ mã để vào.")


class OwnFactor(Refused):
    """Whoever sits at somebody's open desk must not be able to set a factor of their own."""

    message = lazy("Mã xác thực của chính mình thì đổi ở trang Tài khoản, bằng một mã đang dùng.")


@dataclass(frozen=True, slots=True)
class Shown:
    """The second factor was shown: `codes_left` on paper, and whether one of those was used just now."""

    by_paper: bool
    codes_left: int


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A second factor was set; these codes are told once and kept nowhere."""

    recovery: tuple[str, ...]


def hotp(key: bytes, counter: int, digits: int = DIGITS) -> str:
    """The code of a counter (RFC 4226 §5.3)."""
    mac = hmac.digest(key, counter.to_bytes(8), "sha1")
    at = mac[-1] & 0x0F
    number = int.from_bytes(mac[at : at + 4]) & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)


def step_of(moment: datetime) -> int:
    """Which half minute since 1970 this is (RFC 6238 §4.2)."""
    return int(moment.timestamp()) // STEP


def matching_step(key: bytes, code: str, now: datetime, *, after: int) -> int | None:
    """The step that this code belongs to; None for a wrong, an old and a used one: no step up to `after` counts again."""
    typed, found = code_typed(code), None
    for step in range(step_of(now) - WINDOW, step_of(now) + WINDOW + 1):
        right = hmac.compare_digest(hotp(key, step).encode(), typed.encode())
        if right and step > after and found is None:
            found = step
    return found


def usable_code(key: bytes, now: datetime, *, after: int) -> str:
    """A code that would be taken now; empty when all of this moment are used up."""
    step = max(step_of(now), after + 1)
    return hotp(key, step) if step <= step_of(now) + WINDOW else ""


def key_text(key: bytes) -> str:
    """The key as applications take it: base32 without padding."""
    return base64.b32encode(key).decode().rstrip("=")


def key_in_groups(key: bytes) -> str:
    """The key as a person types it over: groups of four."""
    return " ".join(re.findall(".{1,4}", key_text(key)))


def key_address(key: bytes, *, market: str, person: str) -> str:
    """What the QR says: `otpauth://totp/…`, as Google Authenticator wrote it down and all others read it."""
    wanted = {"secret": key_text(key), "issuer": market, "digits": DIGITS, "period": STEP}
    return f"otpauth://totp/{quote(f'{market}:{person}', safe=':')}?{urlencode(wanted, quote_via=quote)}"


def recovery_code(numbers: Sequence[int]) -> str:
    """`7kq3m-x9tpw` from ten random numbers below 31."""
    letters = "".join(RECOVERY_LETTERS[number] for number in numbers)
    return f"{letters[:5]}-{letters[5:]}"


def recovery_typed(text: str) -> str:
    """A code from paper as it is stored: small letters, whatever stands between them."""
    return code_typed(text).lower()

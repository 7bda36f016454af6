"""One-time codes, and how long wrong tries must wait."""

import re
import unicodedata
from datetime import timedelta
from enum import StrEnum
from ipaddress import IPv6Address, IPv6Network, ip_address

from marketplace.kit.i18n import Text, lazy

CODE_LIFE = timedelta(minutes=10)
CODE_TRIES = 5
"""Wrong tries one browser has at a code."""
CODE_TRIES_ALL = 20
"""Wrong tries all browsers together have at a code read aloud, so that a stranger with five tries cannot spoil it."""
ATTEMPTS_FORGOTTEN = timedelta(hours=24)


class Purpose(StrEnum):
    """What a code was made for; one made for something else does not fit."""

    SIGN_IN = "sign_in"
    SIGN_UP = "sign_up"
    DESK = "desk"


class Channel(StrEnum):
    """How a code reaches its person; DESK is read aloud; NOBODY keeps the work the same when there is nobody to reach."""

    PHONE = "phone"
    EMAIL = "email"
    DESK = "desk"
    NOBODY = "nobody"


def code_typed(text: str) -> str:
    """The six digits of a code typed with spaces, dots or full-width figures; anything else as it stands."""
    return re.sub(r"[\s.\-]", "", unicodedata.normalize("NFKC", text))


def show_code(code: str) -> str:
    """`482 109`: how a code is read aloud."""
    return f"{code[:3]} {code[3:]}"


class Counted(StrEnum):
    """What wrong tries are counted by. Strangers fill ACCOUNT and their own PAIR, never somebody else's PAIR."""

    PAIR = "pair"
    ACCOUNT = "account"
    ADDRESS = "address"
    ASK_PAIR = "ask_pair"
    ASK_ACCOUNT = "ask_account"
    ASK_ADDRESS = "ask_address"
    DESK_CODE = "desk_code"
    DIGITS_PAIR = "digits_pair"
    DIGITS_ORDER = "digits_order"
    LOOKUP_PAIR = "lookup_pair"
    LOOKUP_PHONE = "lookup_phone"
    LOOKUP_ADDRESS = "lookup_address"
    DAY_PAIR = "day_pair"
    DAY_NUMBER = "day_number"
    DAY_ADDRESS = "day_address"
    DAY_PREFIX = "day_prefix"
    DAY_ALL = "day_all"
    REPORT_PAIR = "report_pair"
    REPORT_ADDRESS = "report_address"
    FACTOR_PAIR = "factor_pair"
    FACTOR_ACCOUNT = "factor_account"


_SECONDS: dict[Counted, tuple[tuple[int, int], ...]] = {
    # (from this many tries on, seconds until the next); many villagers share one address of their network.
    Counted.PAIR: ((3, 5), (4, 15), (5, 60), (6, 300), (8, 900), (10, 3600)),
    Counted.ACCOUNT: ((20, 2), (50, 5), (100, 15)),
    Counted.ADDRESS: ((50, 5), (100, 30), (200, 120)),
    Counted.ASK_PAIR: ((1, 60), (2, 120), (3, 600), (5, 3600)),
    Counted.ASK_ACCOUNT: ((5, 60), (20, 120), (60, 300)),
    Counted.ASK_ADDRESS: ((10, 30), (30, 120), (60, 600)),
    Counted.DESK_CODE: (),
    Counted.DAY_PAIR: (),
    Counted.DAY_NUMBER: (),
    Counted.DAY_ADDRESS: (),
    Counted.DAY_PREFIX: (),
    Counted.DAY_ALL: (),
    # Four digits that open an order to another browser, and orders looked up by number and code.
    Counted.DIGITS_PAIR: ((5, 60), (6, 300), (8, 900), (10, 3600)),
    Counted.DIGITS_ORDER: ((20, 10), (50, 60), (100, 600)),
    Counted.LOOKUP_PAIR: ((5, 60), (6, 300), (8, 900), (10, 3600)),
    Counted.LOOKUP_PHONE: ((20, 5), (50, 30), (100, 120)),
    Counted.LOOKUP_ADDRESS: ((30, 5), (60, 30), (120, 120)),
    # Problems reported: each is read by an official.
    Counted.REPORT_PAIR: ((3, 300), (5, 3600)),
    Counted.REPORT_ADDRESS: ((10, 60), (20, 300), (40, 1800)),
    # Second factors: three codes in a million are right; whoever tries has shown the first factor already.
    Counted.FACTOR_PAIR: ((4, 5), (5, 15), (6, 60), (8, 300), (10, 900), (15, 3600)),
    Counted.FACTOR_ACCOUNT: ((15, 5), (30, 30), (60, 120), (100, 300)),
}


CODES_A_DAY: dict[Counted, int] = {
    # A commune may share one address of its network; neighbouring numbers in one night are a pump, not a market.
    # Strangers at many addresses may ask for somebody's number: that one has room left to ask herself.
    Counted.DAY_PAIR: 10,
    Counted.DAY_NUMBER: 60,
    Counted.DAY_ADDRESS: 100,
    Counted.DAY_PREFIX: 40,
}
"""Most codes asked for in a day of Vietnam; for the whole market the settings say it (DAY_ALL)."""
TOO_MANY_TODAY: dict[Counted, Text] = {
    Counted.DAY_PAIR: lazy("Số này đã xin đủ %(n)s mã trong hôm nay.", n=CODES_A_DAY[Counted.DAY_PAIR]),
    Counted.DAY_NUMBER: lazy("Số này đã được xin quá nhiều mã trong hôm nay."),
    Counted.DAY_ADDRESS: lazy("Mạng này đã xin quá nhiều mã trong hôm nay."),
    Counted.DAY_PREFIX: lazy("Các số gần giống số này đã xin quá nhiều mã trong hôm nay."),
    Counted.DAY_ALL: lazy("Hôm nay chợ đã gửi hết số mã cho phép."),
}
INSTEAD = lazy(
    "Xin thử lại ngày mai, hoặc ra ủy ban xã nhờ cán bộ mở mã và đọc cho. Có mật khẩu thì vẫn đăng nhập được."
)


def prefix_of(e164: str) -> str:
    """The block of ten thousand neighbouring numbers this one lies in: those who are paid per message try them in a row."""
    return e164[:-4]


def network_of(address: str) -> str:
    """Whose line an address belongs to: one of version 6 is one of 2^64 that its owner may use."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or IPv6Network((int(found) >> 64 << 64, 64)))
    return str(found)


def takes_texts(e164: str) -> bool:
    """Codes by telephone go to Vietnamese numbers only: abroad a message may cost a thousand times as much."""
    return e164.startswith("+84")


def delay_after(what: Counted, tries: int) -> timedelta:
    """How long after the n-th try (1, 2, …) the next one must wait."""
    seconds = 0
    for least, wait in _SECONDS[what]:
        if tries >= least:
            seconds = wait
    return timedelta(seconds=seconds)

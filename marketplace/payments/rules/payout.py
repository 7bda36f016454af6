"""Card money on its way to its producer: what is due, what waits, and never more than that. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from marketplace.kit.clock import TZ
from marketplace.kit.errors import Refused
from marketplace.kit.i18n import lazy
from marketplace.kit.money import MOST, Dong


@dataclass(frozen=True, slots=True)
class Purse:
    """One producer's card money. Dong.

    `ripe`: kept of orders delivered long enough ago (received less refunds and what banks hold); `green`: of the others that will
    be; `paid`: passed on.
    """

    ripe: int
    green: int
    paid: int

    @property
    def payable(self) -> int:
        """What is to be passed on now; below nothing when more was passed on than is kept: the next payout is less by it."""
        return self.ripe - self.paid

    @property
    def now(self) -> Dong:
        """One transfer's worth of it."""
        return Dong(max(0, min(self.payable, MOST)))


class TooMuchToPayOut(Refused):
    """Somebody else paid first, or money went back to a buyer meanwhile."""

    message = lazy("Số phải chuyển vừa thay đổi. Xem lại số mới rồi hãy chuyển.")


def ripe_before(now: datetime, days: int) -> datetime:
    """Orders delivered at this moment or earlier are due."""
    return now - timedelta(days=days)


def memo(key: str, on: date) -> str:
    """What the producer reads in her bank: `CHO OCOP 2911 MO1`; at most 25 letters and digits."""
    bare = "".join(c for c in key.upper() if c.isascii() and c.isalnum())
    return f"CHO OCOP {on:%d%m} {bare}"[:25].strip()


def due_day(delivered_at: datetime, days: int) -> date:
    """The first day on which it is late."""
    return (delivered_at + timedelta(days=days + 1)).astimezone(TZ).date()

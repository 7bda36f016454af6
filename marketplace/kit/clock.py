"""The one clock of the market. Moments are aware UTC, days are days in Vietnam."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

TZ = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """This moment, aware, UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is in Vietnam: certificates end at midnight there."""
    return now().astimezone(TZ).date()


def day_of(moment: datetime) -> date:
    """The day in Vietnam on which a moment falls."""
    return moment.astimezone(TZ).date()


def start_of(day: date) -> datetime:
    """Midnight in Vietnam at which a day begins, as UTC."""
    return datetime.combine(day, time(), TZ).astimezone(UTC)


def seconds_left_today() -> int:
    """How long until midnight in Vietnam, at least one second."""
    return max(1, int((start_of(today() + timedelta(days=1)) - now()).total_seconds()))

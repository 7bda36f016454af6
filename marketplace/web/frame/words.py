"""How the market writes money, days, times and phone numbers: the words every template uses."""

from datetime import date, datetime

from marketplace.accounts.rules import show_phone
from marketplace.kit import clock
from marketplace.kit.edge import language
from marketplace.kit.i18n import _, lazy, said
from marketplace.kit.money import in_english_words, in_words, show_dong

WEEKDAYS = (
    lazy("thứ Hai"),
    lazy("thứ Ba"),
    lazy("thứ Tư"),
    lazy("thứ Năm"),
    lazy("thứ Sáu"),
    lazy("thứ Bảy"),
    lazy("Chủ nhật"),
)


def day(value: date | datetime | None) -> str:
    """`thứ Ba, 24/11/2026`."""
    if value is None:
        return ""
    on = clock.day_of(value) if isinstance(value, datetime) else value
    return f"{WEEKDAYS[on.weekday()]}, {short_day(on)}"


def short_day(value: date | datetime | None) -> str:
    """`24/11/2026`."""
    if value is None:
        return ""
    on = clock.day_of(value) if isinstance(value, datetime) else value
    return f"{on.day}/{on.month}/{on.year}"


def moment(value: datetime | None) -> str:
    """`9:12, thứ Ba, 24/11/2026`."""
    if value is None:
        return ""
    local = value.astimezone(clock.TZ)
    return f"{local.hour}:{local.minute:02}, {day(value)}"


def due(value: datetime) -> str:
    """`14:05 ngày 25/11`: an hour that something is promised for; the year only when it is not this one."""
    local = value.astimezone(clock.TZ)
    year = "" if local.year == clock.today().year else f"/{local.year}"
    return _("%(hour)s ngày %(day)s", hour=f"{local.hour}:{local.minute:02}", day=f"{local.day}/{local.month}{year}")


def waited(since: datetime) -> str:
    """`3 giờ`, `2 ngày`: how long something has waited, rounded down."""
    minutes = int((clock.now() - since).total_seconds() // 60)
    if minutes < 60:
        return _("%(n)s phút", n=max(minutes, 1))
    if minutes < 48 * 60:
        return _("%(n)s giờ", n=minutes // 60)
    return _("%(n)s ngày", n=minutes // (24 * 60))


def sum_in_words(amount: int) -> str:
    """How the sum is read aloud, in the language of the page."""
    return in_english_words(amount) if language.spoken() == language.ENGLISH else in_words(amount)


def number(value: int) -> str:
    """`1.234`."""
    return f"{value:,}".replace(",", ".")


WORDS = {
    "dong": show_dong,
    "dong_in_words": sum_in_words,
    "day": day,
    "short_day": short_day,
    "said": said,
    "moment": moment,
    "due": due,
    "waited": waited,
    "number": number,
    "phone": show_phone,
}

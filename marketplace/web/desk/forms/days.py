"""A day as people write it: 24/11/2026."""

import re
from datetime import date

import wtforms

from marketplace.kit.i18n import _


class DayField(wtforms.StringField):
    """Text in which a day is read: `24/11/2026`, `24-11-2026`, `2026-11-24`. `day` holds it once it is read."""

    day: date | None = None

    def pre_validate(self, form: wtforms.form.BaseForm) -> None:  # noqa: ARG002 - the interface
        """Refuse what is no day."""
        self.day = read_day(self.data or "")
        if self.day is None:
            raise wtforms.ValidationError(_("Chưa đọc được ngày. Ví dụ: 15/6/2025"))


def read_day(text: str) -> date | None:
    """The day written, or None."""
    parts = re.findall(r"\d+", text)
    if len(parts) != 3:
        return None
    numbers = [int(part) for part in parts]
    year, month, day = numbers if len(parts[0]) == 4 else numbers[::-1]
    try:
        return date(year, month, day)
    except ValueError:
        return None

"""What a producer changes about her stall."""

import wtforms

from marketplace.kit.i18n import lazy
from marketplace.web import frame


class StallForm(frame.Form):
    """Story and Zalo."""

    story = wtforms.TextAreaField(
        lazy("Kể đôi lời về nghề"),
        [wtforms.validators.Length(max=2000, message=lazy("Viết ngắn lại, nhiều nhất 2.000 chữ cái."))],
    )
    zalo = wtforms.BooleanField(lazy("Số điện thoại này có dùng Zalo"))

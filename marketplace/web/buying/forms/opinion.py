"""How the goods were."""

from typing import Any

import wtforms

from marketplace.kit.i18n import lazy
from marketplace.reviews.rules import FEELING_LABELS
from marketplace.web import frame


class OpinionForm(frame.Form):
    """One of five words, and why."""

    feeling = wtforms.RadioField(lazy("Có hài lòng không?"), validate_choice=False)
    text = wtforms.TextAreaField(lazy("Hàng thế nào?"))

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.feeling.choices = [(feeling.value, str(label)) for feeling, label in FEELING_LABELS.items()]

"""The answer to a problem."""

from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from marketplace.kit.i18n import lazy
from marketplace.web.frame import Form


class AnswerForm(Form):
    """What whoever reported it is told, and the verb of the button pressed."""

    verb = StringField()
    answer = TextAreaField(
        lazy("Trả lời"), validators=[Length(max=2000, message=lazy("Viết ngắn lại, không quá 2.000 chữ."))]
    )

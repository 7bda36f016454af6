"""Why an account is frozen, or shown again."""

from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from marketplace.kit.i18n import lazy
from marketplace.web.desk.forms.decision import TOO_LONG
from marketplace.web.frame import Form


class FreezeForm(Form):
    """One reason, and the verb of the button pressed."""

    verb = StringField()
    reason = TextAreaField(lazy("Lý do"), [Length(max=600, message=TOO_LONG)])

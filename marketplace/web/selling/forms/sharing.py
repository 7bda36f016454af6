"""Whom a co-operative asks."""

from wtforms import StringField

from marketplace.kit.i18n import lazy
from marketplace.web.frame import Form


class InviteForm(Form):
    """A stall by its telephone number or the address of its page."""

    stall = StringField(lazy("Gian hàng nào?"))

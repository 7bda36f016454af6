"""The door of signed messages from outside. Nobody opens a page here."""

from marketplace.web.hooks.door import bp
from marketplace.web.hooks.views import stripe

__all__ = ["bp", "stripe"]

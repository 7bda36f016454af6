"""What all doors share: who looks, guards, pages, forms, error pages, the place picker."""

from marketplace.web.frame.forms import DongField, Form
from marketplace.web.frame.guards import officials_only, signed_in_only, to_sign_in
from marketplace.web.frame.pages import back_to, flash, flashes, local_path, page
from marketplace.web.frame.viewer import actor, cookie_name, viewer

__all__ = [
    "DongField",
    "Form",
    "actor",
    "back_to",
    "cookie_name",
    "flash",
    "flashes",
    "local_path",
    "officials_only",
    "page",
    "signed_in_only",
    "to_sign_in",
    "viewer",
]

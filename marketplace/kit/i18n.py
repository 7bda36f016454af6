"""Every text a person reads passes through here. The msgid is the Vietnamese sentence itself."""

from typing import Any

from flask_babel import gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

__all__ = ["LazyString", "Text", "_", "lazy", "ngettext"]

type_of_lazy = LazyString
Text = str | LazyString


def _(message: str, **values: Any) -> str:
    """The sentence in the reader's language, with `%(name)s` filled from `values`."""
    return str(gettext(message, **values))


def lazy(message: str, **values: Any) -> LazyString:
    """Like `_`, but read only when shown: for sentences at module level and in errors raised by pure rules."""
    return lazy_gettext(message, **values)

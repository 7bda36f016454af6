"""Every text a person reads passes through here. The msgid is the Vietnamese sentence itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from flask_babel import force_locale, gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

__all__ = ["LazyString", "Text", "_", "in_language", "in_vietnamese", "lazy", "mark", "ngettext", "said", "written"]

type_of_lazy = LazyString
Text: TypeAlias = str | LazyString


def _(message: str, **values: Any) -> str:
    """The sentence in the reader's language, with `%(name)s` filled from `values`."""
    return str(gettext(message, **values))


def mark(message: str) -> str:
    """The sentence itself, gathered for translation: for texts that are stored or made into addresses in Vietnamese.

    They are put into the reader's language by `said` where they are shown.
    """
    return message


def said(text: Text) -> str:
    """A stored text in the reader's language when it is a sentence of the market; what people wrote stays as it is."""
    return str(gettext(str(text))) if text else ""


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Sentences made inside are in this language."""
    with force_locale(code):
        yield


@contextmanager
def in_vietnamese() -> Iterator[None]:
    """Sentences made inside are Vietnamese whoever asks: what is written down is written once, for everybody."""
    with force_locale("vi"):
        yield


def written(text: Text) -> str:
    """The Vietnamese sentence itself, as it is stored."""
    with in_vietnamese():
        return str(text)


def lazy(message: str, **values: Any) -> LazyString:
    """Like `_`, but read only when shown: for sentences at module level and in errors raised by pure rules."""
    return lazy_gettext(message, **values)

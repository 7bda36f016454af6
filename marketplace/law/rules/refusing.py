"""Telling whoever typed forbidden words which ones they are, all at once, and why each kind may not stand."""

from collections.abc import Sequence

from marketplace.kit.i18n import _
from marketplace.law.rules.wording import Finding


def name_each(found: Sequence[Finding]) -> str:
    """Every word found, as typed and once, before the reason it is refused for; kinds in reading order.

    ``“OCOP”, “5 sao”: Chợ tự vẽ dấu… “chữa”: Hàng bán ở chợ không được giới thiệu như thuốc…``
    """
    words: dict[str, dict[str, str]] = {}
    for one in found:
        words.setdefault(str(one.message), {}).setdefault(one.word.casefold(), one.word)
    return " ".join(
        _("%(words)s: %(why)s", words=", ".join(f"“{word}”" for word in typed.values()), why=why)
        for why, typed in words.items()
    )

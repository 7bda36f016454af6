"""The page in the other language: a link in every frame, and alternates for search engines."""

from dataclasses import dataclass
from urllib.parse import quote

from flask import current_app, request

from marketplace.kit.edge import language
from marketplace.web.frame.errors import nearest_page

NAMES = {language.VIETNAMESE: "Tiếng Việt", language.ENGLISH: "English"}
"""What each language calls itself: never translated."""


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """The same page in the other language."""

    code: str
    name: str
    href: str


def other_language() -> OtherLanguage:
    """The page being shown, its question included, in the other language; after a form the page it hangs on."""
    code = language.VIETNAMESE if language.spoken() == language.ENGLISH else language.ENGLISH
    path = quote(request.path.removeprefix(language.PREFIX) or "/", safe="/~!$&'()*+,;=:@-._")
    if request.method in ("GET", "HEAD"):
        asked = request.query_string.decode("latin-1")
        path += f"?{quote(asked, safe='%=&+:/?,;@!*-._~')}" if asked else ""
    else:
        path = quote(nearest_page(request.path))
    return OtherLanguage(code, NAMES[code], language.addressed(path, code))


def alternates(canonical: str) -> list[tuple[str, str]]:
    """`hreflang` and whole address of a page that search engines may keep, from its canonical address in any language."""
    origin = str(current_app.config["PUBLIC_URL"])
    path = canonical.removeprefix(origin).removeprefix(language.prefix())
    vi, en = (f"{origin}{language.addressed(path, code)}" for code in (language.VIETNAMESE, language.ENGLISH))
    return [("vi", vi), ("en", en), ("x-default", vi)]

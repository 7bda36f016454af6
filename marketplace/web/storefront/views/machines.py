"""What search engines ask for: the list of pages and what they need not visit."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from flask import Response

from marketplace.kit import clock
from marketplace.kit.edge.language import PREFIX
from marketplace.shelf import queries as shelf
from marketplace.shelf.rules import GROUPS
from marketplace.web.storefront.views.door import absolute, bp

FIXED = (
    "/",
    "/danh-muc/",
    "/lang-nghe/",
    "/noi-lam/",
    "/quy-che",
    "/quyen-rieng-tu",
    "/giao-hang",
    "/doi-tra",
    "/cach-sap-xep",
    "/giai-quyet-van-de",
)

PRIVATE = (
    "/gio-hang", "/dat-hang", "/don-hang/", "/tra-cuu-don", "/don-tren-may", "/phi-giao/", "/bao-van-de", "/bo-loc",
    "/goi-y", "/tuoi", "/dang-nhap", "/dang-ky", "/tai-khoan", "/ban-hang", "/dieu-phoi", "/chon-noi", "/api/", "/hooks/",
)  # fmt: skip


@bp.get("/sitemap.xml")
def sitemap() -> Response:
    """Public pages with the day each changed; alcoholic drinks are not among them."""
    body = "".join(_entries())
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</urlset>\n'
    return Response(text, content_type="application/xml; charset=utf-8")


def _entries() -> Iterator[str]:
    for path in (*FIXED, *(group.url for group in GROUPS), *(village.url for village in shelf.all_villages())):
        yield f"<url><loc>{escape(absolute(path))}</loc></url>"
    for path, changed in shelf.sitemap():
        yield f"<url><loc>{escape(absolute(path))}</loc><lastmod>{clock.day_of(changed).isoformat()}</lastmod></url>"


@bp.get("/robots.txt")
def robots() -> Response:
    """Pages of buyers, sellers and officials are not for search engines."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {start}{path}" for start in ("", PREFIX) for path in PRIVATE),
        f"Sitemap: {absolute('/sitemap.xml')}",
        "",
    ]
    return Response("\n".join(lines), content_type="text/plain; charset=utf-8")

"""The area at a glance: producers and products by commune, recognitions by the month they end."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from flask import Response, request, url_for

from marketplace.accounts import queries as accounts
from marketplace.catalog import queries as catalog
from marketplace.certificates import queries as certificates
from marketplace.kit import clock
from marketplace.kit.actor import Place
from marketplace.kit.i18n import lazy
from marketplace.places import queries as places
from marketplace.producers import queries as producers
from marketplace.web import frame
from marketplace.web.desk.door import bp

PER_PAGE = 20

LINKS = (
    (lazy("Ý kiến người mua"), "/dieu-phoi/y-kien", "chat", False),
    (lazy("Người dùng"), "/dieu-phoi/nguoi-dung", "person", False),
    (lazy("Phí giao"), "/dieu-phoi/phi-giao", "truck", True),
    (lazy("Đơn vị vận hành"), "/dieu-phoi/don-vi-van-hanh", "shop", True),
    (lazy("Việc kẹt"), "/dieu-phoi/viec-ket", "warning", True),
    (lazy("Chi trả"), "/dieu-phoi/chi-tra", "money", True),
    (lazy("Trả bằng thẻ"), "/dieu-phoi/the", "money", True),
    (lazy("Bảng luật"), "/dieu-phoi/luat", "paper", True),
)
"""Words, address, icon, and whether only an admin goes there."""


@dataclass(frozen=True)
class CommuneRow:
    """One commune with its numbers; `held`: it has a coordinator of its own, `province_held`: its province has one."""

    label: str
    slug: str
    province_code: str
    producers: int
    products: int
    held: bool
    province_held: bool


@dataclass(frozen=True)
class MonthRow:
    """How many recognitions end in a month; `share` of the longest bar in percent."""

    month: str
    count: int
    share: int
    past: bool


@bp.get("/khu-vuc")
def area() -> Response:
    """Two tables; the second with bars. The first in pages, for all of the area or for one of its provinces."""
    actor = frame.actor()
    everywhere = _communes()
    provinces = _provinces(everywhere)
    chosen = request.args.get("tinh", "")
    chosen = chosen if chosen in dict(provinces) else ""
    rows = [row for row in everywhere if chosen in ("", row.province_code)]
    pages = max(1, -(-len(rows) // PER_PAGE))
    page = min(max(request.args.get("trang", 1, type=int), 1), pages)
    return frame.page(
        "desk/area.html",
        tab="area",
        areas=[places.label(each) for each in actor.areas],
        provinces=provinces,
        chosen=chosen,
        communes=rows[(page - 1) * PER_PAGE : page * PER_PAGE],
        count=len(rows),
        number=page,
        pages=pages,
        address=lambda n: url_for("desk.area", tinh=chosen or None, trang=n if n > 1 else None, _anchor="xa-phuong"),
        producer_count=sum(row.producers for row in rows),
        product_count=sum(row.products for row in rows),
        months=_months(certificates.endings(actor), clock.today()),
        links=[(text, href, icon) for text, href, icon, admin in LINKS if actor.is_admin or not admin],
    )


def _provinces(rows: list[CommuneRow]) -> list[tuple[str, str]]:
    """Codes and names of the provinces in which something is sold, by name."""
    found = {row.province_code for row in rows}
    return [(each.code, each.name) for each in places.provinces() if each.code in found]


def _communes() -> list[CommuneRow]:
    actor = frame.actor()
    makers = {Place(province, commune): count for province, commune, count in producers.by_commune(actor)}
    goods = {Place(province, commune): count for province, commune, count in catalog.by_commune(actor)}
    held = accounts.areas_held()
    found = [
        CommuneRow(
            places.label(place),
            places.slug(place),
            place.province_code,
            makers.get(place, 0),
            goods.get(place, 0),
            held=place in held,
            province_held=Place(place.province_code) in held,
        )
        for place in makers.keys() | goods.keys()
    ]
    return sorted(found, key=lambda row: (-row.products, -row.producers, row.label))


def _months(ends: list[date], today: date) -> list[MonthRow]:
    """Ended ones in one row, then month by month."""
    past = sum(end < today for end in ends)
    coming = Counter((end.year, end.month) for end in ends if end >= today)
    most = max([*coming.values(), past, 1])
    rows = [
        MonthRow(f"{month}/{year}", count, count * 100 // most, past=False)
        for (year, month), count in sorted(coming.items())
    ]
    return [MonthRow("", past, past * 100 // most, past=True), *rows] if past else rows

"""The area at a glance: producers and products by commune, recognitions by the month they end."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from flask import Response

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

MOST_COMMUNES = 100

LINKS = (
    (lazy("Người dùng"), "/dieu-phoi/nguoi-dung", "person", False),
    (lazy("Phí giao"), "/dieu-phoi/phi-giao", "truck", True),
    (lazy("Đơn vị vận hành"), "/dieu-phoi/don-vi-van-hanh", "shop", True),
    (lazy("Việc kẹt"), "/dieu-phoi/viec-ket", "warning", True),
    (lazy("Bảng luật"), "/dieu-phoi/luat", "paper", True),
)
"""Words, address, icon, and whether only an admin goes there."""


@dataclass(frozen=True)
class CommuneRow:
    """One commune with its numbers; `held`: it has a coordinator of its own, `province_held`: its province has one."""

    label: str
    slug: str
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
    """Two tables; the second with bars."""
    actor = frame.actor()
    rows = _communes()
    return frame.page(
        "desk/area.html",
        tab="area",
        areas=[places.label(each) for each in actor.areas],
        communes=rows[:MOST_COMMUNES],
        more=len(rows) - MOST_COMMUNES,
        producer_count=sum(row.producers for row in rows),
        product_count=sum(row.products for row in rows),
        months=_months(certificates.endings(actor), clock.today()),
        links=[(text, href, icon) for text, href, icon, admin in LINKS if actor.is_admin or not admin],
    )


def _communes() -> list[CommuneRow]:
    actor = frame.actor()
    makers = {Place(province, commune): count for province, commune, count in producers.by_commune(actor)}
    goods = {Place(province, commune): count for province, commune, count in catalog.by_commune(actor)}
    held = accounts.areas_held()
    found = [
        CommuneRow(
            places.label(place),
            places.slug(place),
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

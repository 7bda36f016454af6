"""Pages of rules: the short answer first, then the whole text with its version. Every figure comes from where it is used."""

from datetime import timedelta
from typing import Any

from flask import Response

from marketplace.cases.rules import ANSWER_HOURS, KIND_LABELS
from marketplace.delivery import queries as delivery
from marketplace.delivery.rules import DISTANCE_LABELS, NOTICE_DAYS, Distance, FeeRow, FeeTable
from marketplace.kit.clock import day_of
from marketplace.kit.i18n import _
from marketplace.law import table
from marketplace.law.rules import POLICIES
from marketplace.orders import rules as orders
from marketplace.search.rules import RANKING
from marketplace.web import frame
from marketplace.web.frame.firm import operator
from marketplace.web.storefront import linked_data
from marketplace.web.storefront.views.door import absolute, bp

ORDER = ("quy-che", "quyen-rieng-tu", "giao-hang", "doi-tra", "cach-sap-xep", "gioi-thieu")


def hours(span: timedelta) -> int:
    """Whole hours of a clock."""
    return int(span.total_seconds() // 3600)


def _rules_page(key: str, **context: Any) -> Response:
    others = [(POLICIES[other].title, f"/{other}") for other in ORDER if other != key]
    return frame.page(
        f"storefront/pages/{key.replace('-', '_')}.html",
        policy=POLICIES[key],
        others=others,
        firm=operator(),
        law=table.entry,
        canonical=absolute(f"/{key}"),
        linked=[linked_data.breadcrumbs([(_("Chợ"), absolute("/")), (str(POLICIES[key].title), absolute(f"/{key}"))])],
        **context,
    )


def _clocks() -> dict[str, int]:
    return {
        "hold": hours(orders.HOLD),
        "extra": hours(orders.EXTRA),
        "remind": hours(orders.REMIND),
        "tell": hours(orders.TELL),
        "may_cancel": hours(orders.BUYER_MAY_CANCEL),
    }


def _answers() -> list[tuple[object, int]]:
    return [(KIND_LABELS[kind], ANSWER_HOURS[kind]) for kind in KIND_LABELS]


@bp.get("/quy-che")
def operating_rules() -> Response:
    """How the market works, and what it owes to whom (NĐ 248/2026/NĐ-CP)."""
    return _rules_page("quy-che", answers=_answers(), clocks=_clocks())


@bp.get("/quyen-rieng-tu")
def privacy() -> Response:
    """The eight parts of NĐ 248/2026/NĐ-CP Điều 5, by Luật 91/2025/QH15."""
    return _rules_page("quyen-rieng-tu", retention=table.RETENTION)


@bp.get("/giao-hang")
def shipping() -> Response:
    """The fee table that holds now, those announced, and those that held before."""
    fees, since = delivery.fees(), delivery.fees_since()
    rows = _rows(fees)
    since_day = day_of(since) if since else POLICIES["giao-hang"].effective_from
    coming, past = delivery.fees_by_day()
    return _rules_page(
        "giao-hang",
        rows=rows,
        since=since_day,
        clocks=_clocks(),
        row_of=fees,
        coming=[(each, _rows(each.table)) for each in coming],
        past=[(each, _rows(each.table)) for each in past],
        notice_days=NOTICE_DAYS,
    )


def _rows(fees: FeeTable) -> list[tuple[object, FeeRow]]:
    return [(DISTANCE_LABELS[distance], fees.row(distance)) for distance in Distance]


@bp.get("/doi-tra")
def returns() -> Response:
    """Returning goods and getting money back."""
    return _rules_page("doi-tra", answers=_answers(), clocks=_clocks())


@bp.get("/cach-sap-xep")
def ranking() -> Response:
    """The numbers of the ranking, printed from the table the search itself uses (NĐ 248/2026/NĐ-CP Điều 11)."""
    return _rules_page("cach-sap-xep", weights=RANKING)


@bp.get("/gioi-thieu")
def about() -> Response:
    """What this market is and how to reach whoever runs it."""
    return _rules_page("gioi-thieu")

"""How often something goes wrong on this market, and how fast it is put right: figures for everybody."""

from flask import Response

from marketplace.cases import queries
from marketplace.cases.rules import ANSWER_HOURS, KIND_LABELS, RESOLVE_DAYS
from marketplace.kit.i18n import _
from marketplace.web import frame
from marketplace.web.storefront.views.door import absolute, bp, standing

ADDRESS = "/giai-quyet-van-de"


@bp.get(ADDRESS)
def problems() -> Response:
    """What was promised of each kind, and what became of it in the last twelve months."""
    together, by_kind = queries.market_figures()
    return frame.page(
        "storefront/problems.html",
        together=together,
        rows=[(KIND_LABELS[kind], ANSWER_HOURS[kind], by_kind[kind]) for kind in KIND_LABELS if kind in by_kind],
        days=RESOLVE_DAYS,
        canonical=absolute(ADDRESS),
        linked=standing((_("Giải quyết vấn đề"), ADDRESS)),
    )

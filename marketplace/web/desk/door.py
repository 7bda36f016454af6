"""The door of the desk: coordinators in their areas, admins in the whole country. Anyone else gets 404."""

from typing import Any

from flask import Blueprint, url_for

from marketplace.kit import clock, holding, outbox
from marketplace.kit.i18n import _
from marketplace.law import table
from marketplace.payments.queries import cards
from marketplace.places import queries as places
from marketplace.producers.models import Producer
from marketplace.web import frame
from marketplace.web.frame import officials_only

bp = Blueprint("desk", __name__, url_prefix="/dieu-phoi")
officials_only(bp)


@bp.context_processor
def area_and_law() -> dict[str, Any]:
    """What stands in the header of every page of the desk, what is stuck, and whether the table of law is old."""
    today = clock.today()
    return {
        "area_name": _area_name(),
        "law_is_old": bool(table.expired(today)) or table.needs_review(today),
        "stall_page": stall_page,
        **(_waits_for_an_admin() if frame.actor().is_admin else {}),
    }


def _waits_for_an_admin() -> dict[str, Any]:
    return {
        "is_held": holding.current() is not None,
        "lost_count": holding.open_count(),
        "stuck_count": outbox.given_up_count(),
        "doubt_count": cards.doubt_count(),
    }


def stall_page(maker: Producer) -> str:
    """Where an official looks at a maker: the desk's page in the own area, else the stall as everybody sees it."""
    if frame.actor().covers(maker.place):
        return url_for("desk.producer", key=maker.key)
    return f"/gian-hang/{maker.slug}"


def _area_name() -> str:
    actor = frame.actor()
    if actor.is_admin:
        return _("Cả nước")
    if len(actor.areas) == 1:
        return places.label(actor.areas[0])
    return _("%(n)s khu vực", n=len(actor.areas))

"""Cash that does not fit, or that a carrier has held for two weeks: both telephone numbers, to ask where it is."""

from flask import Response

from marketplace.payments.queries.cash import cash_for_area
from marketplace.web import frame
from marketplace.web.desk.door import bp
from marketplace.web.desk.views.slow import in_one_line


@bp.get("/tien-mat")
def cash() -> Response:
    """The oldest first."""
    found = cash_for_area(frame.actor())
    rows = [(each, in_one_line(each.producer_phone), in_one_line(each.buyer_phone)) for each in found]
    return frame.page("desk/cash.html", tab="refund", rows=rows)

"""The table of law with its dates: what holds today, what lapsed, what comes."""

from flask import Response

from marketplace.kit import clock
from marketplace.law import review, table
from marketplace.web import frame
from marketplace.web.desk.door import bp


@bp.get("/luat")
def law() -> Response:
    """Every row with its source. Read by coordinators as well: they decide by it."""
    today = clock.today()
    return frame.page(
        "desk/people/law.html",
        rows=[(row, row.holds_on(today), row.effective_from > today) for row in table.LAW],
        warnings=review.warnings(today),
        coming=review.coming(today),
        reviewed_on=table.REVIEWED_ON,
        review_by=table.REVIEWED_ON + table.REVIEW_EVERY,
    )

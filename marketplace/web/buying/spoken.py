"""What may be said of the goods of an order, and what was said."""

from dataclasses import dataclass
from datetime import datetime

from marketplace.kit import clock
from marketplace.payments.queries import GroupPage
from marketplace.payments.queries.views import LineView
from marketplace.reviews import queries
from marketplace.reviews.models import Review
from marketplace.reviews.rules import may_change, may_write


@dataclass(frozen=True)
class Spoken:
    """A line of an order and what was said of it: whether it may be written, or changed."""

    line_id: int
    name: str
    review: Review | None
    may_write: bool
    may_change: bool


def spoken_of(page: GroupPage) -> dict[int, list[Spoken]]:
    """Lines of delivered orders, by order, with what may be said of each. One statement, none before a delivery."""
    delivered = [parcel for parcel in page.orders if parcel.delivered_at is not None]
    said = queries.of_orders([parcel.order_id for parcel in delivered]) if delivered else {}
    return {
        parcel.order_id: [_spoken(line, said.get(line.line_id), parcel.delivered_at) for line in parcel.lines]
        for parcel in delivered
    }


def _spoken(line: LineView, review: Review | None, delivered_at: datetime | None) -> Spoken:
    now = clock.now()
    again = review is not None and may_change(review.written_at, review.edited_at, review.hidden_at, now)
    return Spoken(line.line_id, line.name, review, review is None and may_write(delivered_at, now), again)

"""The receipt of an order, to print and keep. It is not a tax invoice, and says so."""

from dataclasses import dataclass

from flask import Response, request

from marketplace.kit.errors import NotFound
from marketplace.kit.i18n import Text
from marketplace.law.table import entry
from marketplace.orders import queries as orders
from marketplace.payments.queries import OrderView
from marketplace.payments.queries.receipts import Paid, paid
from marketplace.payments.rules.receipt import PAID_BY
from marketplace.places import queries as places
from marketplace.producers import queries as producers
from marketplace.producers.models import Producer
from marketplace.web import frame
from marketplace.web.buying import shown
from marketplace.web.buying.door import bp
from marketplace.web.buying.views.order import is_mine, page_of


@dataclass(frozen=True)
class Part:
    """One seller's receipt. `seller_at`: down to the street for the buyer, the commune for others."""

    order: OrderView
    seller: Producer
    seller_at: str
    paid: Paid
    way: Text


@bp.get("/don-hang/<token>/bien-nhan")
def receipt(token: str) -> Response:
    """What was bought from whom, what was paid, when and how; with `don` one order of the checkout alone."""
    found, mine, wanted = page_of(token), is_mine(token), request.args.get("don", "")
    page = shown.masked(found, mine=mine)
    parcels = [one for one in page.orders if one.code == wanted or not wanted]
    if not parcels:
        raise NotFound
    sellers, money = producers.many(one.producer_id for one in parcels), paid(one.order_id for one in parcels)
    return frame.page(
        "buying/order/receipt.html",
        page=page,
        parts=[_part(one, sellers[one.producer_id], money[one.order_id], mine=mine) for one in parcels],
        receiver=shown.receiver(found.buyer, mine=mine),
        law=entry("invoice.consumer"),
        invoice=orders.invoice_of(found.group_id) if mine else None,
    )


def _part(order: OrderView, seller: Producer, money: Paid, *, mine: bool) -> Part:
    line = places.full_line(seller.place, seller.village, seller.old_place)
    where = ", ".join(filter(None, [seller.street if mine else "", line]))
    return Part(order, seller, where, money, PAID_BY[money.method])

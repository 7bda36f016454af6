"""All opinions of one product, newest first."""

from flask import request
from werkzeug.wrappers import Response

from marketplace.reviews import queries
from marketplace.reviews.rules import FEELING_LABELS
from marketplace.shelf import queries as shelf
from marketplace.shelf.rules import ProductPage
from marketplace.web import frame
from marketplace.web.frame.age import adult_ok
from marketplace.web.storefront.views.door import absolute, bp
from marketplace.web.storefront.views.log import LAST_ID
from marketplace.web.storefront.views.product import ask_age, elsewhere, linked_product

PER_PAGE = 10


@bp.get("/san-pham/<slug>/y-kien")
def opinions(slug: str) -> Response:
    """Those taken down stand among them with the reason."""
    found = shelf.product_page(slug)
    if not isinstance(found, ProductPage):
        return elsewhere(found, "/san-pham/{}/y-kien")
    if found.adult and not adult_ok():
        return ask_age(found)
    before = request.args.get("truoc", type=int)
    before = before if before is not None and 0 < before < LAST_ID else None
    return frame.page(
        "storefront/opinions.html",
        product=found,
        opinions=queries.of_product(found.id, limit=PER_PAGE, before=before),
        labels=FEELING_LABELS,
        canonical=absolute(f"{found.url}/y-kien"),
        linked=linked_product(found),
    )

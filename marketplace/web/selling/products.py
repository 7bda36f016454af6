"""What the pages of one product share: finding it, where each field is mended, and which page comes next."""

from flask import abort, request, url_for
from werkzeug.wrappers import Response

from marketplace.catalog import queries, rules
from marketplace.catalog.models import Product
from marketplace.kit.errors import Refused
from marketplace.web import frame
from marketplace.web.selling.door import producer_id

_PAGES = {
    "photo": "selling.photos",
    "name": "selling.product_name",
    "set": "selling.product_set",
    "class": "selling.product_class",
    "price": "selling.product_price",
    "stock": "selling.product_stock",
    "papers": "selling.papers",
    "certificate": "selling.certificates",
}


def own_product(key: str) -> Product:
    """The acting producer's product; 404 for anybody else's and for none."""
    product = queries.of_producer(producer_id(), key)
    if product is None:
        abort(404)
    return product


def page_of(product: Product, field: str) -> str:
    """The address of the page that mends a field."""
    if field in _PAGES:
        return url_for(_PAGES[field], key=product.key)
    asked = next((q for q in rules.questions(product.set_no) if q.field == field), None) if product.set_no else None
    if asked is None:
        return url_for("selling.product_review", key=product.key)
    return url_for("selling.product_question", key=product.key, slug=asked.slug)


def next_page(product: Product, *, but: str = "") -> str:
    """Where to go after an answer: back to the review when it came from there, else the next open question."""
    if request.args.get("ve") == "xem-lai" or product.state not in rules.EDITABLE:
        return url_for("selling.product_review", key=product.key)
    lacking = [one.field for one in rules.missing(queries.facts(product))]
    if queries.photos(product.id):  # a picture that failed is mended last, and never while standing on its page
        lacking = sorted((one for one in lacking if one != but), key=lambda one: one == "photo")
    return page_of(product, lacking[0]) if lacking else url_for("selling.product_review", key=product.key)


def locked(product: Product) -> Response | None:
    """Back to the product with the reason why this may not be written now; nothing while it may."""
    try:
        rules.require_editable(product.state)
    except Refused as refusal:
        frame.flash(str(refusal.message), kind="info")
        return frame.back_to("selling.product", key=product.key)
    return None


def unit_of(product: Product) -> str:
    """What one of it is called, for the sentences of the questions."""
    first = next(iter(queries.variants(product.id)), None)
    return first.unit if first else "hộp"

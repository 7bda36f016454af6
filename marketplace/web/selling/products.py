"""What the pages of one product share: finding it, where each field is mended, and which page comes next."""

from flask import abort, request, url_for

from marketplace.catalog import queries, rules
from marketplace.catalog.models import Product
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


def next_page(product: Product) -> str:
    """Where to go after an answer: back to the review when it came from there, else the next open question."""
    if request.args.get("ve") == "xem-lai" or product.state not in rules.EDITABLE:
        return url_for("selling.product_review", key=product.key)
    for lacking in rules.missing(queries.facts(product)):
        return page_of(product, lacking.field)
    return url_for("selling.product_review", key=product.key)


def unit_of(product: Product) -> str:
    """What one of it is called, for the sentences of the questions."""
    first = next(iter(queries.variants(product.id)), None)
    return first.unit if first else "hộp"

"""Products: a searched list, and one by its slug."""

from flask import Response, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.kit.errors import BadInput, NotFound
from marketplace.kit.i18n import _
from marketplace.kit.text import whole
from marketplace.search import queries as search
from marketplace.search.rules import Query
from marketplace.shelf import queries as shelf
from marketplace.shelf.rules import Moved, ProductPage
from marketplace.web.api.views.answers import of_card, of_page, until_age_answer
from marketplace.web.api.views.door import bp
from marketplace.web.frame.age import adult_ok

LONGEST_TEXT = 200
MOST_PER_PAGE = 100
MOST_PAGES = 10_000
KNOWN = {"q", "page", "per_page"}


@bp.get("/products")
def products() -> Response:
    """`{total, page, per_page, items}` for `q` (may be empty), `page` from 1, `per_page` 1-100 (30)."""
    if unknown := sorted(set(request.args) - KNOWN):
        raise BadInput(_("Không có tham số %(name)s. Chỉ dùng q, page và per_page.", name=unknown[0]))
    page, per_page = _number("page", 1, MOST_PAGES), _number("per_page", 30, MOST_PER_PAGE)
    found = search.find(Query(text=_text(), page=page, per_page=per_page))
    items = [of_card(card) for card in shelf.cards(found.ids, adult_ok=adult_ok())]
    return jsonify(total=found.total, page=page, per_page=per_page, items=items)


@bp.get("/products/<slug>")
def product(slug: str) -> AnyResponse:
    """One product on sale; an old slug is answered with its new address."""
    found = shelf.product_page(slug)
    if isinstance(found, Moved):
        return redirect(f"/api/v1/products/{found.slug}", 301)
    if not isinstance(found, ProductPage):
        raise NotFound(_("Không có sản phẩm này trên chợ."))
    answer = of_page(found)
    return jsonify(until_age_answer(answer) if found.adult and not adult_ok() else answer)


def _text() -> str:
    text = request.args.get("q", "")
    if len(text) > LONGEST_TEXT:
        raise BadInput(_("q dài quá %(most)s chữ.", most=LONGEST_TEXT), "q")
    return text


def _number(name: str, default: int, most: int) -> int:
    said = request.args.get(name)
    if said is None:
        return default
    number = whole(said)
    if number is None or not 1 <= number <= most:
        raise BadInput(_("%(name)s phải là số từ 1 đến %(most)s.", name=name, most=most), name)
    return number

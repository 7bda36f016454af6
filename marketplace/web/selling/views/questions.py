"""What the chosen set still needs, one question a page, then the review and "Gửi duyệt"."""

from flask import abort, redirect, request
from werkzeug.wrappers import Response

from marketplace.catalog import actions, queries, rules
from marketplace.catalog.models import Product, Variant
from marketplace.certificates import queries as certificates
from marketplace.kit.errors import BadInput
from marketplace.web import frame
from marketplace.web.selling.door import bp
from marketplace.web.selling.forms.products import question_form
from marketplace.web.selling.products import locked, next_page, own_product, page_of, unit_of
from marketplace.web.selling.shown import answer_shown, photo_address, review_rows
from marketplace.web.selling.views.revisions import revision_page


@bp.route("/ban-hang/hang/<key>/cau-hoi/<slug>", methods=["GET", "POST"])
def product_question(key: str, slug: str) -> Response:
    """One question of the set."""
    product = own_product(key)
    asked = rules.question(product.set_no, slug) if product.set_no else None
    if asked is None or product.set_no is None:
        abort(404)
    if request.method == "GET" and (closed := locked(product)):
        return closed
    title = str(asked.title) % {"unit": unit_of(product)} if "%(" in str(asked.title) else str(asked.title)
    form = question_form(asked, product.set_no, title).of_request(answer=_stored(product, asked))
    if request.method == "POST":
        try:
            actions.answer(frame.actor(), product.id, slug, request.form.get("answer", ""))
            return redirect(next_page(own_product(key)), 303)
        except BadInput as refusal:
            form.refuse(refusal, "answer")
    product, bad = own_product(key), request.method == "POST"
    return frame.page(
        "selling/products/question.html", status=422 if bad else 200, form=form, asked=asked, product=product,
        title=title, photos=queries.photos(product.id), has_errors=bad, photo_address=photo_address,
    )  # fmt: skip


def _stored(product: Product, asked: rules.Question) -> str:
    """The answer given before, as it would be typed."""
    first = next(iter(queries.variants(product.id)), None)
    if asked.kind in (rules.AnswerKind.MEASURE, rules.AnswerKind.WEIGHT):
        return _measured(first, asked) if first else ""
    value = getattr(product, asked.field)
    if asked.kind is rules.AnswerKind.YES_NO:
        return {True: "co", False: "khong"}.get(value, "")
    if value in (None, "") and asked.field == "warnings":
        return str(rules.first_text(product.set_no or 0, "warnings"))
    return "" if value is None else str(value)


def _measured(variant: Variant, asked: rules.Question) -> str:
    if asked.kind is rules.AnswerKind.WEIGHT:
        return rules.show_measure(variant.shipping_weight_g, None) if variant.shipping_weight_g else ""
    return rules.show_measure(variant.net_weight_g, variant.net_volume_ml)


@bp.get("/ban-hang/hang/<key>/xem-lai")
def product_review(key: str) -> Response:
    """Everything said so far, each line with its way back, and the one button."""
    product = own_product(key)
    return _review(product) if product.revises_id is None else revision_page(product)


@bp.post("/ban-hang/hang/<key>/xem-lai")
def product_submit(key: str) -> Response:
    """Send it to be approved."""
    product = own_product(key)
    try:
        actions.submit(frame.actor(), product.id)
    except BadInput as refusal:
        again = own_product(key)
        return _review(again, bad=True) if again.revises_id is None else revision_page(again, refusal.message)
    return frame.back_to("selling.product", key=key)


def _review(product: Product, *, bad: bool = False) -> Response:
    lacking = rules.missing(queries.facts(product))
    papers = queries.documents(product.id)
    return frame.page(
        "selling/products/review.html",
        status=422 if bad else 200,
        product=product,
        has_errors=bad and bool(lacking),
        bad=bad,
        lacking=[(one.message, page_of(product, one.field) + "?ve=xem-lai") for one in lacking],
        rows=review_rows(product, queries.variants(product.id)),
        photos=queries.photos(product.id),
        photo_address=photo_address,
        papers=papers,
        papers_missing=rules.papers_missing(product.set_no, [paper.kind for paper in papers]),
        certificates=certificates.of_product(product.id),
        editable=product.state in rules.EDITABLE,
        has_cart=rules.has_cart(product.set_no),
        answer_shown=answer_shown,
    )

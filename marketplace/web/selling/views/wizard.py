"""A new product, one question a page: photo, name, set, price, how many. Every page saves a draft."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from marketplace.catalog import actions, queries, rules
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import _, said
from marketplace.kit.storage import private_store
from marketplace.kit.text import random_key
from marketplace.law.rules import SETS
from marketplace.web import frame
from marketplace.web.frame.words import number
from marketplace.web.selling.door import bp, producer_id
from marketplace.web.selling.forms.products import (
    ClassForm,
    NameForm,
    PhotoForm,
    PriceForm,
    SetForm,
    StockForm,
    VariantForm,
    grouped_sets,
)
from marketplace.web.selling.products import locked, next_page, own_product

PRICED = (PriceForm, StockForm, VariantForm)
"""Questions that a visit, agreed by telephone, has no answer to."""


def keep_photo(form: PhotoForm) -> tuple[str, rules.Picture]:
    """Judge the first bytes and keep the original privately; its key and what its header says. Refuses (BadInput)."""
    content = form.content()
    picture = rules.inspect_picture(content)
    return private_store().put(content, picture.ext), picture


@bp.get("/ban-hang/hang/moi")
def new_product() -> Response:
    """Begin with a photo."""
    return frame.page("selling/products/new.html", form=PhotoForm(ma=random_key()), product=None)


@bp.post("/ban-hang/hang/moi")
def new_product_send() -> Response:
    """A draft with its first photo; the same page sent twice makes one."""
    form = PhotoForm.of_request()
    try:
        original_key, picture = keep_photo(form)
        product_id = actions.begin_with_photo(
            frame.actor(), producer_id(), key=form.ma.data or None, original_key=original_key, picture=picture
        )
    except BadInput as refusal:
        form.refuse(refusal, "chup")
        return frame.page("selling/products/new.html", status=422, form=form, product=None, has_errors=True)
    product = queries.product(product_id)
    return redirect(next_page(product) if product else url_for("selling.products"), 303)


@bp.route("/ban-hang/hang/<key>/ten", methods=["GET", "POST"])
def product_name(key: str) -> Response:
    """What it is called."""
    product = own_product(key)
    form = NameForm.of_request(name=product.name)
    if request.method == "POST":
        try:
            actions.name(frame.actor(), product.id, form.name.data or "")
            return redirect(next_page(own_product(key)), 303)
        except BadInput as refusal:
            form.refuse(refusal, "name")
    return _page("selling/products/name.html", key, form)


@bp.route("/ban-hang/hang/<key>/nhom", methods=["GET", "POST"])
def product_set(key: str) -> Response:
    """Which of the 26 sets, proposed from the name."""
    product = own_product(key)
    proposed, chosen = rules.propose_sets(product.name), product.set_no
    form = SetForm.of_request()
    form.offer(proposed, chosen, fill=request.method == "GET")
    if request.method == "POST":
        try:
            actions.choose_set(frame.actor(), product.id, form.number)
            return redirect(next_page(own_product(key)), 303)
        except BadInput as refusal:
            form.refuse(refusal, "set")
    shown = [int(value) for value, *_rest in form.set.iter_choices()]
    examples = {str(one.no): said(one.example) for one in SETS.values()}
    return _page(
        "selling/products/set.html", key, form, groups=grouped_sets(shown), proposed=proposed, examples=examples
    )


@bp.route("/ban-hang/hang/<key>/gia", methods=["GET", "POST"])
def product_price(key: str) -> Response:
    """Price and unit; a draft goes on to how many there are."""
    product = own_product(key)
    first = next(iter(queries.variants(product.id)), None)
    form = PriceForm.of_request(
        price=number(first.price) if first and first.price else "",
        unit=first.unit if first else rules.usual_unit(product.set_no),
    )
    if request.method == "POST":
        try:
            actions.price(frame.actor(), product.id, form.price.data or "", form.unit_text)
        except BadInput as refusal:
            form.refuse(refusal, "price")
        else:
            return redirect(_after_price(key), 303)
    return _page("selling/products/price.html", key, form, variant=first)


def _after_price(key: str) -> str:
    product = own_product(key)
    counted = sum(variant.on_hand for variant in queries.variants(product.id))
    if request.args.get("ve") or counted or not rules.keeps_stock(product.set_no):
        return next_page(product)
    return url_for("selling.product_stock", key=key)


@bp.route("/ban-hang/hang/<key>/xep-loai", methods=["GET", "POST"])
def product_class(key: str) -> Response:
    """Farm product or craft-village product; the set proposes, the maker decides."""
    product = own_product(key)
    form = ClassForm.of_request(klass=product.klass.value)
    if form.accepts():
        actions.choose_class(frame.actor(), product.id, rules.Klass(form.klass.data))
        return frame.back_to("selling.product_review", key=key)
    return _page("selling/products/class.html", key, form)


@bp.route("/ban-hang/hang/<key>/so-luong", methods=["GET", "POST"])
def product_stock(key: str) -> Response:
    """How many there are to sell, said for the first time; later the product page adds and counts."""
    product = own_product(key)
    variant = next(iter(queries.variants(product.id)), None)
    if not rules.has_cart(product.set_no):
        return frame.back_to("selling.product_review", key=key)
    if variant is None:
        return redirect(url_for("selling.product_price", key=key), 303)
    form = StockForm.of_request()
    if request.method == "POST":
        try:
            actions.say_stock(frame.actor(), product.id, variant.id, text=form.add.data or "")
            return redirect(next_page(own_product(key)), 303)
        except BadInput as refusal:
            form.refuse(refusal, "add")
    elif variant.on_hand:
        form.add.data = str(variant.on_hand)
    return _page("selling/products/stock.html", key, form, variant=variant)


def _page(template: str, key: str, form: frame.Form, **more: object) -> Response:
    """The page as asked for, or as it was sent with what has to be put right."""
    product = own_product(key)
    bad = request.method == "POST"
    if not bad and (closed := locked(product)):
        return closed
    at_once = product.revises_id is not None and isinstance(form, (PriceForm, StockForm))
    if not bad and (at_once or (isinstance(form, PRICED) and not rules.has_cart(product.set_no))):
        return frame.back_to("selling.product_review", key=key)
    return frame.page(
        template,
        status=422 if bad else 200,
        form=form,
        product=product,
        photos=queries.photos(product.id),
        has_errors=bad,
        **more,
    )


@bp.route("/ban-hang/hang/<key>/loai", methods=["GET", "POST"])
def variants(key: str) -> Response:
    """The ways it is packed, and one more."""
    product = own_product(key)
    form = VariantForm.of_request()
    if request.method == "POST":
        typed = {field.name: field.data or "" for field in form}
        try:
            actions.add_variant(frame.actor(), product.id, **typed)
            frame.flash(_("Đã thêm một loại."))
            return frame.back_to("selling.variants", key=key)
        except BadInput as refusal:
            form.refuse(refusal, "label")
    return _page("selling/products/variants.html", key, form, variants=queries.variants(own_product(key).id))


@bp.post("/ban-hang/hang/<key>/loai/<int:variant_id>/bo")
def remove_variant(key: str, variant_id: int) -> Response:
    """Offered no more, with the way back."""
    actions.remove_variant(frame.actor(), own_product(key).id, variant_id)
    frame.flash(_("Đã bỏ loại này."), undo=url_for("selling.restore_variant", key=key, variant_id=variant_id))
    return frame.back_to("selling.variants", key=key)


@bp.post("/ban-hang/hang/<key>/loai/<int:variant_id>/lay-lai")
def restore_variant(key: str, variant_id: int) -> Response:
    """Taken back."""
    actions.restore_variant(frame.actor(), own_product(key).id, variant_id)
    frame.flash(_("Đã lấy lại loại này."))
    return frame.back_to("selling.variants", key=key)

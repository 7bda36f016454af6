"""Her products: the list, one product with its state in words, and what changes at once: price, stock, pause."""

from collections.abc import Callable

from flask import url_for
from werkzeug.wrappers import Response

from marketplace.catalog import actions, queries, rules
from marketplace.catalog.models import Product, Variant
from marketplace.certificates import queries as certificates
from marketplace.kit import clock
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import _
from marketplace.kit.text import random_key, whole
from marketplace.producers.rules import ProducerState
from marketplace.web import frame
from marketplace.web.frame.words import number
from marketplace.web.selling.door import acting, bp, producer_id
from marketplace.web.selling.forms.products import CountForm, LinePriceForm, StockForm
from marketplace.web.selling.products import own_product
from marketplace.web.selling.shown import mending, photo_address, review_rows
from marketplace.web.selling.views.revisions import WORDS, revision_page


@bp.get("/ban-hang/hang")
def products() -> Response:
    """Everything she has."""
    return frame.page(
        "selling/products/list.html",
        products=queries.for_producer(producer_id()),
        labels=rules.STATE_LABELS,
        keeps_stock=rules.keeps_stock,
        has_cart=rules.has_cart,
        gone=len(queries.for_producer(producer_id(), withdrawn=True)),
    )


@bp.get("/ban-hang/hang/da-xoa")
def deleted_products() -> Response:
    """What she deleted, with the way to take it back."""
    return frame.page("selling/products/deleted.html", products=queries.for_producer(producer_id(), withdrawn=True))


@bp.get("/ban-hang/hang/<key>")
def product(key: str) -> Response:
    """State in words, what comes next, and what can be changed now."""
    one = own_product(key)
    return _product_page(one) if one.revises_id is None else revision_page(one)


def _product_page(one: Product, bad: tuple[int, frame.Form] | None = None) -> Response:
    papers, pending = queries.documents(one.id), queries.open_revision(one.id)
    lacking = rules.missing(queries.facts(one)) if one.state in rules.EDITABLE else []
    stall_open = acting().state is ProducerState.ACTIVE or one.state is not rules.ProductState.ON_SALE
    return frame.page(
        "selling/products/product.html",
        status=422 if bad else 200,
        product=one,
        stall=acting(),
        has_errors=bool(bad),
        refused=bad[1] if bad else None,
        label=rules.STATE_LABELS[one.state],
        next_words=rules.WHAT_NEXT[one.state]
        if stall_open
        else _("Gian hàng chưa mở nên người mua chưa thấy sản phẩm nào."),
        points=mending(one),
        lacking=lacking,
        photos=queries.photos(one.id),
        photo_address=photo_address,
        lines=[_line(variant, bad) for variant in queries.variants(one.id)] if rules.has_cart(one.set_no) else [],
        rows=review_rows(one, queries.variants(one.id)),
        papers=papers,
        papers_missing=rules.papers_missing(one.set_no, [paper.kind for paper in papers]),
        buttons=dict(rules.PRODUCT_MOVES.buttons(one.state, frame.actor())),
        may_change=one.state in rules.EDITABLE | rules.LIVE,
        live=one.state in rules.LIVE,
        pending=pending,
        pending_words=WORDS[pending.state] if pending else None,
        pending_changes=queries.difference(pending).sentences if pending else [],
        keeps_stock=rules.keeps_stock(one.set_no),
        certificates=certificates.of_product(one.id),
        badge=certificates.live([one.id], clock.today()).get(one.id),
        public_url=f"/san-pham/{one.slug}" if one.state is rules.ProductState.ON_SALE and stall_open else "",
    )


def _line(variant: Variant, bad: tuple[int, frame.Form] | None) -> dict[str, object]:
    """A variant with its three small forms; the one that was refused keeps what was typed."""
    prefix = f"v{variant.id}"
    forms: dict[str, frame.Form] = {
        "price": LinePriceForm(prefix=prefix, price=number(variant.price)),
        "add": StockForm(prefix=prefix, ma=random_key(16)),
        "count": CountForm(prefix=prefix, seen=str(variant.on_hand)),
    }
    if bad and bad[0] == variant.id:
        name = next(name for name, form in forms.items() if type(form) is type(bad[1]))
        forms[name] = bad[1]
        if isinstance(bad[1], CountForm):
            bad[1].seen.data = str(variant.on_hand)  # the page now says this number, so the next try is against it
    return {
        "variant": variant,
        "left": variant.on_hand - variant.held,
        "word": rules.stock_word(variant.on_hand, variant.held),
        "per": rules.price_per_kg(variant.price, variant.net_weight_g, variant.net_volume_ml),
        **{f"{name}_form": form for name, form in forms.items()},
    }


def _answered(key: str, done: str, variant_id: int, form: frame.Form, refusal: BadInput | None) -> Response:
    """The product page with the word of what was done; refused, the same page with what was typed."""
    if refusal is not None:
        form.refuse(refusal, next(iter(form)).short_name)
        return _product_page(own_product(key), (variant_id, form))
    frame.flash(done)
    return frame.back_to("selling.product", key=key)


def _refusal(verb: Callable[[], object]) -> BadInput | None:
    try:
        verb()
    except BadInput as refusal:
        return refusal
    return None


@bp.post("/ban-hang/hang/<key>/gia/<int:variant_id>")
def change_price(key: str, variant_id: int) -> Response:
    """A new price, at once."""
    one, form = own_product(key), LinePriceForm.of_request(prefix=f"v{variant_id}")
    product_id, text = one.id, form.price.data or ""
    refusal = _refusal(lambda: actions.set_price(frame.actor(), product_id, variant_id, text))
    return _answered(key, _("Đã đổi giá. Đơn đã đặt giữ giá cũ."), variant_id, form, refusal)


@bp.post("/ban-hang/hang/<key>/them/<int:variant_id>")
def add_stock(key: str, variant_id: int) -> Response:
    """So many more."""
    one, form = own_product(key), StockForm.of_request(prefix=f"v{variant_id}")
    product_id, text, page = one.id, form.add.data or "", form.ma.data or None
    refusal = _refusal(lambda: actions.add_stock(frame.actor(), product_id, variant_id, add_text=text, key=page))
    return _answered(key, _("Đã thêm vào kho."), variant_id, form, refusal)


@bp.post("/ban-hang/hang/<key>/dem/<int:variant_id>")
def count_stock(key: str, variant_id: int) -> Response:
    """The shelf was counted."""
    one, form = own_product(key), CountForm.of_request(prefix=f"v{variant_id}")
    product_id, text, said = one.id, form.counted.data or "", form.seen.data or ""
    counted = whole(said)
    seen = -1 if counted is None else counted
    refusal = _refusal(
        lambda: actions.count_stock(
            frame.actor(), product_id, variant_id, counted_text=text, seen=-1 if seen is None else seen
        )
    )
    return _answered(key, _("Đã ghi số vừa đếm."), variant_id, form, refusal)


@bp.post("/ban-hang/hang/<key>/tam-dung")
def pause(key: str) -> Response:
    """Off the shelf at once."""
    actions.pause(frame.actor(), own_product(key).id)
    frame.flash(_("Đã tạm dừng bán. Người mua không còn thấy sản phẩm này."), undo=url_for("selling.resume", key=key))
    return frame.back_to("selling.product", key=key)


@bp.post("/ban-hang/hang/<key>/ban-tiep")
def resume(key: str) -> Response:
    """Back on the shelf."""
    actions.resume(frame.actor(), own_product(key).id)
    frame.flash(_("Đã bán tiếp. Người mua lại thấy sản phẩm này."))
    return frame.back_to("selling.product", key=key)


@bp.post("/ban-hang/hang/<key>/lay-ve")
def take_back(key: str) -> Response:
    """Back from the queue, to change something."""
    actions.take_back(frame.actor(), own_product(key).id)
    frame.flash(_("Đã lấy về. Sửa xong thì gửi lại."))
    return frame.back_to("selling.product_review", key=key)


@bp.post("/ban-hang/hang/<key>/xoa")
def withdraw(key: str) -> Response:
    """Deleted; the next page says how to take it back."""
    one = own_product(key)
    name, product_id = one.name or _("sản phẩm đang soạn"), one.id
    live = queries.revised(one).key if one.revises_id is not None else ""
    actions.withdraw(frame.actor(), product_id)
    undo = url_for("selling.restore", key=key)
    if live:
        frame.flash(_("Đã bỏ các thay đổi. Bản đang bán giữ nguyên."), undo=undo)
        return frame.back_to("selling.product", key=live)
    frame.flash(_("Đã xóa %(name)s.", name=name), undo=undo)
    return frame.back_to("selling.products")


@bp.post("/ban-hang/hang/<key>/lay-lai")
def restore(key: str) -> Response:
    """Taken back."""
    actions.restore(frame.actor(), own_product(key).id)
    frame.flash(_("Đã lấy lại."))
    return frame.back_to("selling.product", key=key)

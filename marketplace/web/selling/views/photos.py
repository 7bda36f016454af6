"""Photos of a product: add, show to their maker, put first, delete and take back."""

import io

from flask import abort, redirect, request, send_file, url_for
from werkzeug.wrappers import Response

from marketplace.catalog import actions, queries, rules
from marketplace.catalog.models import Photo, Product
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import _
from marketplace.kit.storage import public_store
from marketplace.web import frame
from marketplace.web.selling.door import bp
from marketplace.web.selling.forms.products import PhotoForm
from marketplace.web.selling.products import next_page, own_product
from marketplace.web.selling.shown import photo_address
from marketplace.web.selling.views.wizard import keep_photo


@bp.get("/ban-hang/hang/<key>/anh")
def photos(key: str) -> Response:
    """All photos, with what the worker said of each."""
    return _photos_page(own_product(key), PhotoForm())


def _photos_page(product: Product, form: PhotoForm, status: int = 200) -> Response:
    present = queries.photos(product.id)
    return frame.page(
        "selling/products/photos.html",
        status=status,
        form=form,
        product=product,
        photos=present,
        photo_address=photo_address,
        editable=product.state in rules.EDITABLE,
        may_revise=product.state in rules.LIVE,
        may_order=product.state in rules.EDITABLE | rules.LIVE,
        room=len(present) < rules.MOST_PHOTOS,
        onward=next_page(product, but="photo"),
        has_errors=status != 200,
    )


@bp.post("/ban-hang/hang/<key>/anh")
def add_photo(key: str) -> Response:
    """One more photo."""
    form, product = PhotoForm.of_request(), own_product(key)
    try:
        original_key, picture = keep_photo(form)
        actions.add_photo(frame.actor(), product.id, original_key=original_key, picture=picture)
    except BadInput as refusal:
        form.refuse(refusal, "chup")
        return _photos_page(own_product(key), form, 422)
    return redirect(url_for("selling.photos", key=key, ve=request.args.get("ve")), 303)


def _photo(key: str, photo_key: str) -> tuple[Product, Photo]:
    product = own_product(key)
    photo = queries.photo(product.id, photo_key)
    if photo is None:
        abort(404)
    return product, photo


@bp.get("/ban-hang/hang/<key>/anh/<photo_key>/<int:width>")
def photo_file(key: str, photo_key: str, width: int) -> Response:
    """The photo as buyers will see it, before they do."""
    stored = _photo(key, photo_key)[1].sizes
    best = rules.nearest(stored, width)
    if not best:
        abort(404)
    answer = send_file(io.BytesIO(public_store().path(best).read_bytes()), mimetype="image/webp")
    answer.headers["Cache-Control"] = "private, max-age=2592000, immutable"  # the key names this very picture
    return answer


@bp.post("/ban-hang/hang/<key>/anh/<photo_key>/dau")
def first_photo(key: str, photo_key: str) -> Response:
    """The face of the product from now on."""
    product, photo = _photo(key, photo_key)
    actions.first_photo(frame.actor(), product.id, photo.id)
    frame.flash(_("Đã đưa ảnh này lên đầu."))
    return frame.back_to("selling.photos", key=key)


@bp.post("/ban-hang/hang/<key>/anh/<photo_key>/xoa")
def remove_photo(key: str, photo_key: str) -> Response:
    """Deleted, with the way back."""
    product, photo = _photo(key, photo_key)
    actions.remove_photo(frame.actor(), product.id, photo.id)
    frame.flash(_("Đã xóa ảnh."), undo=url_for("selling.restore_photo", key=key, photo_key=photo_key))
    return frame.back_to("selling.photos", key=key)


@bp.post("/ban-hang/hang/<key>/anh/<photo_key>/lay-lai")
def restore_photo(key: str, photo_key: str) -> Response:
    """Taken back."""
    product, photo = _photo(key, photo_key)
    actions.restore_photo(frame.actor(), product.id, photo.id)
    frame.flash(_("Đã lấy lại ảnh."))
    return frame.back_to("selling.photos", key=key)

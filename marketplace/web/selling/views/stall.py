"""Her stall as buyers see it: story, Zalo, photo."""

from flask import request
from werkzeug.wrappers import Response

from marketplace.accounts.rules import show_phone
from marketplace.catalog import rules as catalog_rules
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import _
from marketplace.kit.storage import private_store
from marketplace.places import queries as places
from marketplace.producers import actions, queries
from marketplace.producers.rules import KIND_LABELS, ProducerState
from marketplace.web import frame
from marketplace.web.selling.door import acting, bp, producer_id
from marketplace.web.selling.forms.application import MakerPhotoForm
from marketplace.web.selling.forms.stall import StallForm


@bp.get("/ban-hang/gian-hang")
def stall() -> Response:
    """Everything about the stall."""
    one = acting()
    payee = queries.payee_of(one.id)
    return frame.page(
        "selling/stall/stall.html",
        stall=one,
        kind=KIND_LABELS[one.kind],
        place=places.full_line(one.place, one.village, one.old_place),
        phone=show_phone(one.phone),
        payee=payee,
        bank=queries.bank(payee.bank_bin) if payee else None,
        is_open=one.state is ProducerState.ACTIVE,
    )


@bp.route("/ban-hang/gian-hang/ke-chuyen", methods=["GET", "POST"])
def stall_story() -> Response:
    """What the stall tells."""
    one = acting()
    form = StallForm.of_request(story=one.story, zalo=one.zalo)
    if form.accepts():
        try:
            actions.write_stall(frame.actor(), producer_id(), story=form.story.data or "", zalo=bool(form.zalo.data))
        except BadInput as refusal:
            form.refuse(refusal, "story")
        else:
            frame.flash(_("Đã lưu lời kể."))
            return frame.back_to("selling.stall")
    bad = request.method == "POST"
    return frame.page("selling/stall/story.html", status=422 if bad else 200, has_errors=bad, form=form)


@bp.route("/ban-hang/gian-hang/anh", methods=["GET", "POST"])
def stall_photo() -> Response:
    """The face of the stall."""
    form = MakerPhotoForm.of_request()
    if request.method == "POST":
        content = form.content()
        try:
            picture = catalog_rules.inspect_picture(content)
            actions.set_photo(frame.actor(), producer_id(), private_store().put(content, picture.ext))
        except BadInput as refusal:
            form.refuse(refusal, "chup")
        else:
            frame.flash(_("Đã nhận ảnh. Vài phút nữa ảnh hiện trên gian hàng."))
            return frame.back_to("selling.stall")
    bad = request.method == "POST"
    return frame.page("selling/stall/photo.html", status=422 if bad else 200, has_errors=bad, form=form, stall=acting())

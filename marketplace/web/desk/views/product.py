"""Deciding on a product, and taking one off the shelf."""

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts import queries as accounts
from marketplace.catalog import actions, queries
from marketplace.catalog.models import Photo, Product, Variant
from marketplace.catalog.rules import (
    KLASS_LABELS,
    PRODUCT_MOVES,
    REACH_LABELS,
    STATE_LABELS,
    ProductState,
    SentAgain,
    desk_sees,
    field_name,
    has_cart,
    missing,
    nearest,
    papers_missing,
    price_per_kg,
    questions,
    show_measure,
)
from marketplace.certificates import queries as certificates
from marketplace.certificates.rules import STAGE_LABELS, stage
from marketplace.delivery.rules import Reach
from marketplace.kit import clock
from marketplace.kit.errors import AlreadyDecided, NotFound, Refused
from marketplace.kit.i18n import Text, _, lazy
from marketplace.kit.money import show_dong
from marketplace.law.rules import DOCUMENT_LABELS, SETS, DocumentKind
from marketplace.producers import queries as producers
from marketplace.producers.rules import KIND_LABELS, ProducerState, blocking
from marketplace.web import frame
from marketplace.web.desk.door import bp
from marketplace.web.desk.forms.decision import DecisionForm
from marketplace.web.desk.forms.reasons import reasons_for
from marketplace.web.desk.views.checks import made_at, product_checks
from marketplace.web.desk.views.decided import already, sent_again


class NotOnTheDesk(NotFound):
    """Nothing here was sent to the desk, or its maker took it back."""

    message = lazy("Không có hàng nào gửi duyệt ở trang này. Người bán có thể đã lấy về để sửa.")


def _on_desk(key: str) -> Product:
    """The product, once it was sent; a draft is its maker's own, and nobody else learns that there is one."""
    found = queries.by_key(key)
    if found is None or found.revises_id is not None or not desk_sees(found.state, found.withdrawn_from):
        raise NotOnTheDesk
    frame.actor().require_area(found.place)
    return found


@bp.get("/hang/<key>")
def product(key: str) -> Response:
    """What was sent, what the market checked, and the decision to make."""
    one = _on_desk(key)
    form = DecisionForm.of_request()
    form.offer(reasons_for(one.set_no, _kinds_missing(one)))
    return _page(one, form)


@bp.post("/hang/<key>")
def decide_product(key: str) -> AnyResponse:
    """Approve, send back, pause or put back on sale."""
    one = _on_desk(key)
    product_id, name = one.id, one.name
    form = DecisionForm.of_request()
    form.offer(reasons_for(one.set_no, _kinds_missing(one)))
    if not form.validate():
        return _page(one, form, status=422)
    try:
        said = _decide(product_id, form)
    except SentAgain as refusal:
        return sent_again(refusal, name, f"hang/{key}")
    except AlreadyDecided:
        return already("product", product_id, name, "hang")
    except NotFound:
        raise
    except Refused as refusal:
        field = form[form.spoken_in]
        field.errors = [*field.errors, str(refusal.message)]
        return _page(_on_desk(key), form, status=422)
    frame.flash(said)
    return frame.back_to("desk.queue", muc="hang")


def _decide(product_id: int, form: DecisionForm) -> str:
    actor = frame.actor()
    if form.verb.data == "approve":
        actions.approve(actor, product_id, note=form.words, seen=form.sending)
        return _("Đã duyệt. Sản phẩm đã lên chợ.")
    if form.verb.data == "pause":
        actions.pause(actor, product_id, reason=form.why_paused)
        return _("Đã tạm dừng, người mua không thấy sản phẩm này nữa.")
    if form.verb.data == "resume":
        actions.resume(actor, product_id, reason=form.why_paused)
        return _("Đã cho bán tiếp.")
    return_it(product_id, form)
    return _("Đã trả lại, người bán sẽ được báo cần sửa gì.")


def return_it(product_id: int, form: DecisionForm) -> None:
    """Send what was read back to its maker, with the reasons of the form."""
    actions.send_back(
        frame.actor(),
        product_id,
        reason=form.public_reason,
        points=form.chosen,
        message=form.words,
        seen=form.sending,
    )


def _kinds_missing(one: Product) -> list[DocumentKind]:
    return papers_missing(one.set_no, (document.kind for document in queries.documents(one.id)))


def _page(one: Product, form: DecisionForm, status: int = 200) -> Response:
    actor = frame.actor()
    form.seen.data = str(one.sent_no)
    maker = producers.many([one.producer_id])[one.producer_id]
    photos, documents = queries.photos(one.id), queries.documents(one.id)
    checks = product_checks(
        one.set_no,
        [document.kind for document in documents],
        photos,
        missing(queries.facts(one)),
        stall_open=maker.state is ProducerState.ACTIVE,
    )
    return frame.page(
        "desk/product.html",
        status=status,
        product=one,
        waits=one.state is ProductState.SUBMITTED,
        state_word=STATE_LABELS[one.state],
        maker=maker,
        maker_kind=KIND_LABELS[maker.kind],
        line=made_at(one, maker),
        set_=SETS.get(one.set_no or 0),
        klass=KLASS_LABELS[one.klass],
        photos=[shown(photo) for photo in photos],
        answers=_answers(one),
        has_cart=has_cart(one.set_no),
        variants=[_variant(variant) for variant in queries.variants(one.id)] if has_cart(one.set_no) else [],
        papers=[(DOCUMENT_LABELS[document.kind], document) for document in documents],
        recognitions=_recognitions(one.id),
        checks=checks,
        lacking=blocking(checks),
        buttons=_buttons(one),
        earlier=producers.decisions_about(one.producer_id),
        office=accounts.office_of(actor.user_id, one.place),
        form=form,
    )


def _buttons(one: Product) -> dict[str, Text]:
    """Verbs that may be used now; what its maker paused is hers to put back."""
    offered = dict(PRODUCT_MOVES.buttons(one.state, frame.actor()))
    if not one.paused_by_office:
        offered.pop("resume", None)
    return offered


def shown(photo: Photo) -> dict[str, object]:
    """A photo as the desk looks at it."""
    return {
        "large": nearest(photo.sizes, 1200),
        "middle": nearest(photo.sizes, 480),
        "alt": photo.alt or _("Ảnh sản phẩm"),
        "reason": photo.reason,
        "illustration": photo.is_illustration,
    }


def _answers(one: Product) -> list[tuple[object, object]]:
    """Every answer the set asks for, in the words of its page; what is shown elsewhere is left out."""
    asked = [question.field for question in questions(one.set_no)] if one.set_no else []
    kept = [name for name in asked if name not in ("net", "shipping", "description")]
    return [(field_name(one.set_no, name), _words(name, getattr(one, name))) for name in kept]


def _words(name: str, value: object) -> object:
    if name == "reach":
        return REACH_LABELS[value] if isinstance(value, Reach) else ""
    if name == "collect_ok":
        return _("Được") if value else _("Không")
    if name == "days_to_make":
        return "" if value is None else _("%(days)s ngày", days=value)
    return value


def _variant(variant: Variant) -> dict[str, object]:
    each = price_per_kg(variant.price, variant.net_weight_g, variant.net_volume_ml)
    unit = _("kg") if variant.net_weight_g else _("lít")
    return {
        "label": variant.label,
        "price": show_dong(variant.price),
        "per": _("%(price)s mỗi %(unit)s", price=show_dong(each), unit=unit) if each else "",
        "measure": show_measure(variant.net_weight_g, variant.net_volume_ml),
        "stock": variant.on_hand - variant.held,
    }


def _recognitions(product_id: int) -> list[dict[str, object]]:
    today = clock.today()
    return [{"row": row, "word": STAGE_LABELS[stage(row.facts, today)]} for row in certificates.of_product(product_id)]

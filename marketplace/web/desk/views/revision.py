"""Deciding on changes to a product that is on sale: the difference in words and side by side."""

from collections.abc import Sequence

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts import queries as accounts
from marketplace.catalog import actions, queries
from marketplace.catalog.models import Photo, Product
from marketplace.catalog.rules import (
    OPEN_REVISION,
    REVISION_MOVES,
    STATE_LABELS,
    ProductState,
    SentAgain,
    desk_sees,
    missing,
    nearest,
)
from marketplace.certificates import queries as certificates
from marketplace.kit import clock
from marketplace.kit.errors import AlreadyDecided, NotFound, Refused
from marketplace.kit.i18n import _
from marketplace.law.rules import DOCUMENT_LABELS, SETS
from marketplace.producers import queries as producers
from marketplace.producers.rules import KIND_LABELS, Check, Mark, ProducerState, blocking
from marketplace.web import frame
from marketplace.web.desk.door import bp
from marketplace.web.desk.forms.decision import DecisionForm
from marketplace.web.desk.forms.reasons import reasons_for
from marketplace.web.desk.views.checks import made_at, product_checks
from marketplace.web.desk.views.decided import already, sent_again
from marketplace.web.desk.views.product import NotOnTheDesk, return_it


def _on_desk(key: str) -> tuple[Product, Product]:
    """The revision and its product, once it was sent."""
    found = queries.by_key(key)
    if found is None or found.revises_id is None or not desk_sees(found.state, found.withdrawn_from):
        raise NotOnTheDesk
    live = queries.revised(found)
    frame.actor().require_area(live.place)
    return found, live


@bp.get("/ban-sua/<key>")
def revision(key: str) -> Response:
    """What would change, what the market checked, and the decision to make."""
    return _page(*_on_desk(key), _form(_on_desk(key)[0]))


def _form(one: Product) -> DecisionForm:
    form = DecisionForm.of_request()
    form.offer(reasons_for(one.set_no, queries.papers_needed(one)))
    return form


@bp.post("/ban-sua/<key>")
def decide_revision(key: str) -> AnyResponse:
    """Approve the changes that were read, or send them back."""
    one, live = _on_desk(key)
    revision_id, product_id, name = one.id, live.id, live.name
    form = _form(one)
    if not form.validate():
        return _page(one, live, form, status=422)
    try:
        said = _decide(revision_id, form)
    except SentAgain as refusal:
        return sent_again(refusal, name, f"ban-sua/{key}")
    except AlreadyDecided:
        return already("product", product_id, name, "hang")
    except NotFound:
        raise
    except Refused as refusal:
        form.message.errors = [*form.message.errors, str(refusal.message)]
        return _page(*_on_desk(key), form, status=422)
    frame.flash(said)
    return frame.back_to("desk.queue", muc="hang")


def _decide(revision_id: int, form: DecisionForm) -> str:
    if form.verb.data == "apply":
        seen = -1 if form.sending is None else form.sending  # whoever did not say what was read approves nothing
        actions.approve_revision(frame.actor(), revision_id, seen=seen, note=form.words)
        return _("Đã duyệt thay đổi. Bản mới đã lên chợ.")
    return_it(revision_id, form)
    return _("Đã trả lại, người bán sẽ được báo cần sửa gì.")


def _page(one: Product, live: Product, form: DecisionForm, status: int = 200) -> Response:
    actor = frame.actor()
    form.seen.data = str(one.sent_no)
    maker = producers.many([live.producer_id])[live.producer_id]
    is_open = one.state in OPEN_REVISION
    diff = queries.difference(one) if is_open else None
    checks = _checks(one, live, stall_open=maker.state is ProducerState.ACTIVE) if is_open else []
    return frame.page(
        "desk/revision.html",
        status=status,
        revision=one,
        live=live,
        waits=one.state is ProductState.SUBMITTED,
        state_word=STATE_LABELS[one.state],
        live_word=STATE_LABELS[live.state],
        maker=maker,
        maker_kind=KIND_LABELS[maker.kind],
        line=made_at(live, maker),
        diff=diff,
        diff_photos={"new": _pictures(diff.new_photos), "gone": _pictures(diff.gone_photos)} if diff else {},
        papers=[(DOCUMENT_LABELS[document.kind], document) for document in queries.documents(one.id)],
        checks=checks,
        lacking=blocking(checks),
        buttons=dict(REVISION_MOVES.buttons(one.state, actor)),
        earlier=producers.decisions_about(live.producer_id),
        office=accounts.office_of(actor.user_id, live.place),
        form=form,
    )


def _pictures(photos: Sequence[Photo]) -> list[dict[str, str]]:
    return [
        {
            "url": f"/anh/{nearest(photo.sizes, 320)}" if photo.sizes else "",
            "alt": photo.alt or _("Ảnh sản phẩm"),
        }
        for photo in photos
    ]


def _checks(one: Product, live: Product, *, stall_open: bool) -> list[Check]:
    """What `product_checks` finds, papers only when the set changes; and the recognition that bears the old name."""
    same = one.set_no == live.set_no
    sent = [document.kind for document in queries.documents(one.id)]
    found = product_checks(
        None if same else one.set_no,
        sent,
        queries.photos(one.id),
        missing(queries.facts(one)),
        stall_open=stall_open,
    )
    if same:
        found.append(Check(Mark.GOOD, _("Giấy tờ"), _("Nhóm hàng không đổi, không cần giấy mới")))
    else:
        new = SETS[one.set_no].name if one.set_no else ""
        found.append(Check(Mark.WAIT, _("Nhóm hàng"), _("Chuyển sang nhóm %(name)s, xem có đúng không", name=new)))
    badge = certificates.live([live.id], clock.today()).get(live.id)
    if badge and (one.name != live.name or not same):
        words = _("Sao OCOP của hàng này được cấp cho “%(name)s”. Xem giấy còn đúng không.", name=live.name)
        found.append(Check(Mark.WAIT, _("Giấy công nhận"), words))
    return found

"""Confirming a recognition, and the facts that end or prolong it."""

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts import queries as accounts
from marketplace.catalog.models import Product
from marketplace.catalog.rules import desk_sees
from marketplace.certificates import actions, queries
from marketplace.certificates.models import Certificate
from marketplace.certificates.rules import (
    REASONS,
    STAGE_LABELS,
    Stage,
    checklist,
    last_extension,
    stage,
)
from marketplace.kit import clock
from marketplace.kit.errors import AlreadyDecided, BadInput
from marketplace.kit.i18n import _
from marketplace.producers import queries as producers
from marketplace.producers.rules import blocking
from marketplace.web import frame
from marketplace.web.desk.door import bp
from marketplace.web.desk.forms.certificate import ExtendForm, RevokeForm
from marketplace.web.desk.forms.decision import DecisionForm
from marketplace.web.desk.views.checks import made_at
from marketplace.web.desk.views.decided import already
from marketplace.web.desk.views.evidence import is_picture, keep_paper


@bp.get("/chung-nhan/<int:certificate_id>")
def certificate(certificate_id: int) -> Response:
    """What was claimed beside its evidence, and the decision to make."""
    one, product = queries.on_desk(frame.actor(), certificate_id)
    return _page(one, product, Forms())


class Forms:
    """The three forms of the page; one of them was sent."""

    def __init__(self) -> None:
        self.decision = DecisionForm.of_request()
        self.decision.offer(REASONS)
        self.revoke = RevokeForm.of_request()
        self.extend = ExtendForm.of_request()


@bp.post("/chung-nhan/<int:certificate_id>")
def decide_certificate(certificate_id: int) -> AnyResponse:
    """Confirm, or send back with a reason."""
    one, product = queries.on_desk(frame.actor(), certificate_id)
    title = product.name
    forms = Forms()
    form = forms.decision
    if not form.validate():
        return _page(one, product, forms, status=422)
    try:
        said = _decide(certificate_id, form)
    except AlreadyDecided:
        return already("certificate", certificate_id, title, "chung-nhan")
    except BadInput as refusal:
        form.refuse(refusal, form.spoken_in)
        return _page(*queries.on_desk(frame.actor(), certificate_id), forms, status=422)
    frame.flash(said)
    return frame.back_to("desk.queue", muc="chung-nhan")


def _decide(certificate_id: int, form: DecisionForm) -> str:
    actor = frame.actor()
    if form.verb.data == "confirm":
        actions.confirm(actor, certificate_id, note=form.words)
        return _("Đã xác nhận. Số sao hiện trên sản phẩm trong thời hạn của giấy.")
    actions.refuse(actor, certificate_id, reason=form.public_reason, field=form.leads_to, message=form.words)
    return _("Đã trả lại, người bán sẽ được báo cần sửa gì.")


@bp.post("/chung-nhan/<int:certificate_id>/thu-hoi")
def revoke_certificate(certificate_id: int) -> AnyResponse:
    """Store that the recognition was withdrawn."""
    one, product = queries.on_desk(frame.actor(), certificate_id)
    title = product.name
    forms = Forms()
    form = forms.revoke
    if not form.validate() or form.on.day is None:
        return _page(one, product, forms, status=422)
    try:
        actions.revoke(frame.actor(), certificate_id, form.on.day, str(form.reason.data))
    except AlreadyDecided:
        return already("certificate", certificate_id, title, "chung-nhan")
    except BadInput as refusal:
        form.refuse(refusal, "on")
        return _page(*queries.on_desk(frame.actor(), certificate_id), forms, status=422)
    frame.flash(_("Đã ghi việc thu hồi. Số sao không hiện nữa."))
    return frame.back_to("desk.certificate", certificate_id=certificate_id)


@bp.post("/chung-nhan/<int:certificate_id>/gia-han")
def extend_certificate(certificate_id: int) -> AnyResponse:
    """Store that it holds longer while the re-evaluation is decided."""
    one, product = queries.on_desk(frame.actor(), certificate_id)
    forms = Forms()
    form = forms.extend
    if not form.validate() or form.until.day is None:
        return _page(one, product, forms, status=422)
    try:
        key = keep_paper(form.evidence.data)
        actions.extend(frame.actor(), certificate_id, form.until.day, key)
    except BadInput as refusal:
        form.refuse(refusal, "evidence")
        return _page(*queries.on_desk(frame.actor(), certificate_id), forms, status=422)
    frame.flash(_("Đã ghi gia hạn."))
    return frame.back_to("desk.certificate", certificate_id=certificate_id)


def _page(one: Certificate, product: Product, forms: Forms, status: int = 200) -> Response:
    today = clock.today()
    maker = producers.many([product.producer_id])[product.producer_id]
    now = stage(one.facts, today)
    has_evidence = one.evidence_key is not None
    checks = checklist(one.facts, today, has_evidence=has_evidence, registered=bool(maker.registration_no))
    return frame.page(
        "desk/certificate.html",
        status=status,
        certificate=one,
        product=product,
        sent=desk_sees(product.state, product.withdrawn_from),
        maker=maker,
        line=made_at(product, maker),
        word=STAGE_LABELS[now],
        waits=now is Stage.WAITING,
        holds=one.confirmed_at is not None and one.revoked_on is None,
        papers=_papers(one),
        last_extension=last_extension(one.expires_on),
        checks=checks,
        lacking=blocking(checks),
        earlier=producers.decisions_about(product.producer_id),
        office=accounts.office_of(frame.actor().user_id, product.place),
        form=forms.decision,
        revoke_form=forms.revoke,
        extend_form=forms.extend,
    )


def _papers(one: Certificate) -> list[tuple[str, str, str, bool]]:
    """Kind, key, words, and whether it can be shown on the page, for each paper that was sent."""
    sent = (
        ("chung-nhan", one.evidence_key, _("quyết định công nhận")),
        ("gia-han", one.extension_evidence_key, _("giấy nhận hồ sơ đánh giá lại")),
    )
    return [(kind, key, label, is_picture(key)) for kind, key, label in sent if key]

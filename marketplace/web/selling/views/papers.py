"""Papers the coordinator reads, and the claim of an OCOP recognition."""

import io

from flask import abort, request, send_file, url_for
from werkzeug.wrappers import Response

from marketplace.catalog import actions, queries, rules
from marketplace.catalog.models import Document, Product
from marketplace.certificates import actions as certificate_actions
from marketplace.certificates import queries as certificate_queries
from marketplace.certificates.rules import STAGE_LABELS, Claim, missing, stage
from marketplace.kit import clock
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import _
from marketplace.kit.storage import private_store
from marketplace.law.rules import DOCUMENT_HINTS, DOCUMENT_LABELS, DocumentKind, required_documents
from marketplace.web import frame
from marketplace.web.frame.words import short_day
from marketplace.web.selling import kept
from marketplace.web.selling.door import bp
from marketplace.web.selling.forms.papers import ClaimForm, PaperForm
from marketplace.web.selling.products import own_product


@bp.get("/ban-hang/hang/<key>/giay-to")
def papers(key: str) -> Response:
    """What the set needs, what was sent, and one more."""
    return _papers_page(own_product(key))


def _papers_page(product: Product, refused: tuple[DocumentKind, PaperForm] | None = None) -> Response:
    sent = queries.documents(product.id)
    needed = list(required_documents(product.set_no)) if product.set_no else []
    kinds = [*needed, *(kind for kind in DocumentKind if kind not in needed and any(p.kind is kind for p in sent))]
    return frame.page(
        "selling/products/papers.html",
        status=422 if refused else 200,
        has_errors=bool(refused),
        product=product,
        may_send=product.state in rules.EDITABLE | {rules.ProductState.SUBMITTED},
        editable=product.state in rules.EDITABLE,
        blocks=[
            {
                "kind": kind,
                "label": DOCUMENT_LABELS[kind],
                "hint": DOCUMENT_HINTS[kind],
                "sent": [paper for paper in sent if paper.kind is kind],
                "form": refused[1] if refused and refused[0] is kind else PaperForm(prefix=kind.value),
            }
            for kind in kinds
        ],
    )


@bp.post("/ban-hang/hang/<key>/giay-to/<kind>")
def add_paper(key: str, kind: str) -> Response:
    """One paper."""
    product = own_product(key)
    if kind not in list(DocumentKind):
        abort(404)
    wanted, form = DocumentKind(kind), PaperForm.of_request(prefix=kind)
    content = form.content()
    try:
        paper = rules.inspect_paper(content)
        stored_key = private_store().put(content, paper.ext)
        actions.add_document(
            frame.actor(), product.id, wanted,
            stored_key=stored_key, filename=form.filename, paper=paper, size=len(content),
        )  # fmt: skip
    except BadInput as refusal:
        form.refuse(refusal, "paper")
        return _papers_page(own_product(key), (wanted, form))
    frame.flash(_("Đã nhận %(paper)s.", paper=str(DOCUMENT_LABELS[wanted])))
    return frame.back_to("selling.papers", key=key)


def _paper(key: str, document_id: int) -> tuple[Product, Document]:
    product = own_product(key)
    document = queries.document(document_id)
    if document is None or document.product_id not in (product.id, product.revises_id):
        abort(404)
    return product, document


@bp.get("/ban-hang/hang/<key>/giay-to/<int:document_id>")
def paper_file(key: str, document_id: int) -> Response:
    """The paper as it was sent, always as a download."""
    document = _paper(key, document_id)[1]
    return send_file(
        io.BytesIO(private_store().path(document.key).read_bytes()), mimetype=document.media_type, as_attachment=True,
        download_name=document.filename, max_age=0,
    )  # fmt: skip


@bp.post("/ban-hang/hang/<key>/giay-to/<int:document_id>/xoa")
def remove_paper(key: str, document_id: int) -> Response:
    """Deleted, with the way back."""
    product, document = _paper(key, document_id)
    actions.remove_document(frame.actor(), product.id, document.id)
    frame.flash(_("Đã xóa tờ giấy."), undo=url_for("selling.restore_paper", key=key, document_id=document_id))
    return frame.back_to("selling.papers", key=key)


@bp.post("/ban-hang/hang/<key>/giay-to/<int:document_id>/lay-lai")
def restore_paper(key: str, document_id: int) -> Response:
    """Taken back."""
    product, document = _paper(key, document_id)
    actions.restore_document(frame.actor(), product.id, document.id)
    frame.flash(_("Đã lấy lại tờ giấy."))
    return frame.back_to("selling.papers", key=key)


@bp.route("/ban-hang/hang/<key>/chung-nhan", methods=["GET", "POST"])
def certificates(key: str) -> Response:
    """Recognitions of this product, and the claim of one more."""
    product = own_product(key)
    if product.revises_id is not None:  # a recognition belongs to the product, whatever waits to be changed in it
        return frame.back_to("selling.certificates", key=queries.revised(product).key)
    form = ClaimForm.of_request()
    today = clock.today()
    if request.method == "POST" and (claimed := _claimed(product, form)):
        frame.flash(_("Đã gửi giấy chứng nhận. Cán bộ sẽ xem và xác nhận."))
        if claimed.ends < today:
            frame.flash(_("Giấy này hết hạn ngày %(day)s nên chưa hiện sao.", day=short_day(claimed.ends)), kind="wait")
        return frame.back_to("selling.certificates", key=key)
    bad = request.method == "POST"
    return frame.page(
        "selling/products/certificates.html",
        status=422 if bad else 200,
        has_errors=bad,
        form=form,
        product=own_product(key),
        certificates=[
            (one, stage(one.facts, today), STAGE_LABELS[stage(one.facts, today)])
            for one in certificate_queries.of_product(product.id)
        ],
    )


def _claimed(product: Product, form: ClaimForm) -> Claim | None:
    """Send the claim; None with every error on its field."""
    good, today = form.validate(), clock.today()
    signed = form.decision_date.data
    wanted = Claim(
        stars=int(form.stars.data) if form.stars.data in ("3", "4", "5") else 0,
        decision_no=form.decision_no.data or "",
        decision_date=signed or today,
        issuer=form.issuer.data or "",
        expires_on=form.expires_on.data,
        evidence_key=_evidence(form),
    )
    for lacking in missing(wanted, today):
        if not form[lacking.field].errors:
            form.refuse(BadInput(lacking.message, field=lacking.field), "decision_no")
    if signed is None and not form.decision_date.errors:
        form.refuse(
            BadInput(_("Điền ngày ký như trên giấy, ví dụ: 15/6/2025."), field="decision_date"), "decision_date"
        )
    if not good or any(field.errors for field in form):
        return None
    try:
        certificate_actions.claim(frame.actor(), product.id, wanted)
    except BadInput as refusal:
        form.refuse(refusal, "decision_no")
        return None
    return wanted


def _evidence(form: ClaimForm) -> str | None:
    """The key of the evidence, sent now or before; an error on its field when it is no paper."""
    content = form.content()
    if not content:
        return kept.unseal(form.giu.data)
    try:
        paper = rules.inspect_paper(content)
    except BadInput as refusal:
        form.refuse(BadInput(refusal.message, field="evidence"), "evidence")
        return None
    stored = private_store().put(content, paper.ext)
    form.giu.data = kept.seal(stored)
    return stored

"""Rows of the queue: what waits, whose, where, since when, and what the market found missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask import url_for

from marketplace.cases import queries as cases
from marketplace.cases.models import Problem
from marketplace.cases.rules import KIND_LABELS, ProblemKind, ProblemState, answer_by
from marketplace.catalog import queries as catalog
from marketplace.catalog.models import Photo, Product
from marketplace.catalog.rules import nearest, papers_missing
from marketplace.certificates import queries as certificates
from marketplace.kit import clock
from marketplace.kit.actor import Actor, Place
from marketplace.kit.i18n import _
from marketplace.law.rules import DocumentKind, document_label
from marketplace.producers import queries as producers
from marketplace.producers.models import Producer
from marketplace.producers.queries import changes
from marketplace.producers.rules import KIND_LABELS as PRODUCER_KINDS
from marketplace.web.frame.words import waited


@dataclass(frozen=True)
class Tag:
    """What the market found: `kind` is good, wait, bad or info; `note` names what it counts."""

    text: str
    kind: str
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One thing that waits. `picture` is a key of the public store, `whose` may be empty.

    Rows of a smaller `rank` come first whoever else sees them; `due`: until when an answer is promised, if it still is.
    """

    url: str
    title: str
    place: Place
    since: datetime
    whose: str = ""
    village: str = ""
    picture: str = ""
    tags: Sequence[Tag] = field(default_factory=list)
    rank: int = 0
    due: datetime | None = None


def products(actor: Actor) -> list[Row]:
    """Products and changes to decide on; papers and photos are looked at before a person does."""
    waiting = catalog.waiting(actor)
    ids = [product.id for product in waiting]
    makers = producers.many({product.producer_id for product in waiting})
    revised = catalog.revised_sets([product.revises_id for product in waiting if product.revises_id is not None])
    papers, photos, unready = catalog.papers_sent(ids), catalog.first_photos(ids), catalog.photos_not_ready(ids)
    return [
        Row(
            url=url_for("desk.product" if product.revises_id is None else "desk.revision", key=product.key),
            title=product.name,
            whose=makers[product.producer_id].name,
            village=makers[product.producer_id].village,
            place=product.place,
            since=product.submitted_at or product.created_at,
            picture=_small(photos.get(product.id)),
            tags=_product_tags(product, revised, papers.get(product.id, set()), product.id in unready),
        )
        for product in waiting
    ]


def _product_tags(
    product: Product, revised: Mapping[int, int | None], sent: set[DocumentKind], unready: bool
) -> list[Tag]:
    """A revision is named as one; papers count in it only where it moves to another set."""
    if product.revises_id is None:
        return _paper_tags(product.set_no, sent, unready)
    moves = product.set_no != revised.get(product.revises_id)
    found = [tag for tag in _paper_tags(product.set_no if moves else None, sent, unready) if tag.kind != "good"]
    return [Tag(_("Sửa hàng đang bán"), "info"), *found]


def _small(photo: Photo | None) -> str:
    return nearest(photo.sizes, 160) if photo else ""


def _paper_tags(set_no: int | None, sent: Iterable[DocumentKind], unready: bool) -> list[Tag]:
    lacking = [_small_letter(str(document_label(kind))) for kind in papers_missing(set_no, sent)]
    tags = []
    if len(lacking) == 1:
        tags.append(Tag(_("Thiếu: %(paper)s", paper=lacking[0]), "bad"))
    elif lacking:
        tags.append(Tag(_("Thiếu %(n)s giấy tờ", n=len(lacking)), "bad", ", ".join(lacking)))
    if unready:
        tags.append(Tag(_("Ảnh chưa xem được"), "wait"))
    return tags or [Tag(_("Đủ giấy tờ"), "good")]


def _small_letter(text: str) -> str:
    return text[:1].lower() + text[1:]


def applications(actor: Actor) -> list[Row]:
    """Applications for a stall."""
    waiting = producers.waiting(actor)
    matching = producers.holders_matching([one.id for one in waiting])
    return [
        Row(
            url=url_for("desk.producer", key=one.key),
            title=one.name,
            whose=str(PRODUCER_KINDS[one.kind]),
            village=one.village,
            place=one.place,
            since=one.applied_at,
            picture=one.photo_key or "",
            tags=_application_tags(one, matching.get(one.id)),
        )
        for one in waiting
    ]


def _application_tags(one: Producer, matches: bool | None) -> list[Tag]:
    tags = []
    if matches is None:
        tags.append(Tag(_("Thiếu tài khoản nhận tiền"), "bad"))
    elif not matches:
        tags.append(Tag(_("Chủ tài khoản khác tên"), "wait"))
    if not (one.photo_key or one.photo_original_key):
        tags.append(Tag(_("Chưa có ảnh"), "wait"))
    return tags or [Tag(_("Đủ để xem"), "good")]


def claims(actor: Actor) -> list[Row]:
    """Recognitions to confirm."""
    waiting = certificates.waiting(actor)
    makers = producers.many({product.producer_id for _certificate, product in waiting})
    return [
        Row(
            url=url_for("desk.certificate", certificate_id=certificate.id),
            title=_("%(name)s, %(stars)s sao", name=product.name, stars=certificate.stars),
            whose=makers[product.producer_id].name,
            place=product.place,
            since=certificate.claimed_at,
            tags=[
                Tag(_("Có bản chụp quyết định"), "good")
                if certificate.evidence_key
                else Tag(_("Thiếu bản chụp quyết định"), "bad")
            ],
        )
        for certificate, product in waiting
    ]


def account_changes(actor: Actor) -> list[Row]:
    """Accounts that are frozen, then changes whose producer has to be called."""
    frozen = [
        Row(
            url=url_for("desk.account_freeze", key=maker.key),
            title=maker.name,
            whose=_("Mã QR đang ẩn"),
            village=maker.village,
            place=maker.place,
            since=payee.frozen_at or maker.created_at,
            picture=maker.photo_key or "",
            tags=[Tag(_("Tài khoản đang khóa"), "bad")],
        )
        for payee, maker in changes.frozen_accounts(actor)
    ]
    return frozen + [
        Row(
            url=url_for("desk.account", key=one.key),
            title=maker.name,
            whose=_("Cán bộ ghi") if one.by_official else _("Cơ sở xin"),
            village=maker.village,
            place=maker.place,
            since=one.asked_at,
            picture=maker.photo_key or "",
            tags=[
                Tag(_("Chủ tài khoản trùng tên"), "good")
                if one.holder_matches
                else Tag(_("Chủ tài khoản khác tên"), "wait")
            ],
            rank=1,
        )
        for one, maker in changes.waiting_changes(actor)
    ]


def problems(actor: Actor) -> list[Row]:
    """Problems not closed yet; what may be unsafe first, what was answered last."""
    waiting = cases.waiting(actor)
    makers = producers.many({problem.producer_id for problem in waiting if problem.producer_id})
    return [
        Row(
            url=url_for("desk.problem", key=problem.key),
            title=f"{KIND_LABELS[problem.kind]}: {problem.title}",
            whose=makers[problem.producer_id].name if problem.producer_id else "",
            place=problem.place,
            since=problem.opened_at,
            tags=[_problem_tag(problem)],
            rank=_problem_rank(problem),
            due=_due(problem),
        )
        for problem in waiting
    ]


def _due(problem: Problem) -> datetime | None:
    return None if problem.answered_at else answer_by(problem.kind, problem.opened_at)


def _problem_rank(problem: Problem) -> int:
    if problem.state is not ProblemState.OPEN:
        return 2
    return 0 if problem.kind is ProblemKind.UNSAFE else 1


def _problem_tag(problem: Problem) -> Tag:
    until = _due(problem)
    if problem.state is not ProblemState.OPEN:
        return Tag(_("Đã trả lời, chưa xong"), "wait")
    if until is None:
        return Tag(_("Mở lại, chờ trả lời"), "bad")
    if until < clock.now():
        return Tag(_("Quá hẹn %(time)s", time=waited(until)), "bad")
    return Tag(_("Chờ trả lời"), "bad" if problem.kind is ProblemKind.UNSAFE else "wait")

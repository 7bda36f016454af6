"""Moves of a product: sent, decided on, paused, deleted and taken back. Each is guarded by its state table."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from marketplace.catalog import queries
from marketplace.catalog.actions.owned import locked_product, own
from marketplace.catalog.models import Product
from marketplace.catalog.rules.answers import check_words
from marketplace.catalog.rules.missing import missing, papers_missing
from marketplace.catalog.rules.states import (
    LIVE,
    PRODUCT_MOVES,
    RESTORE_DAYS,
    REVISION_MOVES,
    PausedByOffice,
    PhotoState,
    ProductState,
    TooLateToRestore,
    require_as_seen,
    restore_verb,
)
from marketplace.kit import changes, clock, db, outbox
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import AlreadyDecided, BadInput, Refused
from marketplace.kit.i18n import Text, lazy
from marketplace.kit.states import StateTable
from marketplace.kit.text import nfc
from marketplace.law.rules import DocumentKind, document_label
from marketplace.producers.actions import Subject, record_decision
from marketplace.producers.models import Producer
from marketplace.producers.rules import ProducerState, Reason, points_of

_TEXTS = (
    "name", "description", "ingredients", "origin", "shelf_life", "storage", "usage", "warnings", "material", "dimensions",
)  # fmt: skip


class NotComplete(BadInput):
    """Something the set needs is not answered yet; carries the first field."""


class NothingChanged(BadInput):
    """A revision that is like its product is nothing to decide on."""

    message = lazy("Chưa đổi gì so với bản đang bán nên chưa có gì để gửi.")


class PapersMissing(Refused):
    """A required paper has not been sent."""


class PhotosNotReady(Refused):
    """The worker has not looked at every photo yet, or refused one."""

    message = lazy("Ảnh chưa xem được. Đợi một phút rồi tải lại trang, hoặc trả lại để gửi ảnh khác.")


class StallNotOpen(Refused):
    """The stall itself has not been approved."""

    message = lazy("Gian hàng này chưa được duyệt. Duyệt gian hàng trước rồi duyệt sản phẩm.")


class ReasonNeeded(BadInput):
    """Whoever is refused is told why."""

    message = lazy("Viết lý do, ví dụ: Ảnh mờ, chưa đọc được nhãn.")


def moves_of(product: Product) -> StateTable[ProductState]:
    """The table a product moves by; a revision has its own."""
    return PRODUCT_MOVES if product.revises_id is None else REVISION_MOVES


def subject_of(product: Product) -> Subject:
    return Subject("product", product.id, product.producer_id, product.name, product.place)


@db.action
def submit(actor: Actor, product_id: int) -> None:
    """Send a finished draft, or the changes of a revision, to be approved.

    Refuses, naming the field: an open question, forbidden words (BadInput); a revision that changes nothing (NothingChanged).
    """
    product = own(actor, product_id)
    is_revision = product.revises_id is not None
    for lacking in missing(queries.facts(product)):
        raise NotComplete(lacking.message, field=lacking.field)
    for field in _TEXTS:
        check_words(getattr(product, field), set_no=product.set_no, field=field)
    for variant in queries.variants(product_id):
        check_words(variant.label, set_no=product.set_no, field="price")
    if not is_revision:
        _made_where_her_stall_is(product)
    elif not queries.difference(product):
        raise NothingChanged
    db.move(product, moves_of(product), "submit", actor)
    product.returned_reason, product.returned_points = "", []
    product.submitted_at, product.sent_no = clock.now(), product.sent_no + 1
    outbox.add("revision.submitted" if is_revision else "product.submitted", product_id=product_id)


def _made_where_her_stall_is(product: Product) -> None:
    """A draft begun before the stall's place was corrected must not wait in another area's queue."""
    producer = db.locked(Producer, product.producer_id)
    product.province_code, product.commune_code = producer.province_code, producer.commune_code
    product.village_id = producer.village_id


@db.action
def take_back(actor: Actor, product_id: int) -> None:
    """Take a product that nobody has decided on back to be changed. Refuses once it is decided (AlreadyDecided)."""
    product = own(actor, product_id)
    db.move(product, moves_of(product), "take_back", actor)
    product.submitted_at = None


@db.action
def approve(actor: Actor, product_id: int, *, note: str = "", seen: int | None = None) -> None:
    """Put a submitted product on sale. `seen` is the sending that was read (`Product.sent_no`).

    Refuses: outside the actor's area (NotYours); not waiting (AlreadyDecided); sent again since it was read (SentAgain);
    stall not approved (StallNotOpen); a required paper missing (PapersMissing: QĐ 26/2026/QĐ-TTg, Luật 44/2019 for
    alcohol); photos not ready (PhotosNotReady).
    """
    product = db.locked(Product, product_id)
    actor.require_area(product.place)
    if product.state is not ProductState.SUBMITTED or product.revises_id is not None:
        raise AlreadyDecided
    require_as_seen(product.sent_no, seen)
    papers = papers_missing(product.set_no, (document.kind for document in queries.documents(product.id)))
    require_approvable(actor, product, papers)
    db.move(product, PRODUCT_MOVES, "approve", actor, note)
    product.approved_at = product.updated_at = clock.now()
    record_decision(actor, "approve", subject_of(product))
    changes.add("product", product_id)
    outbox.add("product.approved", product_id=product_id, note=note)


def require_approvable(actor: Actor, product: Product, papers: Sequence[DocumentKind]) -> None:
    """Refuse unless the stall is open, every answer and every photo is there, and none of these `papers` is missing."""
    if db.locked(Producer, product.producer_id).state is not ProducerState.ACTIVE:
        raise StallNotOpen
    lacking = missing(queries.facts(product))
    if lacking:
        raise NotComplete(lacking[0].message, field=lacking[0].field)
    if any(photo.state is not PhotoState.READY for photo in queries.photos(product.id)):
        raise PhotosNotReady
    if papers and actor.kind is not ActorKind.OPERATOR:
        names = ", ".join(str(document_label(kind)) for kind in papers)
        message: Text = lazy("Chưa duyệt được, còn thiếu: %(papers)s.", papers=names)
        raise PapersMissing(message)


@db.action
def send_back(
    actor: Actor,
    product_id: int,
    *,
    reason: str,
    points: Sequence[Reason] = (),
    message: str = "",
    seen: int | None = None,
) -> None:
    """Return a submitted product, or a revision, with what to correct. `reason` is public; `points` are its sentences, each
    with the field whose page mends it; `message` is for the maker alone; `seen` is the sending that was read.

    Refuses: outside the area (NotYours); not waiting (AlreadyDecided); sent again since (SentAgain); no reason (ReasonNeeded).
    """
    product = locked_product(product_id)
    actor.require_area(product.place)
    require_as_seen(product.sent_no, seen)
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    db.move(product, moves_of(product), "send_back", actor, reason)
    product.returned_reason = f"{nfc(reason)} {nfc(message)}".strip()
    product.returned_points = points_of(points or ([] if message else [Reason("", reason)]), message)
    is_revision = product.revises_id is not None
    subject = subject_of(queries.revised(product) if is_revision else product)
    record_decision(actor, "return_change" if is_revision else "send_back", subject, reason)
    outbox.add("revision.returned" if is_revision else "product.returned", product_id=product_id)


def _maker_or_office(actor: Actor, product_id: int) -> Product:
    if actor.kind in (ActorKind.PRODUCER, ActorKind.HELPER):
        return own(actor, product_id)
    product = db.locked(Product, product_id)
    actor.require_area(product.place)
    return product


@db.action
def pause(actor: Actor, product_id: int, *, reason: str = "") -> None:
    """Take a product off the shelf at once. An official gives a reason, and only an official ends such a pause."""
    product = _maker_or_office(actor, product_id)
    by_office = actor.kind not in (ActorKind.PRODUCER, ActorKind.HELPER)
    if by_office and not reason.strip():
        raise ReasonNeeded(field="reason")
    if by_office and product.state is ProductState.PAUSED and not product.paused_by_office:
        db.move(product, PRODUCT_MOVES, "resume", actor)  # the maker's own pause becomes the office's
    db.move(product, PRODUCT_MOVES, "pause", actor, reason)
    product.paused_by_office, product.pause_reason = by_office, nfc(reason)
    changes.add("product", product_id)
    if by_office:
        record_decision(actor, "pause", subject_of(product), reason)
        outbox.add("product.paused", product_id=product_id)


@db.action
def resume(actor: Actor, product_id: int, *, reason: str = "") -> None:
    """Put a paused product back. Refuses a maker what an official paused (PausedByOffice)."""
    product = _maker_or_office(actor, product_id)
    by_maker = actor.kind in (ActorKind.PRODUCER, ActorKind.HELPER)
    if product.paused_by_office and by_maker:
        raise PausedByOffice
    db.move(product, PRODUCT_MOVES, "resume", actor, reason)
    product.paused_by_office, product.pause_reason = False, ""
    changes.add("product", product_id)
    if not by_maker:
        record_decision(actor, "resume", subject_of(product), reason)
        outbox.add("product.resumed", product_id=product_id)


@db.action
def withdraw(actor: Actor, product_id: int) -> None:
    """Delete a product and what was to change in it; both can be taken back for 30 days. Orders already placed go on."""
    product = own(actor, product_id)
    pending = queries.open_revision(product_id)
    for one in (product, db.locked(Product, pending.id)) if pending else (product,):
        before = one.state
        db.move(one, moves_of(one), "withdraw", actor)
        one.withdrawn_from, one.withdrawn_at = before, clock.now()
    changes.add("product", product_id)


@db.action
def restore(actor: Actor, product_id: int) -> None:
    """Take a deleted product back to where it was. Refuses after 30 days (TooLateToRestore).

    A revision: only while its product is there and no other revision was begun (AlreadyDecided).
    """
    product = own(actor, product_id)
    if product.withdrawn_from is None or product.withdrawn_at is None:
        raise AlreadyDecided
    if clock.now() - product.withdrawn_at > timedelta(days=RESTORE_DAYS):
        raise TooLateToRestore
    if product.revises_id is not None:
        live = db.locked(Product, product.revises_id)
        if live.state not in LIVE or queries.open_revision(live.id) is not None:
            raise AlreadyDecided
    db.move(product, moves_of(product), restore_verb(product.withdrawn_from), actor)
    product.withdrawn_from = product.withdrawn_at = None
    changes.add("product", product_id)


@db.action
def set_opinions(product_id: int, opinions: dict[str, Any]) -> None:
    """Store what `reviews` counted and the newest of them, so that the product's page asks nothing more for it."""
    db.locked(Product, product_id).opinions = opinions
    changes.add("product", product_id)


@db.action
def set_sold(product_id: int, sold: int) -> None:
    """Store how many pieces were delivered, as `orders` counted them."""
    product = db.locked(Product, product_id)
    product.sold = sold
    changes.add("product", product_id)

"""Papers a coordinator reads before deciding: kept privately, as they were sent."""

from datetime import timedelta

from marketplace.catalog import queries
from marketplace.catalog.actions.owned import editable, own
from marketplace.catalog.models import Document
from marketplace.catalog.rules.picture import Paper
from marketplace.catalog.rules.states import (
    EDITABLE,
    RESTORE_DAYS,
    ProductState,
    TooLateToRestore,
    require_editable,
)
from marketplace.kit import clock, db, trail
from marketplace.kit.actor import Actor
from marketplace.kit.errors import BadInput, NotYours
from marketplace.kit.i18n import lazy
from marketplace.kit.text import nfc
from marketplace.law.rules import DocumentKind

MOST_DOCUMENTS = 20


class TooManyDocuments(BadInput):
    """At most twenty papers for one product."""

    message = lazy("Đã đủ 20 tờ. Xóa bớt một tờ rồi gửi tờ mới.")


@db.action
def add_document(
    actor: Actor, product_id: int, kind: DocumentKind, *, stored_key: str, filename: str, paper: Paper, size: int
) -> int:
    """Keep a paper whose first bytes were inspected. May follow while the product waits for its decision. The same file
    for the same purpose is kept once.
    """
    product = own(actor, product_id)
    if product.state not in EDITABLE | {ProductState.SUBMITTED}:
        require_editable(product.state)
    present = queries.documents(product_id)
    for document in present:
        if document.key == stored_key and document.kind is kind:
            return document.id
    if len(present) >= MOST_DOCUMENTS:
        raise TooManyDocuments(field="paper")
    document = Document(
        product_id=product_id, kind=kind, key=stored_key, filename=_clean_name(filename, paper.ext),
        media_type=paper.media_type, size=size, added_at=clock.now(),
    )  # fmt: skip
    db.session.add(document)
    db.session.flush()
    trail.record(actor, "add_document", "product", product_id, kind.value)
    return document.id


def _clean_name(filename: str, ext: str) -> str:
    """A name to hand back: the sender's without folders and control characters, our ending."""
    bare = nfc(filename.replace("\\", "/").rpartition("/")[2]).rpartition(".")[0]
    kept = "".join(c for c in bare if c.isprintable() and c not in '"<>|:*?;')[:80].strip()
    return f"{kept or 'giay-to'}.{ext}"


def _document_of(product_id: int, document_id: int) -> Document:
    document = db.locked(Document, document_id)
    if document.product_id != product_id:
        raise NotYours
    return document


@db.action
def remove_document(actor: Actor, product_id: int, document_id: int) -> None:
    """Take a paper out before it is sent to be approved; it can be taken back for 30 days."""
    document = _document_of(editable(actor, product_id).id, document_id)
    document.removed_at = document.removed_at or clock.now()


@db.action
def restore_document(actor: Actor, product_id: int, document_id: int) -> None:
    """Take a removed paper back. Refuses after 30 days."""
    document = _document_of(editable(actor, product_id).id, document_id)
    if document.removed_at and clock.now() - document.removed_at > timedelta(days=RESTORE_DAYS):
        raise TooLateToRestore
    document.removed_at = None

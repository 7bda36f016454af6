"""Revisions: changes to a product on sale, written beside it, and carried over into it when an official approves them."""

from typing import Any

from sqlalchemy import update

from marketplace.catalog import queries
from marketplace.catalog.actions.deciding import require_approvable, subject_of
from marketplace.catalog.actions.owned import locked_product, own
from marketplace.catalog.models import Document, Photo, Product, Variant
from marketplace.catalog.rules.revising import COMPARED
from marketplace.catalog.rules.states import LIVE, REVISION_MOVES, ProductState, require_as_seen, require_editable
from marketplace.kit import changes, clock, db, outbox, trail
from marketplace.kit.actor import Actor
from marketplace.kit.errors import AlreadyDecided, NotFound
from marketplace.kit.i18n import _
from marketplace.kit.text import fold, random_key, slugify
from marketplace.producers.actions import record_decision

PHOTO_KEY_LENGTH = 12
_MADE_BY_HER = ("producer_id", "province_code", "commune_code", "village_id", "is_sample")


@db.action
def begin_revision(actor: Actor, product_id: int) -> int:
    """A revision of a product that was approved, to be written like a draft; the one that is open already, if there is one.

    Nothing of it is shown to buyers. Refuses: not hers (NotYours); not approved, or a revision itself (Refused).
    """
    product = own(actor, product_id)
    if product.revises_id is not None:
        raise NotFound
    if product.state not in LIVE:
        require_editable(product.state)
        raise AlreadyDecided  # a draft is simply written on
    earlier = queries.open_revision(product_id)
    if earlier is not None:
        return earlier.id
    revision = _copy_of(product)
    trail.record(actor, "revise", "product", product_id)
    for variant in queries.variants(product_id):
        db.session.add(Variant(**_columns(variant, product_id=revision.id, revises_id=variant.id, on_hand=0, held=0)))
    for photo in queries.photos(product_id):
        key = random_key(PHOTO_KEY_LENGTH)
        db.session.add(Photo(**_columns(photo, product_id=revision.id, revises_id=photo.id, key=key)))
    return revision.id


def _copy_of(product: Product) -> Product:
    key, now = random_key(), clock.now()
    revision = Product(
        **{column: getattr(product, column) for column in (*COMPARED, *_MADE_BY_HER, "name_folded")},
        revises_id=product.id,
        key=key,
        slug=_slug(product.name, key),
        state=ProductState.DRAFT,
        created_at=now,
        updated_at=now,
    )
    db.session.add(revision)
    db.session.flush()
    return revision


def _columns(row: Variant | Photo, **other: object) -> dict[str, Any]:
    """What a copy of the row is made of."""
    kept = {column.key: getattr(row, column.key) for column in row.__table__.columns if column.key != "id"}
    return kept | other


def _slug(name: str, key: str) -> str:
    return "-".join(part for part in (slugify(name), key) if part)


@db.action
def approve_revision(actor: Actor, revision_id: int, *, seen: int, note: str = "") -> None:
    """Carry a revision over into its product, all of it or nothing. `seen` is the sending that was read.

    Price, stock and the order of photos stay as they are now; orders keep what was bought. Refuses: outside the area
    (NotYours); not waiting (AlreadyDecided); sent again since it was read (SentAgain); what `approve` refuses, papers
    only where the set changes (PapersMissing).
    """
    revision = locked_product(revision_id)
    product = queries.revised(revision)
    actor.require_area(product.place)
    if revision.state is not ProductState.SUBMITTED or product.state not in LIVE:
        raise AlreadyDecided
    require_as_seen(revision.sent_no, seen)
    require_approvable(actor, revision, queries.papers_needed(revision))
    difference = queries.difference(revision)
    what, said = ", ".join(map(str, difference.topics)), "; ".join(map(str, difference.sentences))
    db.move(revision, REVISION_MOVES, "apply", actor, note)
    _carry_over(product, revision)
    trail.record(actor, "revised", "product", product.id, said)
    record_decision(actor, "approve_change", subject_of(product), _("Đổi: %(what)s.", what=what))
    changes.add("product", product.id)
    outbox.add("revision.approved", product_id=revision_id, note=note)


def _carry_over(product: Product, revision: Product) -> None:
    for column in COMPARED:
        setattr(product, column, getattr(revision, column))
    product.name_folded, product.slug = fold(product.name), _slug(product.name, product.key)
    product.updated_at = clock.now()
    _carry_variants(product.id, revision.id)
    _carry_photos(product.id, revision.id)
    db.session.execute(
        update(Document).where(Document.product_id == revision.id).values(product_id=product.id),
        execution_options={"synchronize_session": False},
    )


def _carry_variants(product_id: int, revision_id: int) -> None:
    last = max((variant.position for variant in queries.variants(product_id, all_of_them=True)), default=-1)
    kept = set()
    for written in queries.variants(revision_id):
        if written.revises_id is None:
            last += 1
            written.product_id, written.position = product_id, last
            kept.add(written.id)
            continue
        live = db.locked(Variant, written.revises_id)
        kept.add(live.id)
        live.unit, live.label, live.shipping_weight_g = written.unit, written.label, written.shipping_weight_g
        live.net_weight_g, live.net_volume_ml = written.net_weight_g, written.net_volume_ml
    db.session.flush()
    for live in queries.variants(product_id):
        live.active = live.id in kept


def _carry_photos(product_id: int, revision_id: int) -> None:
    """New photos follow those on sale, whose order is the maker's own; one that she put first comes first."""
    live, written = list(queries.photos(product_id)), list(queries.photos(revision_id))
    kept = {photo.revises_id for photo in written}
    new = [photo for photo in written if photo.revises_id is None]
    for photo in live:
        if photo.id not in kept:
            photo.removed_at = clock.now()
    stay = [photo for photo in live if photo.id in kept]
    leads = bool(new) and written[0] is new[0]
    for position, photo in enumerate([*new[:1], *stay, *new[1:]] if leads else [*stay, *new]):
        photo.product_id, photo.position = product_id, position

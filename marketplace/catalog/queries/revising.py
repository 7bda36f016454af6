"""Revisions: the one that is open for a product, and what it changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from marketplace.catalog.models import Photo, Product
from marketplace.catalog.queries.reading import documents, photos, product, variants
from marketplace.catalog.rules.revising import COMPARED, Change, Pack, Version, changes_between, in_words, newly_needed
from marketplace.catalog.rules.states import OPEN_REVISION
from marketplace.kit import db
from marketplace.kit.errors import NotFound
from marketplace.kit.i18n import Text, lazy
from marketplace.law.rules import DocumentKind


@dataclass(frozen=True)
class Difference:
    """What a revision changes: answers in words, photos that came and photos that would go."""

    changes: Sequence[Change]
    new_photos: Sequence[Photo]
    gone_photos: Sequence[Photo]

    @property
    def sentences(self) -> list[Text]:
        """Every change in one sentence each, photos last."""
        said = [in_words(change) for change in self.changes]
        if self.new_photos:
            said.append(lazy("Ảnh: thêm %(n)s ảnh mới", n=len(self.new_photos)))
        if self.gone_photos:
            said.append(lazy("Ảnh: bỏ %(n)s ảnh đang có", n=len(self.gone_photos)))
        return said

    @property
    def topics(self) -> list[Text]:
        """What it is about, in a few words: the names of the answers, and photos."""
        names: dict[str, Text] = {str(change.name): change.name for change in self.changes}
        return [*names.values(), *([lazy("Ảnh")] if self.new_photos or self.gone_photos else [])]

    def __bool__(self) -> bool:
        return bool(self.changes or self.new_photos or self.gone_photos)


def open_revision(product_id: int) -> Product | None:
    """The revision of a product that is being written or decided on."""
    return db.session.scalar(select(Product).where(Product.revises_id == product_id, Product.state.in_(OPEN_REVISION)))


def open_revisions(product_ids: Iterable[int]) -> dict[int, Product]:
    """Open revisions by the product they change."""
    query = select(Product).where(Product.revises_id.in_(list(product_ids)), Product.state.in_(OPEN_REVISION))
    return {row.revises_id: row for row in db.session.scalars(query) if row.revises_id is not None}


def revised(revision: Product) -> Product:
    """The product a revision changes. Refuses what is no revision (NotFound)."""
    found = product(revision.revises_id) if revision.revises_id is not None else None
    if found is None:
        raise NotFound
    return found


def revised_sets(product_ids: Iterable[int]) -> dict[int, int | None]:
    """The set of each of these products as it is on sale."""
    query = select(Product.id, Product.set_no).where(Product.id.in_(list(product_ids)))
    return {row.id: row.set_no for row in db.session.execute(query)}


def difference(revision: Product) -> Difference:
    """What an open revision changes in its product."""
    live = revised(revision)
    kept = {photo.revises_id for photo in photos(revision.id)}
    return Difference(
        changes_between(_version(live), _version(revision)),
        [photo for photo in photos(revision.id) if photo.revises_id is None],
        [photo for photo in photos(live.id) if photo.id not in kept],
    )


def _version(one: Product) -> Version:
    packs = {
        variant.revises_id if variant.revises_id is not None else variant.id: Pack(
            variant.label,
            variant.unit,
            variant.net_weight_g,
            variant.net_volume_ml,
            variant.shipping_weight_g,
            variant.price,
        )
        for variant in variants(one.id)
    }
    return Version(one.set_no, {column: getattr(one, column) for column in COMPARED}, packs)


def papers_needed(revision: Product) -> list[DocumentKind]:
    """Papers that a revision still lacks because it moves its product to another set."""
    sent = [document.kind for document in documents(revision.id)]
    return newly_needed(revised(revision).set_no, revision.set_no, sent)

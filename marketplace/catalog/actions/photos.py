"""Photos of a product: received by a request, decoded by the worker, ordered and removed by their maker."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from marketplace.catalog import queries
from marketplace.catalog.actions.drafting import draft
from marketplace.catalog.actions.owned import editable, own
from marketplace.catalog.models import Photo, Product
from marketplace.catalog.rules.picture import Picture
from marketplace.catalog.rules.questions import MOST_PHOTOS
from marketplace.catalog.rules.states import (
    RESTORE_DAYS,
    PhotoState,
    TooLateToRestore,
    require_price_and_stock,
)
from marketplace.kit import changes, clock, db, outbox
from marketplace.kit.actor import Actor
from marketplace.kit.errors import BadInput, NotYours
from marketplace.kit.i18n import lazy
from marketplace.kit.text import random_key

PHOTO_KEY_LENGTH = 12


class TooManyPhotos(BadInput):
    """A product has at most eight photos."""

    message = lazy("Đã đủ 8 ảnh. Xóa bớt một ảnh rồi thêm ảnh mới.")


class LastPhoto(BadInput):
    """What is on sale keeps a face."""

    message = lazy("Cần giữ lại ít nhất một ảnh.")


def photo_of(product: Product, photo_id: int) -> Photo:
    """This photo, locked, if it belongs to the product."""
    photo = db.locked(Photo, photo_id)
    if photo.product_id != product.id:
        raise NotYours
    return photo


def _next_position(product_id: int) -> int:
    last = db.session.scalar(select(func.max(Photo.position)).where(Photo.product_id == product_id))
    return 0 if last is None else last + 1


@db.action
def add_photo(actor: Actor, product_id: int, *, original_key: str, picture: Picture) -> int:
    """Keep a photo whose header was inspected; the worker decodes it. The same file twice is one photo. At most eight."""
    product = editable(actor, product_id)
    present = queries.photos(product_id)
    for photo in present:
        if photo.original_key == original_key:
            return photo.id
    if len(present) >= MOST_PHOTOS:
        raise TooManyPhotos(field="photo")
    photo = Photo(
        product_id=product.id,
        key=random_key(PHOTO_KEY_LENGTH),
        position=_next_position(product_id),
        original_key=original_key,
        width=picture.width,
        height=picture.height,
        alt=product.name,
        sizes={},
        created_at=clock.now(),
    )
    db.session.add(photo)
    db.session.flush()
    outbox.add("photo.decode", photo_id=photo.id)
    return photo.id


@db.action
def begin_with_photo(actor: Actor, producer_id: int, *, key: str | None, original_key: str, picture: Picture) -> int:
    """A new draft that begins with its first photo. `key` comes with the page: a second press finds the first draft."""
    product_id = draft(actor, producer_id, key=key)
    add_photo(actor, product_id, original_key=original_key, picture=picture)
    return product_id


@db.action
def photo_decoded(actor: Actor, photo_id: int, *, sizes: dict[str, Any], width: int, height: int) -> None:  # noqa: ARG001 - actions take an actor
    """The worker made the sizes; buyers see them once the product is on sale."""
    photo = db.locked(Photo, photo_id)
    photo.state, photo.reason = PhotoState.READY, ""
    photo.sizes = sizes
    photo.public_key = sizes[max(sizes, key=int)]
    photo.width, photo.height = width, height
    changes.add("product", photo.product_id)


@db.action
def photo_refused(actor: Actor, photo_id: int, *, reason: str) -> None:  # noqa: ARG001 - actions take an actor
    """The worker could not use it; the reason stands on the photo until its maker removes it."""
    photo = db.locked(Photo, photo_id)
    photo.state, photo.reason = PhotoState.REFUSED, reason


@db.action
def add_illustration(actor: Actor, product_id: int, *, sizes: dict[str, Any], width: int, height: int, alt: str) -> int:
    """A drawing in place of a photo, marked as one. `sizes` are keys of the public store by width. For sample goods only."""
    product = own(actor, product_id)
    photo = Photo(
        product_id=product.id, key=random_key(PHOTO_KEY_LENGTH), position=_next_position(product_id),
        state=PhotoState.READY, public_key=sizes[max(sizes, key=int)], sizes=sizes, width=width, height=height,
        is_illustration=True, alt=alt, created_at=clock.now(),
    )  # fmt: skip
    db.session.add(photo)
    db.session.flush()
    changes.add("product", product.id)
    return photo.id


@db.action
def order_photos(actor: Actor, product_id: int, photo_ids: Sequence[int]) -> None:
    """Show the photos in this order, at once also while on sale; photos not named follow as they were."""
    product = own(actor, product_id)
    require_price_and_stock(product.state)
    present = {photo.id: photo for photo in queries.photos(product_id)}
    wanted = [photo_id for photo_id in dict.fromkeys(photo_ids) if photo_id in present]
    for position, photo_id in enumerate([*wanted, *(i for i in present if i not in wanted)]):
        present[photo_id].position = position
    changes.add("product", product.id)


@db.action
def first_photo(actor: Actor, product_id: int, photo_id: int) -> None:
    """Make this photo the face of the product."""
    order_photos(actor, product_id, [photo_id])


@db.action
def remove_photo(actor: Actor, product_id: int, photo_id: int) -> None:
    """Take a photo off; it can be taken back for 30 days."""
    photo = photo_of(editable(actor, product_id), photo_id)
    if photo.removed_at is None:
        photo.removed_at = clock.now()


@db.action
def restore_photo(actor: Actor, product_id: int, photo_id: int) -> None:
    """Take a removed photo back. Refuses after 30 days and when eight others are there."""
    photo = photo_of(editable(actor, product_id), photo_id)
    if photo.removed_at is None:
        return
    if clock.now() - photo.removed_at > timedelta(days=RESTORE_DAYS):
        raise TooLateToRestore
    if len(queries.photos(product_id)) >= MOST_PHOTOS:
        raise TooManyPhotos(field="photo")
    photo.removed_at = None

"""The only file that decodes pictures. Imported by the worker and the commands, never by a web request."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from PIL import Image, ImageOps, UnidentifiedImageError

from marketplace.catalog import actions, queries
from marketplace.catalog.rules.picture import MOST_JPEG_PIXELS, PictureRefused, inspect_picture
from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.kit.i18n import lazy
from marketplace.kit.storage import Store, private_store, public_store
from marketplace.producers.actions import photo_done

WIDTHS: Final = (160, 320, 480, 720, 1200)
QUALITY: Final = 74
# The header was judged by our own budget per kind; Pillow's one limit for all kinds would refuse telephones' 108 megapixels.
Image.MAX_IMAGE_PIXELS = MOST_JPEG_PIXELS

CANNOT_OPEN = lazy("Ảnh này bị hỏng, chưa mở được. Xóa ảnh này rồi chụp lại.")


class CannotDecode(Exception):
    """The bytes begin like a picture and cannot be decoded; carries the sentence for its maker."""


@dataclass(frozen=True)
class Sizes:
    """Keys of the public store by width in pixels, and the size of the largest."""

    keys: dict[str, Any]
    width: int
    height: int


def decode(content: bytes) -> Image.Image:
    """The picture upright in RGB, at most about 2,400 pixels wide: JPEGs are scaled down while they are read."""
    try:
        inspect_picture(content)
        picture = Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"])
        if getattr(picture, "n_frames", 1) > 1 and picture.format in ("PNG", "WEBP"):
            raise CannotDecode(str(CANNOT_OPEN))
        picture.draft("RGB", (2 * WIDTHS[-1], 2 * WIDTHS[-1]))
        picture.thumbnail((2 * WIDTHS[-1], 2 * WIDTHS[-1]), Image.Resampling.BOX, reducing_gap=2.0)
        upright = ImageOps.exif_transpose(picture)
        return _on_white(upright)
    except PictureRefused as refusal:
        raise CannotDecode(str(refusal.message)) from refusal
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise CannotDecode(str(CANNOT_OPEN)) from error


def _on_white(picture: Image.Image) -> Image.Image:
    """Without transparency: what a buyer sees lies on white."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        ground = Image.new("RGB", layered.size, "white")
        ground.paste(layered, mask=layered.getchannel("A"))
        return ground
    return picture.convert("RGB")


def sizes_of(picture: Image.Image, store: Store) -> Sizes:
    """WebP files of 160, 320, 480, 720 and 1200 pixels in the store, never wider than the picture itself.

    Only pixels go in: no profile, EXIF, GPS, XMP or comment.
    """
    widths = [width for width in WIDTHS if width <= picture.width] or [picture.width]
    if picture.width < WIDTHS[-1] and picture.width not in widths:
        widths.append(picture.width)
    keys: dict[str, Any] = {}
    largest = (0, 0)
    for width in widths:
        height = max(1, round(picture.height * width / picture.width))
        small = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
        buffer = io.BytesIO()
        small.save(buffer, "WEBP", quality=QUALITY, method=4, exif=b"", xmp=b"", icc_profile=None)
        keys[str(width)] = store.put(buffer.getvalue(), "webp")
        largest = (width, height)
    return Sizes(keys, *largest)


def read_original(key: str) -> bytes:
    """The original as it was sent. Raises CannotDecode when it is gone."""
    try:
        with private_store().open(key) as file:
            return file.read()
    except FileNotFoundError as error:
        raise CannotDecode(str(CANNOT_OPEN)) from error


def decode_photo(payload: Mapping[str, Any], key: str) -> None:  # noqa: ARG001 - handlers get the promise's key
    """Make the sizes of a product's photo, or leave the reason on it. Doing it again gives the same files."""
    worker = Actor.system("photo.decode")
    photo_id = int(payload["photo_id"])
    with db.unit():
        photo = queries.photo_by_id(photo_id)
        original = photo.original_key if photo else None
    if original is None:
        return
    try:
        made = sizes_of(decode(read_original(original)), public_store())
    except CannotDecode as refusal:
        with db.unit():
            actions.photo_refused(worker, photo_id, reason=str(refusal))
        return
    with db.unit():
        actions.photo_decoded(worker, photo_id, sizes=made.keys, width=made.width, height=made.height)


def decode_stall_photo(payload: Mapping[str, Any], key: str) -> None:  # noqa: ARG001 - handlers get the promise's key
    """The same for the photo of a maker: one size, 320 pixels wide, the most a face is ever shown in."""
    worker = Actor.system("producer.photo")
    producer_id, original = int(payload["producer_id"]), str(payload["original_key"])
    try:
        made = sizes_of(decode(read_original(original)), public_store())
    except CannotDecode as refusal:
        with db.unit():
            photo_done(worker, producer_id, original, public_key=None, reason=str(refusal))
        return
    best = made.keys.get("320") or made.keys[max(made.keys, key=int)]
    with db.unit():
        photo_done(worker, producer_id, original, public_key=best)


OUTBOX: dict[str, Callable[[Mapping[str, Any], str], None]] = {
    "photo.decode": decode_photo,
    "producer.photo": decode_stall_photo,
}

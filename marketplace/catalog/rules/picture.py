"""What may be sent as a picture or a paper, judged by its first bytes alone: no decoder runs in a web request."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import lazy

MOST_PICTURE_BYTES = 25 * 1024 * 1024
MOST_PAPER_BYTES = 10 * 1024 * 1024
MOST_JPEG_PIXELS = 220_000_000
MOST_OTHER_PIXELS = 40_000_000
MOST_PROGRESSIVE_BYTES = 420_000_000
"""A progressive JPEG is held as coefficients before it is scaled down: about 140 megapixels as telephones write them."""
MOST_SCANS = 120
LEAST_SIDE = 200
MOST_RATIO = 10


class PictureRefused(BadInput):
    """Base of every refusal of a picture or paper."""

    def __init__(self) -> None:
        super().__init__(field="photo")


class NoPicture(PictureRefused):
    """Nothing was chosen."""

    message = lazy("Chưa có ảnh nào. Bấm vào khung để chụp hoặc chọn ảnh có sẵn.")


class NotAPicture(PictureRefused):
    """Neither JPEG nor PNG nor WebP, whatever it is called."""

    message = lazy("Đây không phải ảnh chụp. Chọn ảnh chụp bằng điện thoại, loại JPG, PNG hoặc WebP.")


class HeicPicture(PictureRefused):
    """An iPhone's own kind, which browsers cannot show."""

    message = lazy(
        "Ảnh này là loại riêng của iPhone. Vào Cài đặt, Camera, Định dạng, chọn Tương thích nhất rồi chụp lại."
    )


class MovingPicture(PictureRefused):
    """More than one frame."""

    message = lazy("Ảnh này là ảnh động. Chọn một ảnh chụp thường.")


class TooManyPixels(PictureRefused):
    """However few bytes it has, opening it would take more memory than there is."""

    message = lazy("Ảnh này có quá nhiều điểm ảnh nên chưa mở được. Chọn ảnh chụp bằng điện thoại, loại JPG.")


class PictureTooBig(PictureRefused):
    """More bytes than are accepted."""

    message = lazy("Ảnh này lớn quá. Chọn ảnh dưới 25 MB, hoặc chụp lại bằng điện thoại.")


class PictureTooSmall(PictureRefused):
    """Too small or too narrow to see anything."""

    message = lazy("Ảnh này nhỏ hoặc hẹp quá, người mua không nhìn rõ. Chụp lại gần hơn.")


class BrokenPicture(PictureRefused):
    """It begins like a picture and does not go on like one."""

    message = lazy("Ảnh này bị hỏng, chưa mở được. Chụp lại hoặc chọn ảnh khác.")


class NotAPaper(PictureRefused):
    """Neither PDF nor picture."""

    message = lazy("Giấy tờ cần là ảnh chụp (JPG, PNG, WebP) hoặc tệp PDF.")


class PaperTooBig(PictureRefused):
    """More than 10 MB."""

    message = lazy("Tệp này lớn quá. Chọn tệp dưới 10 MB, hoặc chụp ảnh tờ giấy.")


@dataclass(frozen=True)
class Picture:
    """What the header says: `kind` jpeg, png or webp; pixels as stored, before any turning."""

    kind: str
    width: int
    height: int

    @property
    def ext(self) -> str:
        """The ending of the stored original."""
        return "jpg" if self.kind == "jpeg" else self.kind

    @property
    def media_type(self) -> str:
        """The type it is handed back as."""
        return f"image/{self.kind}"


@dataclass(frozen=True)
class Paper:
    """A paper that may be kept: ending and type are ours, never the sender's."""

    ext: str
    media_type: str


def inspect_picture(data: bytes) -> Picture:
    """The picture's kind and size from its header. Refuses by a named reason, each with its sentence."""
    if not data:
        raise NoPicture
    picture = _read_header(data)
    if len(data) > MOST_PICTURE_BYTES:
        raise PictureTooBig
    _check_size(picture)
    return picture


def inspect_paper(data: bytes) -> Paper:
    """A PDF or a picture of at most 10 MB."""
    if not data:
        raise NotAPaper
    if len(data) > MOST_PAPER_BYTES:
        raise PaperTooBig
    if data.startswith(b"%PDF-1.") or data.startswith(b"%PDF-2."):
        return Paper("pdf", "application/pdf")
    try:
        picture = _read_header(data)
    except NotAPicture as error:
        raise NotAPaper from error
    _check_size(picture)
    return Paper(picture.ext, picture.media_type)


def _read_header(data: bytes) -> Picture:
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return _jpeg(data)
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            return _png(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
    except (struct.error, IndexError) as error:
        raise BrokenPicture from error
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim"):
        raise HeicPicture
    if data.startswith(b"GIF8"):
        raise MovingPicture
    raise NotAPicture


def _check_size(picture: Picture) -> None:
    width, height = picture.width, picture.height
    if width <= 0 or height <= 0:
        raise BrokenPicture
    most = MOST_JPEG_PIXELS if picture.kind == "jpeg" else MOST_OTHER_PIXELS
    if width * height > most:
        raise TooManyPixels
    if min(width, height) < LEAST_SIDE or max(width, height) > MOST_RATIO * min(width, height):
        raise PictureTooSmall


_FRAME_MARKERS = frozenset({0xC0, 0xC1, 0xC2})
_OTHER_FRAMES = frozenset({0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD8)})


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of every segment before the first scan (ITU T.81 B.1.1.4)."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise BrokenPicture
        marker = data[at + 1]
        if marker == 0xFF:  # fill bytes may precede a marker
            at += 1
        elif marker in _BARE_MARKERS:
            at += 2
        else:
            length = struct.unpack_from(">H", data, at + 2)[0]
            if length < 2:
                raise BrokenPicture
            yield marker, at + 4, at + 2 + length
            at += 2 + length


def _jpeg(data: bytes) -> Picture:
    for marker, start, end in _segments(data):
        if (
            marker in _OTHER_FRAMES
        ):  # lossless, hierarchical, arithmetic: no telephone writes them, few decoders read them
            raise NotAPicture
        if marker in _FRAME_MARKERS:
            if end > len(data):
                raise BrokenPicture
            height, width = struct.unpack_from(">HH", data, start + 1)
            if marker == 0xC2:
                _check_progressive(data, start, width * height)
            return Picture("jpeg", width, height)
        if marker in (0xDA, 0xD9):
            break
    raise BrokenPicture


def _check_progressive(data: bytes, start: int, pixels: int) -> None:
    factors = [data[start + 7 + 3 * i] for i in range(data[start + 5])]
    areas = [(factor >> 4) * (factor & 15) for factor in factors]
    if not areas or min(areas) == 0:
        raise BrokenPicture
    if 2 * pixels * sum(areas) // max(areas) > MOST_PROGRESSIVE_BYTES or data.count(b"\xff\xda") > MOST_SCANS:
        raise TooManyPixels


def _png(data: bytes) -> Picture:
    length, name, width, height = struct.unpack_from(">I4sII", data, 8)
    if length != 13 or name != b"IHDR":
        raise BrokenPicture
    at = 8
    while at + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        if name == b"acTL":
            raise MovingPicture
        if name == b"IDAT":
            return Picture("png", width, height)
        at += 12 + length
    raise BrokenPicture


def _webp(data: bytes) -> Picture:
    name = data[12:16]
    if name == b"VP8X":
        if data[20] & 0x02:
            raise MovingPicture
        width = 1 + int.from_bytes(data[24:27], "little")
        height = 1 + int.from_bytes(data[27:30], "little")
    elif name == b"VP8L" and data[20] == 0x2F:
        bits = struct.unpack_from("<I", data, 21)[0]
        width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    elif name == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", data, 26))
    else:
        raise BrokenPicture
    if len(data) < 30:
        raise BrokenPicture
    return Picture("webp", width, height)

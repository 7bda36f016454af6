"""Files that people and attackers send, built here: good ones, disguised ones, bombs, and ones with things to hide."""

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image
from PIL.PngImagePlugin import PngInfo

GPS_IFD = 0x8825
ORIENTATION = 0x0112
SECRET = "21.0278,105.8342"


def _gradient(width: int, height: int) -> Image.Image:
    return Image.linear_gradient("L").resize((width, height)).convert("RGB")


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def jpeg(width: int = 800, height: int = 600, **options: object) -> bytes:
    return saved(_gradient(width, height), "JPEG", **options)


def png(width: int = 800, height: int = 600) -> bytes:
    return saved(_gradient(width, height), "PNG")


def webp(width: int = 800, height: int = 600, **options: object) -> bytes:
    return saved(_gradient(width, height), "WEBP", **options)


def sideways_jpeg_with_gps() -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010E] = SECRET
    exif.get_ifd(GPS_IFD)[1] = "N"
    exif.get_ifd(GPS_IFD)[2] = (21.0, 1.0, 40.0)
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><gps>{SECRET}</gps></x:xmpmeta>'.encode()
    return jpeg(800, 600, exif=exif.tobytes(), xmp=xmp, comment=SECRET.encode())


def png_with_script() -> bytes:
    text = PngInfo()
    text.add_text("Comment", f"<script>alert(1)</script>{SECRET}")
    return saved(_gradient(400, 300), "PNG", pnginfo=text)


def see_through_png() -> bytes:
    return saved(Image.new("RGBA", (400, 300), (200, 30, 30, 0)), "PNG")


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and carries almost nothing."""
    ihdr = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + ihdr + _chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + _chunk(b"IEND", b"")


def jpeg_claiming(width: int, height: int) -> bytes:
    """A real JPEG whose header claims another size."""
    data = bytearray(jpeg(640, 480))
    at = data.find(b"\xff\xc0")
    struct.pack_into(">HH", data, at + 5, height, width)
    return bytes(data)


def animated(kind: str) -> bytes:
    frames = [Image.new("RGB", (300, 300), colour) for colour in ("red", "green")]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:])


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<!doctype html><script>alert(document.cookie)</script>"
TIFF = b"II*\0\x08\0\0\0"
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
ZIP = b"PK\x03\x04" + b"\0" * 100
PHP = b"<?php system($_GET[0]); ?>"

GOOD: dict[str, Callable[[], bytes]] = {
    "jpeg": jpeg,
    "progressive jpeg": lambda: jpeg(progressive=True),
    "grey jpeg": lambda: saved(_gradient(800, 600).convert("L"), "JPEG"),
    "cmyk jpeg": lambda: saved(_gradient(800, 600).convert("CMYK"), "JPEG"),
    "png": png,
    "palette png": lambda: saved(_gradient(800, 600).convert("P"), "PNG"),
    "16-bit png": lambda: saved(Image.new("I;16", (400, 300), 3000), "PNG"),
    "see-through png": see_through_png,
    "webp": webp,
    "lossless webp": lambda: webp(lossless=True),
    "jpeg with gps": sideways_jpeg_with_gps,
    "png with script": png_with_script,
    "jpeg and zip": lambda: jpeg() + ZIP,
    "jpeg and php": lambda: jpeg() + PHP,
    "small jpeg": lambda: jpeg(250, 210),
    "jpeg of 3 : 1": lambda: jpeg(1500, 500),
}

REFUSED_AT_ONCE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "text": lambda: b"xin chao" * 100,
    "svg": lambda: SVG,
    "html": lambda: HTML,
    "gif": lambda: saved(Image.new("P", (300, 300)), "GIF"),
    "gif and script": lambda: b"GIF89a/*" + HTML,
    "animated gif": lambda: animated("GIF"),
    "tiff": lambda: saved(_gradient(300, 300), "TIFF"),
    "bare tiff": lambda: TIFF,
    "bmp": lambda: saved(_gradient(300, 300), "BMP"),
    "eps": lambda: EPS,
    "pdf": lambda: b"%PDF-1.7\n",
    "zip": lambda: ZIP,
    "heic": lambda: HEIC,
    "animated png": lambda: animated("PNG"),
    "animated webp": lambda: animated("WEBP"),
    "png bomb": lambda: png_header(50_000, 50_000),
    "thin png": lambda: png_header(8, 200_000),
    "png of 41 megapixels": lambda: png_header(8200, 5000),
    "png of nothing": lambda: png_header(0, 300),
    "jpeg of 225 megapixels": lambda: jpeg_claiming(15_000, 15_000),
    "jpeg of nothing": lambda: jpeg_claiming(0, 600),
    "tiny jpeg": lambda: jpeg(120, 90),
    "jpeg of 20 : 1": lambda: jpeg(4200, 210),
    "jpeg cut in its header": lambda: jpeg()[:20],
    "jpeg without a frame": lambda: b"\xff\xd8\xff\xd9",
    "png cut in its header": lambda: png()[:20],
    "webp cut in its header": lambda: webp()[:20],
    "jpeg with garbage": lambda: b"\xff\xd8\xff" + b"A" * 500,
    "more than 25 MB": lambda: jpeg() + b"\0" * (25 * 1024 * 1024),
}

REFUSED_LATE: dict[str, Callable[[], bytes]] = {
    "png without its pixels": lambda: png_header(800, 600),
    "jpeg cut in the middle": lambda: jpeg(2000, 1500, quality=95)[:9_000],
    "png cut in the middle": lambda: png(2000, 1500)[:-600],
    "webp cut in the middle": lambda: webp(2000, 1500, lossless=True)[:400],
}

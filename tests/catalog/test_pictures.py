"""Uploads: refused at once by their first bytes, or by the worker; what passes carries pixels and nothing else."""

import io
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from marketplace.catalog.pictures import WIDTHS, CannotDecode, Sizes, decode, sizes_of
from marketplace.catalog.rules import inspect_paper, inspect_picture
from marketplace.catalog.rules.picture import (
    HeicPicture,
    MovingPicture,
    NoPicture,
    PictureRefused,
    PictureTooBig,
    TooManyPixels,
)
from marketplace.kit.storage import FolderStore
from tests.catalog import corpus


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "public")


def made(content: bytes, store: FolderStore) -> Sizes:
    return sizes_of(decode(content), store)


@pytest.mark.parametrize("name", corpus.GOOD)
def test_a_picture_is_accepted_and_made_into_webp_of_its_own_shape(name: str, store: FolderStore) -> None:
    content = corpus.GOOD[name]()
    header = inspect_picture(content)
    sizes = made(content, store)
    turned = name == "jpeg with gps"
    for width, key in sizes.keys.items():
        with Image.open(store.path(key)) as picture:
            assert (picture.format, picture.mode) == ("WEBP", "RGB")
            assert picture.width == int(width)
            shape = (header.height / header.width) if turned else (header.width / header.height)
            assert picture.width / picture.height == pytest.approx(shape, rel=0.02)


@pytest.mark.parametrize("name", corpus.REFUSED_AT_ONCE)
def test_what_is_no_usable_picture_is_refused_by_its_first_bytes_with_a_sentence(name: str) -> None:
    with pytest.raises(PictureRefused) as refused:
        inspect_picture(corpus.REFUSED_AT_ONCE[name]())
    assert refused.value.status == 422
    assert refused.value.field == "photo"
    assert len(str(refused.value.message)) > 15


@pytest.mark.parametrize("name", corpus.REFUSED_AT_ONCE)
def test_the_worker_refuses_them_too(name: str) -> None:
    with pytest.raises(CannotDecode):
        decode(corpus.REFUSED_AT_ONCE[name]())


@pytest.mark.parametrize("name", corpus.REFUSED_LATE)
def test_a_broken_picture_is_refused_by_the_worker_with_a_sentence(name: str) -> None:
    content = corpus.REFUSED_LATE[name]()
    inspect_picture(content)
    with pytest.raises(CannotDecode, match="chụp lại"):
        decode(content)


def test_each_reason_has_its_own_sentence() -> None:
    for name, reason in (
        ("nothing", NoPicture), ("heic", HeicPicture), ("animated png", MovingPicture), ("png bomb", TooManyPixels),
        ("png of 41 megapixels", TooManyPixels), ("jpeg of 225 megapixels", TooManyPixels), ("more than 25 MB", PictureTooBig),
    ):  # fmt: skip
        with pytest.raises(reason):
            inspect_picture(corpus.REFUSED_AT_ONCE[name]())


@pytest.mark.parametrize("name", ["jpeg with gps", "png with script", "jpeg and zip", "jpeg and php"])
def test_nothing_but_pixels_reaches_the_public_store(name: str, store: FolderStore) -> None:
    sizes = made(corpus.GOOD[name](), store)
    for key in sizes.keys.values():
        content = store.path(key).read_bytes()
        for hidden in (b"Exif", b"GPS", b"xmp", b"ICCP", b"PK\x03\x04", b"<?php", b"<script", corpus.SECRET.encode()):
            assert hidden not in content
        with Image.open(io.BytesIO(content)) as picture:
            assert not picture.getexif()


def test_a_photo_taken_sideways_stands_upright(store: FolderStore) -> None:
    sizes = made(corpus.sideways_jpeg_with_gps(), store)
    assert sizes.height > sizes.width


def test_what_is_see_through_lies_on_white(store: FolderStore) -> None:
    sizes = made(corpus.see_through_png(), store)
    with Image.open(store.path(sizes.keys["320"])) as picture:
        assert picture.getpixel((160, 120)) == (255, 255, 255)


def test_the_sizes_are_those_wanted_and_never_wider_than_the_photo(store: FolderStore) -> None:
    assert list(made(corpus.jpeg(1600, 1200), store).keys) == [str(width) for width in WIDTHS]
    assert list(made(corpus.jpeg(600, 450), store).keys) == ["160", "320", "480", "600"]
    assert list(made(corpus.jpeg(250, 210), store).keys) == ["160", "250"]


def test_the_same_photo_twice_is_the_same_files(store: FolderStore) -> None:
    assert made(corpus.jpeg(), store) == made(corpus.jpeg(), store)


def test_random_bytes_after_a_good_beginning_never_raise_anything_else() -> None:
    beginnings = (corpus.jpeg()[:300], corpus.png()[:60], corpus.webp()[:40])
    for seed in range(150):
        for beginning in beginnings:
            noise = bytes((seed * 37 + i * 101 + i * i * 7) % 256 for i in range(400))
            content = beginning[: 12 + seed % len(beginning)] + noise
            try:
                inspect_picture(content)
            except PictureRefused:
                continue
            with pytest.raises(CannotDecode):
                decode(content)


DECODE = """
import resource, sys
from pathlib import Path
from marketplace.catalog.pictures import decode, sizes_of
from marketplace.kit.storage import FolderStore
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
content = Path(sys.argv[1]).read_bytes()
sizes = sizes_of(decode(content), FolderStore(Path(sys.argv[2])))
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(sizes.width, sizes.height, len(sizes.keys), (after - before) // 1024)
"""
PAINT = """
import sys
from PIL import Image
picture = Image.effect_noise((1200, 900), 60).resize((12000, 9000))
picture.convert("RGB").save(sys.argv[1], "JPEG", quality=80)
"""


def _run(code: str, *arguments: str) -> str:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2]).stdout


def test_a_real_photo_of_108_megapixels_is_accepted_in_little_memory(tmp_path: Path) -> None:
    original = tmp_path / "lon.jpg"
    _run(PAINT, str(original))
    header = inspect_picture(original.read_bytes())
    assert (header.kind, header.width, header.height) == ("jpeg", 12_000, 9_000)
    width, height, count, megabytes = map(int, _run(DECODE, str(original), str(tmp_path / "public")).split())
    assert (width, height, count) == (1200, 900, 5)
    assert megabytes < 160, "a whole decode of it takes 324 MB"


def test_judging_a_bomb_takes_no_memory() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(50):
        with pytest.raises(PictureRefused):
            inspect_picture(corpus.png_header(50_000, 50_000))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 5_000


def test_a_progressive_bomb_is_refused_for_its_coefficients() -> None:
    data = bytearray(corpus.jpeg(640, 480, progressive=True))
    at = data.find(b"\xff\xc2")
    data[at + 5 : at + 9] = (14_000).to_bytes(2, "big") + (14_000).to_bytes(2, "big")
    with pytest.raises(TooManyPixels) as refused:
        inspect_picture(bytes(data))
    assert "MB" not in str(refused.value.message)


@pytest.mark.parametrize("content", [b"%PDF-1.7\n" + b"x" * 100, corpus.jpeg(), corpus.png(), corpus.webp()])
def test_a_paper_is_a_pdf_or_a_picture(content: bytes) -> None:
    assert inspect_paper(content).ext in ("pdf", "jpg", "png", "webp")


@pytest.mark.parametrize(
    "content", [b"", corpus.HTML, corpus.SVG, corpus.ZIP, corpus.HTML + b"%PDF-1.7", b"%PDF-1.7" + b"x" * 10_485_760]
)
def test_anything_else_is_no_paper(content: bytes) -> None:
    with pytest.raises(PictureRefused):
        inspect_paper(content)

"""Make static/font/be-vietnam-pro-700.woff2 from the npm package: latin and Vietnamese in one file, only the letters the market writes.

Usage, once, in a throw-away environment (the market itself needs none of this):
    npm pack @fontsource/be-vietnam-pro@5.3.0 && tar xzf fontsource-be-vietnam-pro-5.3.0.tgz
    pip install fonttools brotli
    python static/vendor/subset_font.py package/files static/font/be-vietnam-pro-700.woff2
"""

import sys
import tempfile
import unicodedata
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

PARTS = ("latin", "latin-ext", "vietnamese")
BASE = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def letters() -> set[int]:
    """ASCII, every Vietnamese letter with every tone, the punctuation and signs of prices, and the dong."""
    toned = {unicodedata.normalize("NFC", base + tone) for base in BASE for tone in TONES}
    text = "".join(chr(code) for code in range(0x20, 0x7F)) + BASE + "đĐ₫" + "".join(toned) + "\u00a0–—…“”‘’·×°½›‹−•"
    return {ord(letter) for letter in text} | {ord(tone) for tone in TONES}


def plain(source: Path, folder: Path) -> str:
    """The same font uncompressed, as the merger wants it."""
    font = TTFont(source)
    font.flavor = None
    target = folder / (source.stem + ".ttf")
    font.save(target)
    return str(target)


def main(files: Path, target: Path) -> None:
    """Merge the split files and keep what is needed: no hints, kerning and mark placement only."""
    with tempfile.TemporaryDirectory() as name:
        sources = [plain(files / f"be-vietnam-pro-{part}-700-normal.woff2", Path(name)) for part in PARTS]
        font = Merger().merge(sources)
    options = Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 13, 14]
    options.flavor = "woff2"
    options.drop_tables += ["DSIG", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters())
    subsetter.subset(font)
    font.flavor = "woff2"
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target)
    print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

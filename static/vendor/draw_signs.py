"""Make static/art/*.webp, the small drawings that layouts and empty pages use, from the SVG family of the demo market.

Usage, once, where Chromium and Pillow are (the market itself draws nothing when it starts):
    python static/vendor/draw_signs.py FOLDER_OF_SVG static/art
"""

import io
import sys
from pathlib import Path

from PIL import Image, ImageEnhance, ImageFilter
from playwright.sync_api import sync_playwright

CHIPS = ("mien", "tea", "honey", "fishsauce", "cashew", "jug", "basket", "brocade")
SIGNS: dict[str, tuple[str, int]] = {
    **{name: (name, 128) for name in CHIPS},
    "how-basket": ("basket", 208),
    "how-phone": ("qrphone", 208),
    "how-parcel": ("parcel", 208),
    "empty": ("empty", 360),
    "age": ("jug", 400),
    "tet": ("banhchung", 560),
    "village": ("s-lang", 720),
    "village-wide": ("s-lang", 1280),
    "sea": ("s-bien", 720),
    "face": ("p-off", 144),
    "photo-good": ("chelam", 320),
}


def main(source: Path, target: Path) -> None:
    """Each drawing once in a real browser (the filters are its own), then made small."""
    target.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 960, "height": 960})
        for name, (drawing, width) in SIGNS.items():
            svg = (source / f"{drawing}.svg").read_text("utf-8")
            page.set_content(f'<body style="margin:0"><div style="width:960px">{svg}</div>')
            shot = page.locator("svg").first.screenshot(type="png")
            picture = Image.open(io.BytesIO(shot)).convert("RGB")
            height = round(width * picture.height / picture.width)
            picture.resize((width, height), Image.Resampling.LANCZOS).save(target / f"{name}.webp", quality=72, method=6)
        browser.close()
    dark = ImageEnhance.Brightness(Image.open(target / "photo-good.webp")).enhance(0.38)
    dark.filter(ImageFilter.GaussianBlur(5)).save(target / "photo-bad.webp", quality=60, method=6)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

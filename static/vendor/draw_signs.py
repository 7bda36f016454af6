"""Make static/art/*.webp, the small drawings that layouts and empty pages use, from the SVG family of the demo market.

Usage, once, where Chromium and Pillow are (the market itself draws nothing when it starts):
    python static/vendor/draw_signs.py FOLDER_OF_SVG static/art
"""

import io
import sys
from pathlib import Path

from PIL import Image, ImageEnhance, ImageFilter, ImageOps
from playwright.sync_api import Page, sync_playwright

SETS = (
    "mien", "tea", "honey", "fishsauce", "cashew", "jug", "basket", "brocade", "s-bien", "turmeric", "lotus", "s-lang",
)  # fmt: skip
"""The groups of goods in the order of `marketplace.shelf.rules.GROUPS`: one strip, placed by static/css/parts/sets.css."""
SET_PIXELS = 96
SIGNS: dict[str, tuple[str, int]] = {
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


def drawn(page: Page, svg: Path) -> Image.Image:
    """The drawing as a browser shows it, 960 pixels wide."""
    page.set_content(f'<body style="margin:0"><div style="width:960px">{svg.read_text("utf-8")}</div>')
    return Image.open(io.BytesIO(page.locator("svg").first.screenshot(type="png"))).convert("RGB")


def main(source: Path, target: Path) -> None:
    """Each drawing once in a real browser (the filters are its own), then made small."""
    target.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 960, "height": 960})
        for name, (drawing, width) in SIGNS.items():
            picture = drawn(page, source / f"{drawing}.svg")
            height = round(width * picture.height / picture.width)
            picture.resize((width, height), Image.Resampling.LANCZOS).save(
                target / f"{name}.webp", quality=72, method=6
            )
        strip = Image.new("RGB", (SET_PIXELS * len(SETS), SET_PIXELS))
        for place, drawing in enumerate(SETS):
            square = ImageOps.fit(
                drawn(page, source / f"{drawing}.svg"), (SET_PIXELS, SET_PIXELS), Image.Resampling.LANCZOS
            )
            strip.paste(square, (SET_PIXELS * place, 0))
        strip.save(target / "groups.webp", quality=72, method=6)
        browser.close()
    dark = ImageEnhance.Brightness(Image.open(target / "photo-good.webp")).enhance(0.38)
    dark.filter(ImageFilter.GaussianBlur(5)).save(target / "photo-bad.webp", quality=60, method=6)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

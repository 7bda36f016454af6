"""Render the drawings to WebP, once, when one of them changes: `python -m marketplace.cli.demo.draw`.

The hand-cut line and the paper are turbulence filters, costly to draw in a browser; what is served is a picture. Needs
Chromium and the packages of the tests.
"""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ART = Path(__file__).resolve().parent / "art"
WIDTH = 720
QUALITIES = (76, 70, 64, 58, 52, 46, 40)
LARGEST = 19_000  # bytes; a page of the shop shows two dozen of them
CHROMIUM = "/usr/bin/chromium"


def main() -> None:
    """Render every SVG of the folder that is newer than its picture."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": WIDTH, "height": WIDTH})
        for svg in sorted(ART.glob("*.svg")):
            target = svg.with_suffix(".webp")
            if target.exists() and target.stat().st_mtime >= svg.stat().st_mtime:
                continue
            page.set_content(f'<body style="margin:0">{svg.read_text("utf-8")}</body>')
            page.add_style_tag(content=f"svg{{width:{WIDTH}px;height:auto;display:block}}")
            shot = page.locator("svg").screenshot()
            target.write_bytes(_encoded(shot))
            print(target.name, target.stat().st_size)
        browser.close()


def _encoded(shot: bytes) -> bytes:
    """The picture as WebP, at the best quality that keeps it under LARGEST bytes; else at the lowest one."""
    encoded = b""
    with Image.open(io.BytesIO(shot)) as picture:
        drawn = picture.convert("RGB")
    for quality in QUALITIES:
        out = io.BytesIO()
        drawn.save(out, "WEBP", quality=quality, method=6)
        encoded = out.getvalue()
        if len(encoded) <= LARGEST:
            break
    return encoded


if __name__ == "__main__":
    main()

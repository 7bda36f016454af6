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
            with Image.open(io.BytesIO(shot)) as picture:
                picture.convert("RGB").save(target, "WEBP", quality=80, method=6)
            print(target.name, target.stat().st_size)
        browser.close()


if __name__ == "__main__":
    main()

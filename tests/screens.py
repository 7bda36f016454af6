"""Photograph every page of the market on a phone and on a desktop, into one contact sheet: `make screens`.

Three states: full (one of everything on show), empty (the same pages of a market without goods), and error (every form
sent empty, and the error pages).
"""

import html
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

from marketplace.web.buying.door import ORDERS_COOKIE
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.exhibition import Exhibition, open_to

TARGET = Path(__file__).resolve().parents[1] / "screens"
SIZES = {"phone": {"width": 360, "height": 640}, "desktop": {"width": 1280, "height": 800}}
ERRORS = ("/khong-co-trang-nay", "/don-hang/khong-co", "/static/khong-co.css")
NOT_PAGES = (".png", ".svg", ".xml", ".txt", "/goi-y", "/api/", "/tep/", "/giay-to/", "/720")


class Album:
    """Pictures taken so far, by state."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.taken: list[tuple[str, str, str]] = []

    def take(self, shown: Exhibition, state: str, who: str, path: str, *, send: bool = False) -> None:
        """One page in both sizes; with `send`, after its form was sent empty."""
        name = f"{state}-{len(self.taken):03}"
        for size, viewport in SIZES.items():
            context = self.browser.new_context(viewport=viewport, base_url=shown.url, locale="vi-VN")
            if who:
                context.add_cookies([{"name": "phien", "value": shown.tokens[who], "url": shown.url}])
            for cookie, word in (("gio", "cart"), (ORDERS_COOKIE, "known")):
                if word in shown.names:
                    context.add_cookies([{"name": cookie, "value": shown.names[word], "url": shown.url}])
            page = context.new_page()
            try:
                page.goto(path)
                if not send or _sent_empty(page):
                    page.screenshot(path=str(TARGET / f"{name}-{size}.png"), full_page=True)
            except Error as fault:
                print(f"{state} {who} {path}: {fault.message.splitlines()[0]}")
            context.close()
        if (TARGET / f"{name}-phone.png").exists():
            self.taken.append((name, who or "nobody", path))

    def sheet(self) -> None:
        """All pictures on one page, and that page as pictures of 12 each."""
        cells = [
            f'<figure><a href="{name}-phone.png"><img src="{name}-phone.png"></a><a href="{name}-desktop.png">'
            f'<img class="wide" src="{name}-desktop.png"></a><figcaption>{name} {who} {html.escape(path)}</figcaption></figure>'
            for name, who, path in self.taken
        ]
        style = (
            "figure{display:inline-block;margin:6px;width:490px;vertical-align:top;font:13px sans-serif}"
            "img{width:170px;height:420px;object-fit:cover;object-position:top;border:1px solid #999}.wide{width:300px}"
        )
        (TARGET / "index.html").write_text(f"<meta charset=utf-8><style>{style}</style>{''.join(cells)}", "utf-8")
        page = self.browser.new_page(viewport={"width": 1530, "height": 1400})
        for number in range(0, len(cells), 9):
            file = TARGET / f"part-{number // 9:02}.html"
            file.write_text(f"<meta charset=utf-8><style>{style}</style>{''.join(cells[number : number + 9])}", "utf-8")
            page.goto(f"file://{file}")
            page.screenshot(path=str(TARGET / f"sheet-{number // 9:02}.png"), full_page=True)
            file.unlink()


def _sent_empty(page: Page) -> bool:
    """Send the main form of the page with every field emptied; False when the page has none.

    Signing out is left alone: the pages after it would all be the sign-in page.
    """
    form = page.locator('main form[method=post]:not([action$="/dang-xuat"]):not([action$="/phien"])').first
    if not form.count():
        return False
    form.evaluate("form => { form.noValidate = true }")
    for box in form.locator("input[type=text]:visible, input[type=tel]:visible, textarea:visible").all():
        box.fill("")
    button = form.locator("button").last
    button.click()
    page.wait_for_load_state()
    return True


def main() -> None:
    """Take all pictures."""
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        album = Album(browser)
        for state in ("full", "empty"):
            with open_to(TARGET / "data" / state, full=state == "full") as shown:
                for who, path in shown.pages:
                    if not any(mark in path for mark in NOT_PAGES):
                        album.take(shown, state, who, path)
                if state == "full":
                    for path in ERRORS:
                        album.take(shown, "error", "", path)
                    for who, path in shown.pages:
                        if not any(mark in path for mark in NOT_PAGES):
                            album.take(shown, "error", who, path, send=True)
        album.sheet()
        browser.close()
    print(f"{len(album.taken)} pages, twice each, in {TARGET.name}/index.html")


if __name__ == "__main__":
    main()

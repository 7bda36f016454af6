"""A market with one of everything on show, served for looking at: `python -m tests.exhibition` writes the list of pages.

The pages are those of the matrix, so no route can be missing; each is opened by the first role that is let in.
"""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from marketplace.accounts.actions.factor import settle_sample
from marketplace.accounts.actions.sessions import open_session
from marketplace.accounts.rules import Device
from marketplace.app import create_app
from marketplace.cli.demo.seeding import PRODUCTS
from marketplace.cli.import_products import run as import_products
from marketplace.kit import db
from marketplace.kit.actor import Actor, Place
from marketplace.notices.models import Notice
from marketplace.orders.models import Order
from marketplace.places import actions as places
from marketplace.places import queries as place_queries
from marketplace.producers import actions as producers
from marketplace.search import indexer
from marketplace.web.buying.door import ORDERS_COOKIE
from marketplace.worker.loop import drain
from tests import cast, stage
from tests.actors import coordinator
from tests.browser.conftest import free_port
from tests.conftest import settings_for
from tests.house.matrix import ROLES, ROWS, Row

ROOT = Path(__file__).resolve().parents[1]
ONWARD = {
    "/dat-hang",  # to the first step that is not answered yet
    "/don-hang/<token>/the/<int:row_id>",  # to the page of the card company
    "/don-hang/<token>/the/ve",  # from there to the order's own page
}
"""Pages that only lead to another one."""
PREFERRED = ("", "Mơ", "Hạnh", "Bình", "Sen", "Tín", "Quân")


@dataclass
class Exhibition:
    """A served market: its address, a sign-in token for each role, and the words that fill addresses."""

    url: str
    tokens: dict[str, str]
    names: dict[str, str]
    """Words that fill addresses; `cart` and `known` are cookies: of a full cart, and of one's own order."""
    pages: list[tuple[str, str]] = field(default_factory=list)


ASKED = "/tai-khoan/xac-thuc/"
"""Where an official shows a second factor: opened as Quân, who has one and has not shown it."""


def visitor_of(row: Row) -> str:
    """The first role that the matrix lets in."""
    letters = dict(zip(ROLES, row.who, strict=True))
    return next((role for role in PREFERRED if letters[role] == "o"), "Mơ")


def fill(folder: Path, *, full: bool, url: str) -> Exhibition:
    """Put the cast, and for a full market goods and one of each thing, into an empty folder."""
    app = create_app(settings_for(folder, PUBLIC_URL=url))
    with app.app_context():
        cast.build(app, goods=full)
        names = _everything(app) if full else {}
        indexer.rebuild()
        with db.unit():
            tokens = {role: _sign_in(role) for role in ROLES if role}
            settle_sample(Actor.operator(), cast.user_id("Quân"))
        db.sqla.engine.dispose()
    if full:
        names["known"] = _shown_to_be_hers(app, (names["back"], names["token"], names["spoken"], names["anew"]), url)
    shown = Exhibition(url, tokens, names)
    rows = [row for row in ROWS if row.method == "GET" and row.rule not in ONWARD]
    shown.pages = [("Quân" if path == ASKED else visitor_of(row), path) for row in rows if (path := _path(row, names))]
    return shown


def _path(row: Row, names: dict[str, str]) -> str:
    try:
        return row.path.format(**names)
    except KeyError:
        return ""


def _sign_in(role: str) -> str:
    token = open_session(Actor.system("exhibition"), cast.user_id(role), device=Device("Chromium", "127.0.0.1"))
    if role != "Quân":
        cast.factor_was_shown(token)
    return token


def _shown_to_be_hers(app: Flask, tokens: Sequence[str], url: str) -> str:
    """The cookie of a browser that knows the last four digits of the orders' telephone."""
    browser = app.test_client()
    for token in tokens:
        browser.post(
            f"/don-hang/{token}/xac-nhan-so", base_url=url, headers={"Origin": url}, data={"digits": stage.ORDERER[-4:]}
        )
    known = browser.get_cookie(ORDERS_COOKIE, domain="127.0.0.1")
    assert known is not None
    return known.value


def _everything(app: Flask) -> dict[str, str]:
    with db.unit():  # these bear ids of their own; what is imported afterwards is numbered on
        stage.waiting_product(Actor.operator())
        stage.waiting_revision(Actor.operator())
        stage.claimed_certificate(Actor.operator())
        stage.application_begun(Actor.operator())
        village_id = places.open_village(Actor.operator(), name="Làng Mẫu", place=Place("01", "09955"))
    stage.hang_pictures()
    import_products(PRODUCTS, demo=True, on_sale=True, skip_bad=False)
    problem, token = stage.report_problem(), stage.place_order(1, 3)
    case, address = stage.report_broken(token), stage.saved_address()
    cart_token = stage.fill_cart(1, 2, 3)
    stage.answer_the_way(cart_token)
    back, refund = stage.money_to_send_back()
    back_code = stage.told_where_back(back)
    card = stage.card_order()
    payout = stage.card_money_to_pay_out()
    stage.something_lost()
    cash_code = stage.cash_orders()
    spoken = stage.opinion_written()
    shared = stage.shared_money()
    change, stop = stage.account_change()
    with db.unit():  # stopped again, which freezes: else every page of the stall would speak of it
        producers.stop_change_by_path(Actor.stranger(), *stop.split("/")[2:])
        producers.unfreeze(coordinator("Quân"), 1, reason="Đã gọi hỏi bà Mơ.")
    entry = stage.sign_in_card()
    drain(app)
    with db.unit():
        village = place_queries.village(village_id)
        assert village is not None
        code = db.session.scalars(select(Order.code).where(Order.producer_id == 1).order_by(Order.id)).first()
        notice = db.session.scalars(select(Notice.id).where(Notice.producer_id == 1)).first()
        return {
            "problem": problem, "case": case, "address": str(address),
            "token": token, "back": back, "refund": str(refund), "village": village.slug,
            "code": str(code), "notice": str(notice), "cart": cart_token, "card": card, "backcode": back_code, "payout": str(payout),
            "change": change, "stop": stop,
            "cashcode": cash_code,
            **spoken,
            **shared,
            "entry": entry,
        }  # fmt: skip


@contextmanager
def open_to(folder: Path, *, full: bool) -> Iterator[Exhibition]:
    """Fill the folder and serve it on a free port of this machine."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    shown = fill(folder, full=full, url=url)
    env = {**os.environ, "DATA_DIR": str(folder), "PORT": str(port), "PUBLIC_URL": url}
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--port",
        str(port),
        "--blocking-threads",
        "8",
        "--workers-kill-timeout",
        "5",
        "run:app",
    ]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
    try:
        _wait_for(url)
        yield shown
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError("the exhibition did not open")


def main(where: str = "screens/paths") -> None:
    """Serve a full market until stopped, and write the pages of each role with the cookie to open them."""
    target = ROOT / where
    target.mkdir(parents=True, exist_ok=True)
    folder = target / "data"
    with open_to(folder, full=True) as shown:
        for role in ROLES:
            paths = [path for who, path in shown.pages if who == role]
            name = role or "nobody"
            (target / f"{name}.txt").write_text("\n".join(paths) + "\n", "utf-8")
            cookie = (
                f"phien={shown.tokens[role]}"
                if role
                else f"gio={shown.names['cart']}\n{ORDERS_COOKIE}={shown.names['known']}"
            )
            (target / f"{name}.cookie").write_text(f"{cookie}\n", "utf-8")
            print(f"{name}: {len(paths)} pages")
        print(shown.url, flush=True)
        while True:
            time.sleep(60)


if __name__ == "__main__":
    main()

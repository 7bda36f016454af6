"""The practice Stripe as a WSGI app: the API that the official SDK speaks, and the page that a buyer pays on."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader, select_autoescape
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from marketplace.practice import ledger, shapes
from marketplace.practice.courier import Courier
from marketplace.practice.params import Shape, Wrong
from marketplace.practice.store import Book, Store, Thing

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

HERE = Path(__file__).parent / "pages"
STEPS = Map(
    [
        Rule("/v1/checkout/sessions", methods=["POST"], endpoint="new_session"),
        Rule("/v1/checkout/sessions", methods=["GET"], endpoint="checkout.session"),
        Rule("/v1/checkout/sessions/<key>", methods=["GET"], endpoint="session"),
        Rule("/v1/checkout/sessions/<key>/expire", methods=["POST"], endpoint="expire"),
        Rule("/v1/payment_intents/<key>", methods=["GET"], endpoint="payment_intent"),
        Rule("/v1/refunds", methods=["POST"], endpoint="new_refund"),
        Rule("/v1/refunds", methods=["GET"], endpoint="refund"),
        Rule("/v1/refunds/<key>", methods=["GET"], endpoint="one_refund"),
        Rule("/v1/disputes", methods=["GET"], endpoint="dispute"),
        Rule("/v1/disputes/<key>", methods=["GET"], endpoint="one_dispute"),
        Rule("/c/pay/<key>", methods=["GET", "POST"], endpoint="page"),
        Rule("/c/style.css", methods=["GET"], endpoint="style"),
    ]
)
Do = Callable[[Book, dict[str, str]], Thing]


@dataclass
class PracticeStripe:
    """`address` is where its pages are opened, `key` the secret key it takes; `courier` tells the market."""

    store: Store
    key: str
    address: str
    courier: Courier | None = None
    calls: list[str] = field(default_factory=list)
    """Every call of the API in this process, for tests to look at."""

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        request = Request(environ)
        try:
            answer = self._answer(request)
        except Wrong as wrong:
            answer = _json(wrong.body, wrong.status)
        except HTTPException as error:
            answer = _json(
                Wrong(f"Unrecognized request URL ({request.method}: {request.path}).").body, error.code or 404
            )
        return answer(environ, start_response)

    def _answer(self, request: Request) -> Response:
        endpoint, values = STEPS.bind_to_environ(request.environ).match()
        if endpoint == "style":
            return Response((HERE / "style.css").read_text("utf-8"), mimetype="text/css")
        if endpoint == "page":
            return self._page(request, values["key"])
        self._know(request)
        answer = self._call(endpoint, request, values.get("key", ""))
        if self.courier and request.method == "POST":
            self.courier.soon()
        return answer

    def _know(self, request: Request) -> None:
        if request.headers.get("Authorization") != f"Bearer {self.key}":
            raise Wrong("Invalid API Key provided.", status=401)
        if not request.headers.get("Stripe-Version"):
            raise Wrong("No Stripe-Version.")
        self.calls.append(f"{request.method} {request.path}")

    def _call(self, endpoint: str, request: Request, key: str) -> Response:
        calls: dict[str, tuple[Shape, Do]] = {
            "new_session": (shapes.NEW_SESSION, lambda book, asked: ledger.open_session(book, asked, self.address)),
            "session": (shapes.EXPANDED, lambda book, _asked: ledger.session(book, key)),
            "expire": (shapes.NOTHING, lambda book, _asked: ledger.expire(book, key)),
            "payment_intent": (shapes.EXPANDED, lambda book, _asked: ledger.thing(book, "payment_intent", key)),
            "new_refund": (shapes.NEW_REFUND, ledger.refund),
            "one_refund": (shapes.NOTHING, lambda book, _asked: ledger.thing(book, "refund", key)),
            "one_dispute": (shapes.NOTHING, lambda book, _asked: ledger.thing(book, "dispute", key)),
        }
        if endpoint in calls:
            shape, do = calls[endpoint]
            return self._once(request, shape, do)
        asked = shapes.LIST.read(_sent(request))
        with self.store.book() as book:
            return _json({"object": "list", "url": request.path, **_page_of(book.all(endpoint), asked)}, 200)

    def _once(self, request: Request, shape: Shape, do: Do) -> Response:
        """Do it, or repeat what was answered to the same idempotency key; another question under that key is refused."""
        asked = shape.read(_sent(request))
        key = request.headers.get("Idempotency-Key", "") if request.method == "POST" else ""
        print_ = hashlib.sha256(json.dumps([request.path, sorted(asked.items())]).encode()).hexdigest()
        with self.store.book() as book:
            before = book.answer(key) if key else None
            if before and before[0] != print_:
                message = (
                    "Keys for idempotent requests can only be used with the same parameters they were first used with."
                )
                raise Wrong(message, kind="idempotency_error")
            if before:
                return _json(before[2], before[1], {"Idempotent-Replayed": "true"})
            try:
                status, body = 200, do(book, asked)
            except Wrong as wrong:
                status, body = wrong.status, dict(wrong.body)
            if key:
                book.remember(key, print_, status, body)
            return _json(body, status)

    def _page(self, request: Request, key: str) -> Response:
        """The page to pay on; no card of anybody's can be typed, only practice cards chosen."""
        card = request.form.get("card", "")
        with self.store.book() as book:
            found = ledger.session(book, key)
            if request.method == "GET" or found["status"] != "open":
                return _html("pay", 200 if request.method == "GET" else 410, session=found)
            reason = ledger.declined(book, key, card)
            proof = request.form.get("proof", "")
            if not reason and ledger.needs_proof(card) and not proof:
                return _html("secure", 200, session=found, card=card)
            if not reason and proof == "no":
                reason = "authentication"
            if not reason:
                found = ledger.pay(book, key, card)
        if self.courier:
            self.courier.soon()
        if reason:
            return _html("pay", 402, session=found, reason=reason)
        return redirect(found["success_url"].replace("{CHECKOUT_SESSION_ID}", key), 303)


def _sent(request: Request) -> Iterator[tuple[str, str]]:
    raw = request.query_string if request.method == "GET" else request.get_data()
    yield from parse_qsl(raw.decode(), keep_blank_values=True)


def _page_of(things: list[Thing], asked: dict[str, str]) -> dict[str, object]:
    """A part of a list, the newest first, as Stripe turns pages."""
    since, limit = int(asked.get("created[gte]", "0")), int(asked.get("limit", "10"))
    kept = [one for one in things if one["created"] >= since]
    if "payment_intent" in asked:
        kept = [one for one in kept if one.get("payment_intent") == asked["payment_intent"]]
    if "starting_after" in asked:
        ids = [one["id"] for one in kept]
        kept = kept[ids.index(asked["starting_after"]) + 1 :] if asked["starting_after"] in ids else []
    return {"data": kept[:limit], "has_more": len(kept) > limit}


def _json(body: object, status: int, headers: dict[str, str] | None = None) -> Response:
    return Response(
        json.dumps(body), status, {"Request-Id": "req_practice", **(headers or {})}, mimetype="application/json"
    )


_pages = Environment(
    loader=FileSystemLoader(HERE), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
)


def _html(name: str, status: int, **values: object) -> Response:
    cards = (
        (ledger.PAYS, "trả được"),
        (ledger.SECURE[0], "ngân hàng hỏi thêm một bước (3-D Secure)"),
        (ledger.DECLINED, "bị từ chối"),
        (ledger.EMPTY, "không đủ tiền"),
        (ledger.REFUND_WAITS, "trả được, hoàn tiền chậm"),
        (ledger.REFUND_FAILS, "trả được, hoàn tiền không tới"),
        (ledger.DISPUTED, "trả được, rồi chủ thẻ khiếu nại ở ngân hàng"),
    )
    text = _pages.get_template(f"{name}.html").render(cards=cards, **values)
    csp = "default-src 'none'; style-src 'self'; form-action 'self' http: https:; frame-ancestors 'none'"
    return Response(text, status, {"Content-Security-Policy": csp, "Cache-Control": "no-store"}, mimetype="text/html")

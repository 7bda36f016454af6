"""A buyer with nothing but sockets: what a browser without JavaScript sends, page by page."""

import http.client
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode


class Fields(HTMLParser):
    """Names and values of the hidden inputs of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect inputs."""
        known = dict(attrs)
        if tag == "input" and known.get("type") == "hidden" and known.get("name"):
            self.values[str(known["name"])] = known.get("value") or ""


@dataclass
class Answer:
    """What came back."""

    status: int
    location: str
    text: str
    seconds: float


@dataclass
class Shopper:
    """One buyer on one phone, behind an address of their own."""

    port: int
    address: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)
    last: list[Answer] = field(default_factory=list)
    meanwhile: Callable[[int], None] | None = None
    """Called between the request and its answer, with the port this buyer speaks from."""

    def send(self, method: str, path: str, **form: str) -> Answer:
        """One request on a connection of its own."""
        body = urlencode(form).encode() if method == "POST" else None
        return self._send(method, path, body, "application/x-www-form-urlencoded")

    def send_bytes(self, path: str, body: bytes, kind: str) -> Answer:
        """One POST of whatever it may be."""
        return self._send("POST", path, body, kind)

    def _send(self, method: str, path: str, body: bytes | None, kind: str) -> Answer:
        headers = {"Host": f"127.0.0.1:{self.port}", "Sec-Fetch-Site": "same-origin"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = kind
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(self.address, 0))
        try:
            connection.request(method, path, body, headers)
            if self.meanwhile:
                self.meanwhile(connection.sock.getsockname()[1])
            got = connection.getresponse()
            text = got.read().decode()
        finally:
            connection.close()
        for line in got.headers.get_all("Set-Cookie") or []:
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return self._remember(Answer(got.status, got.headers.get("Location") or "", text, time.perf_counter() - began))

    def _remember(self, answer: Answer) -> Answer:
        self.last.append(answer)
        return answer

    def go_to_review(self, variant_id: int, quantity: int = 1, producer_id: int = 1) -> None:
        """Everything up to the last page."""
        steps = [
            ("/gio-hang", {"verb": "add", "variant": str(variant_id), "quantity": str(quantity)}),
            ("/dat-hang/nguoi-nhan", {"name": "Trần Thị Lan", "phone": "0912 345 678"}),
            ("/dat-hang/noi-nhan", {"place": "01-09856", "street": "Số 5, ngõ 2", "note": ""}),
            ("/dat-hang/cach-giao", {f"way-{producer_id}": "ship"}),
        ]
        for path, form in steps:
            answer = self.send("POST", path, **form)
            assert answer.status == 303, (path, answer.status, answer.text[:2000])
        self.review = self.send("GET", "/dat-hang/xem-lai")
        assert self.review.status == 200, (self.review.status, self.review.location)

    def order(self, email: str = "") -> Answer:
        """Press "Đặt hàng" on the page that was read; what the next page says."""
        form = {**Fields(self.review.text).values, "consent": "y", "email": email}
        return self.send("POST", "/dat-hang/xem-lai", **form)

    def told(self, answer: Answer) -> str:
        """The token of the order, or the words of the page that is shown instead."""
        if answer.location.startswith("/don-hang/"):
            return answer.location
        return answer.text if answer.status != 303 else self.send("GET", answer.location).text

"""Gateways for telephones on this machine, as strict as the real ones: an SMS gateway of the eSMS kind, and Zalo."""

import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

PHONE = re.compile(r"84[35789]\d{8}|84900\d{6}")
KEY = re.compile(r"[0-9a-f]{32}")


@dataclass
class Gateways:
    """What came, by key, and how each place answers. `spent`: refresh tokens that were already used."""

    url: str = ""
    sms: list[dict[str, Any]] = field(default_factory=list)
    zalo: list[dict[str, Any]] = field(default_factory=list)
    keys: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    refresh_token: str = "refresh-0"
    access_token: str = ""
    fetched: int = 0
    without_zalo: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    heard: threading.Event = field(default_factory=threading.Event)

    def settings(self, *ways: str) -> dict[str, str]:
        """Environment of a market that uses these ways."""
        sms = {
            "SMS_URL": f"{self.url}/sms", "SMS_TOKEN": "khoa-bi-mat", "SMS_AUTH": "Basic {basic}", "SMS_OK": "CodeResult=100",
            "SMS_BODY": '{"ApiKey": "{token}", "Phone": "{to}", "Content": "{text}", "RequestId": "{key}", "SmsType": 2}',
        }  # fmt: skip
        zalo = {
            "ZALO_APP_ID": "app-1", "ZALO_SECRET": "zalo-bi-mat", "ZALO_REFRESH_TOKEN": "refresh-0",
            "ZALO_CODE_TEMPLATE": "111", "ZALO_NOTICE_TEMPLATE": "222", "ZALO_API": self.url, "ZALO_OAUTH": self.url,
        }  # fmt: skip
        return (sms if "sms" in ways else {}) | (zalo if "zalo" in ways else {})

    def check(self, *conditions: tuple[bool, str]) -> bool:
        """Write down what is not as a real gateway wants it."""
        missed = [what for good, what in conditions if not good]
        self.wrong.extend(missed)
        return not missed

    def take_sms(self, headers: Any, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """eSMS: 200 always, `CodeResult` 100 when taken."""
        text = asked.get("Content", "")
        good = self.check(
            (headers["Authorization"] == "Basic a2hvYS1iaS1tYXQ6eA==", "sms authorization"),
            (headers["Content-Type"].startswith("application/json"), "sms type"),
            (asked.get("ApiKey") == "khoa-bi-mat", "sms key"),
            (bool(PHONE.fullmatch(asked.get("Phone", ""))), "sms phone"),
            (0 < len(text) <= 306 and text.isascii(), "sms text"),
            (bool(KEY.fullmatch(asked.get("RequestId", ""))), "sms request id"),
            (asked.get("SmsType") == 2, "sms kind"),
        )
        if not good:
            return 200, {"CodeResult": "101"}
        self.keys[asked["RequestId"]] += 1
        self.sms.append(asked)
        self.heard.set()
        return 200, {"CodeResult": "100"}

    def take_zalo(self, headers: Any, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """ZNS: 200 always, `error` 0 when taken."""
        if headers["access_token"] != self.access_token:
            return 200, {"error": -124, "message": "Access token invalid"}
        wanted = {"111": {"otp"}, "222": {"tieu_de", "duong_dan"}}.get(asked.get("template_id", ""), set())
        data = asked.get("template_data", {})
        good = self.check(
            (bool(PHONE.fullmatch(asked.get("phone", ""))), "zalo phone"),
            (bool(wanted) and set(data) == wanted, "zalo template"),
            (all(isinstance(v, str) and len(v) <= 80 for v in data.values()), "zalo lengths"),
            (bool(KEY.fullmatch(asked.get("tracking_id", ""))), "zalo tracking id"),
        )
        if not good:
            return 200, {"error": -132}
        if asked["phone"] in self.without_zalo:
            return 200, {"error": -118, "message": "Zalo account not existed"}
        self.keys[asked["tracking_id"]] += 1
        self.zalo.append(asked)
        return 200, {"error": 0, "data": {"msg_id": "m1"}}

    def give_token(self, headers: Any, form: dict[str, list[str]]) -> tuple[int, dict[str, Any]]:
        """Each refresh token once."""
        good = self.check(
            (headers["secret_key"] == "zalo-bi-mat", "oauth secret"),
            (form.get("app_id") == ["app-1"] and form.get("grant_type") == ["refresh_token"], "oauth form"),
        )
        if not good or form.get("refresh_token") != [self.refresh_token]:
            return 200, {"error": -14014, "error_description": "Invalid refresh token"}
        self.fetched += 1
        self.refresh_token, self.access_token = f"refresh-{self.fetched}", f"access-{self.fetched}"
        return 200, {"access_token": self.access_token, "refresh_token": self.refresh_token, "expires_in": "90000"}


@contextmanager
def gateways() -> Iterator[Gateways]:
    """Both, on a port of their own."""
    book = Gateways()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            place = self.path.rpartition("/")[2]
            if place in book.broken:
                self._answer(500, {"error": f"boom khoa-bi-mat {body}"})
            elif place == "sms":
                self._answer(*book.take_sms(self.headers, json.loads(body)))
            elif place == "template":
                self._answer(*book.take_zalo(self.headers, json.loads(body)))
            elif place == "access_token":
                self._answer(*book.give_token(self.headers, parse_qs(body)))
            else:
                self._answer(404, {})

        def _answer(self, status: int, said: dict[str, Any]) -> None:
            text = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the interface's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    book.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield book
    finally:
        server.shutdown()
        server.server_close()

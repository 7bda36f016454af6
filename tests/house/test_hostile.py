"""Whatever is sent to whichever route: an answer that somebody meant, never a 500."""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from marketplace.kit import db
from marketplace.kit.edge.receive import PHOTO_LIMIT, SMALL_LIMIT
from marketplace.kit.journal import TrailRow
from tests.exhibition import visitor_of
from tests.house.matrix import ROWS, Row
from tests.market import MarketUnderTest

ROOT = Path(__file__).resolve().parents[2]
GETS = [row for row in ROWS if row.method == "GET"]
POSTS = [row for row in ROWS if row.method == "POST" and row.rule != "/dang-xuat"]
DUG = [row for row in ROWS if "<" in row.rule]
STRINGS = {
    "sql": '\'") OR 1=1; DROP TABLE "user"; --',
    "markup": "<script>alert(1)</script>{{7*7}}%s%n${x}",
    "path": "../../../../etc/passwd",
    "long number": "9" * 400,
    "odd numbers": "-1e309",
    "other digits": "٣²①½",
    "signs": "\u202e\u200b\ufeff\u0301\r\nSet-Cookie: a=b",
    "long": "🥮ẫ" * 200,
}
TURNS = [
    *[pytest.param("sqlite", turn, marks=[] if turn == 0 else [pytest.mark.soak]) for turn in range(len(STRINGS))],
    *[
        pytest.param("postgresql", turn, marks=[pytest.mark.postgres, *([] if turn == 3 else [pytest.mark.soak])])
        for turn in range(len(STRINGS))
    ],
]
"""Each name is sent every kind of words in turn; one turn on each database always, all of them in `make test-all`."""
LISTED = re.compile(
    r"""(?:args|form|values)(?:\.get|\.getlist)?[(\[]\s*["']([\w-]+)["']|^    ([a-z_]+) = (?:wtforms\.|\w*Field\()""",
    re.MULTILINE,
)


def names() -> list[str]:
    """Every name that a page reads from an address or a form."""
    found: set[str] = set()
    for source in (ROOT / "marketplace" / "web").rglob("*.py"):
        found |= {a or b for a, b in LISTED.findall(source.read_text("utf-8"))}
    return sorted({*found, "place-text", "place-for", "way-1", "way-2"} - {"verb"})


class Crowd:
    """The first role that each row lets in, signed in once."""

    def __init__(self, market: MarketUnderTest, filled: dict[str, str]) -> None:
        self.market, self.filled, self.cookies = market, filled, {}

    def send(self, row: Row, path: str = "", **more: Any) -> TestResponse:
        """One request by whoever may."""
        who = visitor_of(row)
        if who not in self.cookies:
            self.cookies[who] = self.market.signed_in(who) if who else self.market.client()
            self.cookies[who].inspects = False
        answer = self.cookies[who].open(path or row.path.format(**self.filled), method=row.method, **more)
        answer.close()
        return answer


@pytest.fixture
def crowd(market: MarketUnderTest, staged: dict[str, str]) -> Iterator[Crowd]:
    """Everybody, in a market with one of each thing."""
    market.app.config["PROPAGATE_EXCEPTIONS"] = False
    yield Crowd(market, staged)
    market.app.config["PROPAGATE_EXCEPTIONS"] = None


def bad(rows: list[Row], send: Callable[[Row], TestResponse], allowed: Callable[[int], bool]) -> list[str]:
    """Rows that were answered with something else."""
    answers = [(row, send(row).status_code) for row in rows]
    return [f"{row.method} {row.rule}: {status}" for row, status in answers if not allowed(status)]


def no_500(status: int) -> bool:
    return status < 500


def test_there_is_something_to_send() -> None:
    assert len(names()) > 80
    assert {"q", "phone", "price", "quantity", "viec"} <= set(names())


@pytest.mark.parametrize(("database", "turn"), TURNS, indirect=["database"], scope="session")
def test_hostile_words_in_forms_addresses_and_paths(crowd: Crowd, turn: int) -> None:
    words = list(STRINGS.values())
    typed = {name: words[(n + turn) % len(words)] for n, name in enumerate(names())}
    query = "&".join(f"{name}={quote(value[:60])}" for name, value in typed.items())
    assert bad(GETS, lambda row: crowd.send(row, f"{_bare(row, crowd)}?{query}"), no_500) == []
    assert bad(POSTS, lambda row: crowd.send(row, data={**row.data, **_filled(row, crowd), **typed}), no_500) == []
    path = quote(words[turn % len(words)][:200], safe="")
    assert bad(DUG, lambda row: crowd.send(row, re.sub(r"<[^>]+>", path, row.rule)), no_500) == []


def _bare(row: Row, crowd: Crowd) -> str:
    return row.path.format(**crowd.filled).partition("?")[0]


def _filled(row: Row, crowd: Crowd) -> dict[str, str]:
    return {name: value.format(**crowd.filled) for name, value in row.data.items()}


@pytest.mark.parametrize("raw", ["%ff%fe", "%00"])
def test_bytes_that_are_no_letters(crowd: Crowd, raw: str) -> None:
    assert bad(GETS, lambda row: crowd.send(row, f"{_bare(row, crowd)}?q={raw}&{raw}={raw}"), no_500) == []
    body, kind = f"text={raw}&{raw}=1&q={raw}".encode(), "application/x-www-form-urlencoded"
    assert bad(POSTS, lambda row: crowd.send(row, data=body, content_type=kind), no_500) == []
    assert bad(DUG, lambda row: crowd.send(row, re.sub(r"<[^>]+>", raw, row.rule)), no_500) == []


KINDS = [
    ("application/json", b'{"a": ['),
    ("text/plain", b"a=b"),
    ("multipart/form-data", b"--x\r\n"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nnever ends'),
    ("multipart/form-data; boundary=" + "x" * 300, b"--x--"),
    ("application/x-www-form-urlencoded; charset=utf-16", b"\xff\xfe&=&=%"),
    ("nonsense", b"\x00\x01\x02"),
    ("", b"a=b"),
]


@pytest.mark.parametrize(("kind", "body"), KINDS, ids=lambda value: str(value)[:30])
def test_wrong_kinds_of_content(crowd: Crowd, kind: str, body: bytes) -> None:
    assert bad(POSTS, lambda row: crowd.send(row, data=body, content_type=kind), no_500) == []


class Untouched(io.BytesIO):
    """A body that nobody may read."""

    def read(self, size: int | None = -1) -> bytes:
        raise AssertionError(f"{size} bytes of a body that is too large were asked for")


def test_bodies_too_large_are_not_read(crowd: Crowd) -> None:
    def send(row: Row) -> TestResponse:
        large = PHOTO_LIMIT if crowd.market.app.receiver.photo_paths.match(row.path) else SMALL_LIMIT
        body = Untouched(b"x" * 100)
        return crowd.send(row, input_stream=body, environ_overrides={"CONTENT_LENGTH": str(large + 1)})

    assert bad(POSTS, send, lambda status: status == 413) == []


def test_forms_of_thousands_of_parts(crowd: Crowd) -> None:
    body = (
        b"".join(b'--x\r\nContent-Disposition: form-data; name="a%d"\r\n\r\n1\r\n' % n for n in range(900))
        + b"--x--\r\n"
    )
    kind = "multipart/form-data; boundary=x"
    assert bad(POSTS, lambda row: crowd.send(row, data=body, content_type=kind), no_500) == []


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1:5001", "localhost:5000", "127.0.0.1:5000.evil.example", "a" * 300, ""]
)
def test_another_host_is_sent_home_whatever_it_asks(crowd: Crowd, host: str) -> None:
    def send(row: Row) -> TestResponse:
        answer = crowd.send(row, headers={"Host": host})
        assert answer.headers.get("Location", "").startswith("http://127.0.0.1:5000/"), row.rule
        return answer

    assert bad(ROWS, send, lambda status: status == 307) == []


OURS = [row for row in POSTS if not row.path.startswith("/hooks/")]
"""What only our own pages send; signed messages come from elsewhere and prove themselves by their signature."""


def test_another_origin_changes_nothing(crowd: Crowd, market: MarketUnderTest) -> None:
    foreign = (
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:5000"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "", "Origin": "http://evil.example"},
    )
    for row in ROWS:
        crowd.send(row) if row.method == "GET" else None  # sign everybody in first
    with market.unit():
        before = db.session.scalar(select(func.count()).select_from(TrailRow))
    for headers in foreign:
        assert bad(OURS, lambda row, h=headers: crowd.send(row, headers=h, data=_filled(row, crowd)), _refused) == []
    with market.unit():
        assert db.session.scalar(select(func.count()).select_from(TrailRow)) == before


def _refused(status: int) -> bool:
    return status == 403

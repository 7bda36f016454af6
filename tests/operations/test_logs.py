"""What is written about a request or a job, and what never is."""

import json
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest

from marketplace.kit import db, outbox
from marketplace.kit.actor import Actor
from marketplace.kit.logs import JsonLines
from marketplace.kit.masking import masked
from marketplace.kit.outbox import Promise
from marketplace.worker import loop
from tests import cast, stage
from tests.market import MarketUnderTest


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("0912345678", "***678"),
        ("gọi 0912 345 678 ngay", "gọi ***678 ngay"),
        ("+84 912.345.678", "***678"),
        ("tài khoản 19036788880011", "tài khoản ***011"),
        ("lan.tran@nha.example", "***@nha.example"),
        ("GET /don-hang/Zk3_a-9Q?x=1", "GET /don-hang/***?x=1"),
        ("85.000 đồng, đơn 1234567", "85.000 đồng, đơn 1234567"),
        ("2026-11-24 09:55", "2026-11-24 09:55"),
    ],
)
def test_long_numbers_mailboxes_and_addresses_of_orders_are_masked(said: str, written: str) -> None:
    assert masked(said) == written


class Kept(logging.Handler):
    """Lines as they would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def written() -> Iterator[list[str]]:
    handler, root = Kept(), logging.getLogger("marketplace")
    before = root.level
    root.addHandler(handler)
    root.setLevel("INFO")
    yield handler.lines
    root.removeHandler(handler)
    root.setLevel(before)


def test_a_request_is_one_line_with_its_id_and_its_route_but_not_its_address(
    market: MarketUnderTest, written: list[str]
) -> None:
    with market.app.app_context():
        token = stage.place_order(1)
    answer = market.client().get(f"/don-hang/{token}?so=0912345678")
    [line] = [json.loads(each) for each in written if "answered" in each]
    assert line["request"] == answer.headers["X-Request-Id"] != ""
    assert (line["route"], line["method"], line["status"]) == ("/don-hang/<token>", "GET", 200)
    assert line["ms"] > 0
    assert token not in "".join(written)
    assert "0912345678" not in "".join(written)


def test_trouble_is_written_without_the_numbers_in_it(written: list[str]) -> None:
    try:
        raise ValueError("cannot send to 0912 345 678")
    except ValueError:
        logging.getLogger("marketplace.test").exception("trouble for %s", "0912345678")
    [line] = [json.loads(each) for each in written]
    assert "ValueError: cannot send to ***678" in line["trouble"]
    assert line["message"] == "trouble for ***678"


def test_errors_of_the_database_name_the_statement_and_nobodys_number(
    market: MarketUnderTest, written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(market.app.view_functions, "storefront.home", _ask_what_is_not_there)
    answer = market.client().get("/")
    assert answer.status_code == 500
    assert answer.headers["X-Request-Id"] in answer.get_data(as_text=True)  # so that a caller can read it out
    [line] = [json.loads(each) for each in written if "trouble" in each]
    assert line["request"] == answer.headers["X-Request-Id"]
    assert "no such table" in line["trouble"]
    assert cast.PEOPLE["Lan"].full_name not in "".join(written)


def _ask_what_is_not_there() -> str:
    statement = db.sqla.text("SELECT 1 FROM nowhere WHERE name = :name")
    db.session.execute(statement, {"name": cast.PEOPLE["Lan"].full_name})
    return ""


@db.action
def _promise(actor: Actor) -> None:
    outbox.add("thing")


def test_a_failed_job_is_written_under_its_key_and_its_error_is_kept_masked(
    market: MarketUnderTest, written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(payload: object, key: str) -> None:
        raise OSError("no answer from 0912345678")

    monkeypatch.setitem(loop.TOPICS, "thing", fails)
    with market.unit():
        _promise(Actor.operator())
    market.work()
    with market.unit():
        row = db.session.scalars(db.sqla.select(Promise)).one()
        key, error = row.key, row.last_error
    assert error == "OSError: no answer from ***678"
    [line] = [json.loads(each) for each in written if "failed" in each]
    assert line["job"] == key
    assert "0912345678" not in "".join(written)


def test_a_line_is_one_line_whatever_is_in_it() -> None:
    record = logging.LogRecord("marketplace.x", logging.INFO, "", 0, 'a\nb "c" \u2028 %s', ("d",), None)
    text = JsonLines().format(record)
    assert "\n" not in text
    assert json.loads(text)["message"] == 'a\nb "c" \u2028 d'


def test_starting_installs_it_on_the_error_stream() -> None:
    code = """
import logging
from marketplace.kit import logs
logs.install("info")
logging.getLogger("marketplace.x").info("gọi 0912345678")
logging.getLogger("other").debug("no")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    [line] = [json.loads(each) for each in done.stderr.splitlines()]
    assert (line["message"], line["level"], line["from"]) == ("gọi ***678", "info", "marketplace.x")

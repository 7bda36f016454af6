"""The edge: hosts, bodies, forgery, headers, files."""

import io
import threading
from pathlib import Path
from typing import Any

import pytest
from flask import request

from marketplace.kit.edge.application import Market
from marketplace.kit.edge.forgery import is_own
from marketplace.kit.edge.receive import SMALL_LIMIT, Pool, Unreceived
from tests.market import MarketUnderTest

HOST = {"Host": "127.0.0.1:5000"}
PUBLIC = "http://127.0.0.1:5000"


@pytest.mark.parametrize(
    ("site", "origin", "own"),
    [
        ("same-origin", PUBLIC, True),
        ("same-origin", "null", True),
        ("same-origin", None, True),
        ("same-site", PUBLIC, False),
        ("cross-site", PUBLIC, False),
        ("none", PUBLIC, False),
        (None, PUBLIC, True),
        (None, "null", False),
        (None, "http://127.0.0.1:5001", False),
        (None, "http://localhost:5000", False),
        (None, None, False),
    ],
)
def test_who_may_post(site: str | None, origin: str | None, own: bool) -> None:
    assert is_own(site, origin, PUBLIC) is own


def test_a_foreign_post_changes_nothing_and_is_403(kit: Market) -> None:
    assert kit.test_client().post("/note", headers={**HOST, "Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert kit.test_client().post("/note", headers={**HOST, "Origin": "null"}).status_code == 403
    assert kit.test_client().post("/note", headers={**HOST, "Origin": PUBLIC}).status_code == 200


@pytest.mark.parametrize("host", ["localhost:5000", "evil.example", "127.0.0.1"])
def test_another_host_is_sent_to_the_public_address(kit: Market, host: str) -> None:
    answer = kit.test_client().get("/gateway?a=1", headers={"Host": host})
    assert answer.status_code == 307
    assert answer.headers["Location"] == f"{PUBLIC}/gateway?a=1"


def test_a_body_over_the_limit_is_413_before_anything_is_read(kit: Market) -> None:
    answer = kit.test_client().post(
        "/note", data={"text": "x" * SMALL_LIMIT}, headers={**HOST, "Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status_code == 413


def test_a_body_cut_short_is_400(kit: Market) -> None:
    environ: dict[str, Any] = {"CONTENT_LENGTH": "100", "wsgi.input": io.BytesIO(b"text=ab")}
    answer = kit.test_client().post(
        "/note", environ_overrides=environ, headers={**HOST, "Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status_code == 400


def test_a_chunked_body_without_length_is_411(kit: Market) -> None:
    answer = kit.test_client().post(
        "/note",
        headers={**HOST, "Sec-Fetch-Site": "same-origin", "Transfer-Encoding": "chunked"},
        environ_overrides={"CONTENT_LENGTH": "", "wsgi.input": io.BytesIO(b"")},
    )
    assert answer.status_code == 411


def test_one_address_holds_four_slots_and_a_fifth_waits_no_longer_than_it_may() -> None:
    pool = Pool(limit=1, seconds=1, patience=0.05)
    release = threading.Event()
    inside = threading.Barrier(5)

    def stall() -> None:
        with pool.slot("a"):
            inside.wait()
            release.wait()

    threads = [threading.Thread(target=stall) for _ in range(4)]
    for thread in threads:
        thread.start()
    inside.wait()
    with pytest.raises(Unreceived) as refused, pool.slot("a"):
        pass
    with pool.slot("b"):
        pass
    release.set()
    for thread in threads:
        thread.join()
    assert refused.value.status == 503
    assert pool.taken.total() == 0


@pytest.fixture
def with_files(kit: Market, tmp_path: Path) -> Market:
    static = tmp_path / "static"
    (static / "css").mkdir(parents=True)
    (static / "css" / "ORDER").write_text("a.css\nb.css\n")
    (static / "css" / "a.css").write_text("a{}")
    (static / "css" / "b.css").write_text("b{}")
    kit.install_edge(kit.receiver.photo_paths)
    return kit


def test_static_files_are_bundled_compressed_and_kept_for_a_year(with_files: Market) -> None:
    address = with_files.static_url("shop.css")
    answer = with_files.test_client().get(address, headers={**HOST, "Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert "immutable" in answer.headers["Cache-Control"]
    plain = with_files.test_client().get("/static/shop.css", headers=HOST)
    assert plain.data.replace(b"\n", b"") == b"a{}b{}"
    assert plain.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/static/../config.py", "/static/%2e%2e/config.py", "/anh/../secret", "/anh/" + "0" * 64 + ".webp"]
)
def test_no_path_leads_out_of_the_folders(with_files: Market, path: str) -> None:
    assert with_files.test_client().get(path, headers=HOST).status_code == 404


def test_every_answer_carries_the_headers_that_protect_it(kit: Market) -> None:
    answer = kit.test_client().get("/nowhere", headers=HOST)
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(answer.headers["X-Request-Id"]) == 16


@pytest.mark.parametrize("path", ["/note?q=a%00b", "/no%00te"])
def test_a_nul_character_is_refused_before_any_view(kit: Market, path: str) -> None:
    assert kit.test_client().get(path, headers=HOST).status_code in (400, 404)
    form = {"text": "a\0b"}
    assert kit.test_client().post("/note", data=form, headers={**HOST, "Origin": PUBLIC}).status_code == 400


def test_what_turns_a_text_around_is_gone_before_a_door_reads_it(market: MarketUnderTest) -> None:
    with market.app.test_request_context(
        "/tim?q=g%E2%80%AEói%07", method="POST", data={"name": "ch\u2066è\x1b\r\nlam"}
    ):
        assert request.args["q"] == "gói"
        assert request.form["name"] == "chè\r\nlam"
        assert request.values["name"] == "chè\r\nlam"

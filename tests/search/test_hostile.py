"""Strings meant to hurt cost no more than a normal search, and are never an error."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.search.goods import Shelf, real_goods


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    return Shelf(tmp_path_factory.mktemp("hostile") / "index", real_goods())


HOSTILE = {
    "wildcards with OR": " OR ".join(["*a*"] * 20),
    "prefixes": "a* b* c* d*",
    "a hundred thousand letters": "a" * 100_000,
    "a range": "[a TO z]",
    "twenty thousand words": "chè lam " * 10_000,
    "quotes": '"' * 5_000,
    "brackets": "(" * 400 + ")" * 400,
    "combining marks": "e" + "\u0301" * 20_000,
    "zero width": "che\u200b" * 10_000,
    "not and": "NOT a NOT b AND",
    "fields": "name:chè id:1 main:lam^9",
    "sql": "'; DROP TABLE product; --%_",
    "markup": "<script>alert(1)</script>",
    "nul": "\x00\x01chè\x00",
    "surrogate": "\ud800 chè",
    "slips everywhere": " ".join("abcdefghijklmno"[i:] + "zqxw" for i in range(12)),
    "digits": "9" * 200,
    "right to left": "\u202eehc\u202c",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_strings_are_fast(shelf, name):
    shelf.find("chè lam")
    begun = time.perf_counter()
    shelf.find(HOSTILE[name])
    shelf.reader.suggest(HOSTILE[name], 8, exclude_adult=True)
    assert time.perf_counter() - begun < 0.1


@settings(deadline=None)
@given(st.text())
def test_no_text_is_an_error(shelf, text):
    found = shelf.find(text)
    assert found.total == len(found.ids)

"""The shape of the house: budgets, no hidden imports, nobody commits off the edge."""

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [*(ROOT / "marketplace").rglob("*.py"), ROOT / "config.py", ROOT / "run.py"]
TEMPLATES = list((ROOT / "templates").rglob("*.html"))
ROOM_FILES = {"rules", "models", "queries", "actions"}
MAY_COMMIT = {"marketplace/kit/db.py", "marketplace/kit/base.py"}
LAZY_LOADERS = {"run.py"}


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in SOURCES:
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                yield name, node


def lines(node: ast.FunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_functions_stay_short() -> None:
    lengths = sorted(lines(node) for _, node in functions())
    assert lengths[int(len(lengths) * 0.95)] <= 25
    long = [f"{name}:{node.lineno} {node.name} {lines(node)}" for name, node in functions() if lines(node) > 40]
    assert long == []


def test_files_stay_short() -> None:
    long = {p.relative_to(ROOT).as_posix(): n for p in SOURCES if (n := len(p.read_text("utf-8").splitlines())) > 300}
    assert long == {}


def test_templates_stay_short() -> None:
    long = {p.name: n for p in TEMPLATES if (n := len(p.read_text("utf-8").splitlines())) > 120}
    assert long == {}


def test_functions_take_few_arguments() -> None:
    many = [
        f"{name}:{node.lineno} {node.name}"
        for name, node in functions()
        if not name.startswith("marketplace/cli/")  # a command has an argument for each option
        and len([a for a in node.args.args if a.arg not in ("self", "cls")]) > 6
    ]
    assert many == []


def test_no_import_hides_in_a_function() -> None:
    hidden = [
        f"{name}:{inner.lineno}"
        for name, node in functions()
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_only_the_unit_commits() -> None:
    commits = [
        f"{name}:{node.lineno}"
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "commit" and name not in MAY_COMMIT
        and not (isinstance(node.value, ast.Name) and node.value.id in ("db", "writer"))
    ]  # fmt: skip
    assert commits == []


def test_only_the_clock_reads_the_time() -> None:
    readings = [
        f"{name}:{node.lineno}"
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("now", "utcnow", "today")
        and isinstance(node.value, ast.Name) and node.value.id in ("datetime", "date") and name != "marketplace/kit/clock.py"
    ]  # fmt: skip
    assert readings == []


@pytest.mark.parametrize("banned", ["utils", "helpers", "manager", "common"])
def test_no_room_for_odds_and_ends(banned: str) -> None:
    assert not [p for p in SOURCES if banned in {p.stem, p.parent.name}]


def test_templates_hold_no_inline_code_and_trust_nobody() -> None:
    bad = re.compile(r"\|\s*safe\b|<style\b|\sstyle=|\son[a-z]+=\"|<script(?![^>]*(src=|application/ld\+json))")
    found = {p.relative_to(ROOT).as_posix() for p in TEMPLATES if bad.search(p.read_text("utf-8"))}
    assert found == set()


def test_unfinished_work_is_not_left_in_the_house() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX)\b|NotImplementedError|lorem ipsum|[Ss]ắp ra mắt|[Cc]hưa hỗ trợ")
    found = [p.relative_to(ROOT).as_posix() for p in [*SOURCES, *TEMPLATES] if marks.search(p.read_text("utf-8"))]
    assert found == []


@pytest.mark.xdist_group("browser")
def test_tests_of_one_group_stay_in_one_process(request: pytest.FixtureRequest) -> None:
    """A newer pytest may scatter them without a word; then each process would open a market of its own for the browser."""
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    assert alone or request.node.nodeid.endswith("@browser")

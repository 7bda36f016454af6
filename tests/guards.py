"""Remove each owner, area and door check in turn, in a copy, and see which test goes red: `python -m tests.guards`.

A check that can be removed without a red test is not tested; then this exits with 1.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHECKS = {
    "require_area",
    "require_producer",
    "require_group",
    "require",
    "officials_only",
    "signed_in_only",
    "admin_only",
}
BESIDE = ("templates", "static", "migrations", "tests", "config.py", "run.py", "pyproject.toml", "docs")
ROOMS = {
    "accounts",
    "producers",
    "catalog",
    "certificates",
    "cases",
    "orders",
    "payments",
    "notices",
    "cart",
    "places",
    "delivery",
}


@dataclass(frozen=True)
class Check:
    """One statement that refuses somebody."""

    path: Path
    line: int
    end: int
    indent: int
    text: str

    @property
    def name(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line} {self.text}"


def checks() -> Iterator[Check]:
    """Every statement that is a call of a check, and every bare `raise NotYours`."""
    for path in sorted((ROOT / "marketplace").rglob("*.py")):
        if path.is_relative_to(ROOT / "marketplace" / "kit") or path.is_relative_to(ROOT / "marketplace" / "cli"):
            continue
        source = path.read_text("utf-8").splitlines()
        for node in ast.walk(ast.parse("\n".join(source))):
            if (isinstance(node, ast.Expr) and _is_check(node.value)) or _refuses(node):
                assert isinstance(node, ast.stmt)
                text = " ".join(line.strip() for line in source[node.lineno - 1 : node.end_lineno])
                yield Check(path, node.lineno, node.end_lineno or node.lineno, node.col_offset, text)


def _is_check(node: ast.expr) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in CHECKS


def _refuses(node: ast.AST) -> bool:
    return isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name) and node.exc.id == "NotYours"


def first_red(check: Check) -> str | None:
    """Run the matrix and the room's tests without this check; the first test that fails, or None."""
    with tempfile.TemporaryDirectory(prefix="guard-") as name:
        copy = Path(name)
        shutil.copytree(ROOT / "marketplace", copy / "marketplace", ignore=shutil.ignore_patterns("__pycache__"))
        for each in BESIDE:
            (copy / each).symlink_to(ROOT / each)
        target = copy / check.path.relative_to(ROOT)
        lines = target.read_text("utf-8").splitlines(keepends=True)
        lines[check.line - 1 : check.end] = [" " * check.indent + "pass\n"]
        target.write_text("".join(lines), "utf-8")
        for group in _groups(check):
            if red := _run(copy, group):
                return red
    return None


def _groups(check: Check) -> list[list[str]]:
    """The tests nearest to the check first."""
    room = next((part for part in check.path.parts if part in ROOMS), "")
    door = check.path.parts[check.path.parts.index("web") + 1] if "web" in check.path.parts else ""
    near = [f"tests/{each}" for each in (room, door) if each and (ROOT / "tests" / each).is_dir()]
    wide = [
        "tests/house/test_actions_ask_who.py",
        "tests/house/test_matrix.py",
        "tests/selling",
        "tests/desk",
        "tests/buying",
        "tests/payments",
        "tests/orders",
    ]
    return [near, [each for each in wide if (ROOT / each).exists() and each not in near]] if near else [wide]


def _run(copy: Path, paths: list[str]) -> str | None:
    env = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    options = [
        "-x",
        "-q",
        "-p",
        "no:xdist",
        "-p",
        "no:cacheprovider",
        "-m",
        "not soak and not browser and not postgres",
    ]
    command = [sys.executable, "-m", "pytest", *options, *paths]
    done = subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return None
    found = re.search(r"^(?:FAILED|ERROR) (\S+.*)$", done.stdout, re.MULTILINE)
    return found[1][:150] if found else f"exit {done.returncode}: {done.stdout[-200:]}{done.stderr[-200:]}"


def main(only: str = "") -> int:
    """Try every check whose place contains `only`."""
    chosen = [check for check in checks() if only in check.name]
    survivors = 0
    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        for check, red in zip(chosen, pool.map(first_red, chosen), strict=True):
            survivors += red is None
            print(
                f"{'SURVIVES' if red is None else 'red     '} {check.name}\n         {red or 'no test noticed'}",
                flush=True,
            )
    print(f"{len(chosen)} checks removed in turn, {survivors} not noticed")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))

"""The English catalogue as it is, and the texts of the code as they are: gathered the way `make messages` gathers them."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast

ROOT = Path(__file__).resolve().parents[2]
PO = ROOT / "translations/en/LC_MESSAGES/messages.po"
KEYWORDS = ("_", "gettext", "lazy", "mark", "ngettext")
_JINJA = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
_JINJA.policies["ext.i18n.trimmed"] = True
VIETNAMESE = re.compile(r"[À-ÖØ-öø-ɏḀ-ỿ]")
"""Every Latin letter with a mark. The sign of the dong is none."""


@cache
def english() -> Catalog:
    """The catalogue that is committed."""
    with PO.open("rb") as file:
        return read_po(file, locale="en")


@cache
def texts() -> frozenset[str]:
    """Every text that the code and the templates say."""
    found = {text for path in modules() for text in _spoken(parsed(path))}
    for path in templates():
        calls = extract_from_ast(_JINJA.parse(path.read_text("utf-8")), KEYWORDS)
        found |= {str(said if isinstance(said, str) else said[0]) for _line, _function, said in calls}
    return frozenset(found)


def modules() -> list[Path]:
    """Every module of the market."""
    return sorted((ROOT / "marketplace").rglob("*.py"))


def templates() -> list[Path]:
    """Every template."""
    return [path for path in sorted((ROOT / "templates").rglob("*.*")) if path.suffix in (".html", ".txt")]


@cache
def parsed(path: Path) -> ast.Module:
    """The module, parsed once."""
    return ast.parse(path.read_text("utf-8"))


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in KEYWORDS:
            yield node


def _spoken(tree: ast.Module) -> Iterator[str]:
    for call in _calls(tree):
        if call.args and isinstance(call.args[0], ast.Constant):
            yield str(call.args[0].value)


def unmarked_in_code(path: Path) -> Iterator[str]:
    """Vietnamese in this module outside docstrings and outside what is translated."""
    tree = parsed(path)
    seen = {id(part) for call in _calls(tree) for argument in call.args for part in ast.walk(argument)}
    nodes = list(ast.walk(tree))
    seen |= {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    literals = (node for node in nodes if isinstance(node, ast.Constant) and id(node) not in seen)
    for node in literals:
        if isinstance(node.value, str) and VIETNAMESE.search(node.value):
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.value[:60]!r}"


_CALL = re.compile(
    r"""\b(?:_|n?gettext)\(\s*(?:"(?:[^"\\]|\\.)*"(?:,\s*"(?:[^"\\]|\\.)*")?|'(?:[^'\\]|\\.)*')""", re.DOTALL
)
_SPOKEN = re.compile(r"\{#.*?#\}|\{%-?\s*trans\b.*?endtrans\s*-?%\}", re.DOTALL)


def unmarked_in_template(path: Path) -> Iterator[str]:
    """Vietnamese in this template outside comments and outside what is translated."""
    text = _CALL.sub("", _SPOKEN.sub("", path.read_text("utf-8")))
    yield from (
        f"{path.relative_to(ROOT)}: {line.strip()[:90]}" for line in text.splitlines() if VIETNAMESE.search(line)
    )

"""The look: weights, what styles may contain, parts that exist, icons that are drawn."""

import re
from pathlib import Path

import pytest

from marketplace.kit.edge.files import StaticFiles
from marketplace.shelf.rules import HOME_GROUPS
from tests.market import MarketUnderTest

ROOT = Path(__file__).resolve().parent.parent.parent
STATIC, TEMPLATES = ROOT / "static", ROOT / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
SHEETS = sorted((STATIC / "css").rglob("*.css"))


def _listed(folder: str) -> list[str]:
    lines = (STATIC / folder / "ORDER").read_text("utf-8").splitlines()
    return [line.split()[0] for line in lines if line.strip()]


@pytest.mark.parametrize(("name", "most"), [("shop.css", 8_000), ("work.css", 8_000), ("all.js", 8_000)])
def test_a_page_spends_at_most_8_kb_on_style_and_8_on_behaviour(name: str, most: int) -> None:
    assert len(StaticFiles(STATIC).files[name].bodies["br"]) <= most


def test_the_one_font_is_at_most_12_kb() -> None:
    assert [font.stat().st_size <= 12_000 for font in (STATIC / "font").iterdir()] == [True]


@pytest.mark.parametrize("folder", ["css", "js"])
def test_every_style_and_behaviour_is_in_the_order(folder: str) -> None:
    there = {path.relative_to(STATIC / folder).as_posix() for path in (STATIC / folder).rglob(f"*.{folder}")}
    listed = _listed(folder)
    assert set(listed) == there
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_styles_force_nothing_name_no_single_element_and_use_no_layers(sheet: Path) -> None:
    style = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    assert "!important" not in style
    assert "@layer" not in style
    assert not re.findall(r"(?m)^\s*[^:{}]*#[a-z][\w-]*[^;{}]*\{", style)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_a_template_carries_no_style_no_script_and_no_handler(page: Path) -> None:
    text = page.read_text("utf-8")
    assert not re.findall(r"<style|\sstyle=|\son[a-z]+=\"", text)
    assert not re.findall(r"<script(?![^>]*(src=|application/ld\+json))", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_every_icon_asked_for_is_drawn(page: Path) -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text("utf-8")))
    asked = set(re.findall(r"icon(?:\(|=)\"([a-z-]+)\"", page.read_text("utf-8")))
    assert asked <= drawn


def test_every_template_compiles(market: MarketUnderTest) -> None:
    env = market.app.jinja_env
    for name in env.list_templates(extensions=["html", "txt"]):
        assert env.get_template(name).name == name


def test_every_part_holds_the_macro_it_is_named_after() -> None:
    for part in sorted((TEMPLATES / "parts").glob("*.html")):
        assert f"macro {part.stem}(" in part.read_text("utf-8"), part.name


def test_parts_described_for_page_makers_exist() -> None:
    rows = re.findall(
        r"^\| `(?:\{% call )?([a-z_]+)\(", (ROOT / "docs" / "parts.md").read_text("utf-8"), flags=re.MULTILINE
    )
    assert rows
    assert [name for name in rows if not (TEMPLATES / "parts" / f"{name}.html").exists()] == []


def test_the_groups_under_the_header_are_the_groups_of_the_shelf() -> None:
    written = re.findall(r'\("([a-z-]+)", _\("([^"]+)"\)', (TEMPLATES / "layouts" / "_groups.html").read_text("utf-8"))
    assert written == [(group.slug, str(group.label)) for group in HOME_GROUPS]


@pytest.mark.parametrize("status", [403, 404, 405, 409, 413, 422, 429, 500, 503])
def test_every_error_page_looks_like_the_market_and_says_what_to_do(market: MarketUnderTest, status: int) -> None:
    with market.app.test_request_context("/"):
        page = market.app.jinja_env.get_template(f"errors/{status}.html").render(
            status=status, message="", refusal=None
        )
    assert page.count("<h1") == 1
    assert "data-primary" in page
    assert f"Mã trang: {status}" in page

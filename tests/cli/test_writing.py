"""A file that cannot be written is answered with a sentence and exit code 1."""

from pathlib import Path

import pytest

from marketplace.cli.draw_states import drawn
from tests.market import MarketUnderTest


def test_the_states_are_drawn_where_they_are_asked_for(market: MarketUnderTest, tmp_path: Path) -> None:
    target = tmp_path / "states.md"
    assert market.app.test_cli_runner().invoke(args=["draw-states", "--to", str(target)]).exit_code == 0
    assert target.read_text("utf-8") == drawn()


@pytest.mark.parametrize("name", ["nope/x.md", ".", "a" * 300])
def test_what_cannot_be_written_is_told(market: MarketUnderTest, tmp_path: Path, name: str) -> None:
    result = market.app.test_cli_runner().invoke(args=["draw-states", "--to", str(tmp_path / name)])
    assert result.exit_code == 1
    assert "Không ghi được vào" in result.output
    assert "Traceback" not in result.output


def test_the_package_of_the_places_is_locked_at_the_version_that_is_read() -> None:
    root = Path(__file__).resolve().parents[2]
    locked = (root / "requirements" / "places.txt").read_text("utf-8")
    assert "vietnamadminunits==1.0.4" in locked
    assert "--hash=sha256:" in locked
    assert "://" not in locked

"""Documents that are drawn from code say what the code says."""

from pathlib import Path

from marketplace.cli.draw_states import drawn

ROOT = Path(__file__).resolve().parents[2]


def test_the_drawn_states_are_those_of_the_code() -> None:
    assert (ROOT / "docs" / "states.md").read_text("utf-8") == drawn(), "run: flask --app run draw-states"

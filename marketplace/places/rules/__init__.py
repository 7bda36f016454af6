"""What a place is, how it is written, and what a typed place may mean. Pure."""

from marketplace.places.rules.lines import full_line, lower_first, old_title, place_line, village_title
from marketplace.places.rules.typed import Typed, names_commune, read_typed
from marketplace.places.rules.units import Candidate, Choice, Commune, Kind, Province, Unit, bare, name_key, sole

__all__ = [
    "Candidate", "Choice", "Commune", "Kind", "Province", "Typed", "Unit",
    "bare", "full_line", "lower_first", "name_key", "names_commune", "old_title", "place_line", "read_typed", "sole", "village_title",
]  # fmt: skip

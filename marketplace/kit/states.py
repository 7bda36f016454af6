"""State tables: the one place that says who may move a thing from where to where.

Pure. The same table refuses in words, offers the buttons and draws the diagram in docs/states.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import AlreadyDecided, NotAllowed, Refused
from marketplace.kit.i18n import Text

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True)
class Move(Generic[S]):
    """From any of `sources` to `target`, by these kinds of actor; `label` is the word on the button."""

    sources: frozenset[S] | set[S]
    target: S
    by: frozenset[ActorKind] | set[ActorKind]
    label: Text = ""
    refusal: type[Refused] = field(default=AlreadyDecided)


@dataclass(frozen=True)
class StateTable(Generic[S]):
    """All moves of one kind of thing, by verb."""

    states: type[S]
    moves: Mapping[str, Move[S]]

    def may(self, state: S, verb: str, actor: Actor) -> bool:
        """Whether this actor may make this move now."""
        move = self.moves[verb]
        return state in move.sources and actor.kind in move.by

    def check(self, state: S, verb: str, actor: Actor) -> S:
        """The state the move leads to. Refuses: wrong kind of actor (NotAllowed); wrong state (the move's refusal)."""
        move = self.moves[verb]
        if actor.kind not in move.by:
            raise NotAllowed
        if state not in move.sources:
            raise move.refusal
        return move.target

    def buttons(self, state: S, actor: Actor) -> list[tuple[str, Text]]:
        """Verbs with their words that this actor may press now, in the table's order."""
        return [(verb, move.label) for verb, move in self.moves.items() if self.may(state, verb, actor)]

    def diagram(self) -> str:
        """The table as a Mermaid state diagram."""
        lines = ["stateDiagram-v2"]
        for verb, move in self.moves.items():
            who = ", ".join(sorted(kind.value for kind in move.by))
            lines += [
                f"    {source.value} --> {move.target.value}: {verb} ({who})"
                for source in self.states
                if source in move.sources
            ]
        return "\n".join(lines)

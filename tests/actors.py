"""Actors of the cast, for tests that call actions directly."""

from types import SimpleNamespace
from typing import Any

from sqlalchemy import inspect

from marketplace.kit.actor import Actor, ActorKind, Place
from tests import cast


def producer(name: str) -> Actor:
    """A member acting for her own stall."""
    return Actor(ActorKind.PRODUCER, user_id=cast.user_id(name), on_behalf_of=int(str(cast.STALLS[name]["id"])))


def coordinator(name: str) -> Actor:
    """An official in her area."""
    province, commune, _office = cast.AREAS[name]
    return Actor(ActorKind.COORDINATOR, user_id=cast.user_id(name), areas=(Place(province, commune),))


def columns(row: Any) -> SimpleNamespace:
    """A row's columns, to be looked at after its unit has ended."""
    return SimpleNamespace(**{column.key: getattr(row, column.key) for column in inspect(type(row)).columns})

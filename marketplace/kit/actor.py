"""Who does something, and for whom. Built once per request, job or command, and handed to every action."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from marketplace.kit.errors import NotAllowed, NotYours


@dataclass(frozen=True, slots=True)
class Place:
    """A province, or a commune in it, by the codes of QĐ 19/2025/QĐ-TTg (2 and 5 digits)."""

    province_code: str
    commune_code: str | None = None

    def covers(self, other: "Place") -> bool:
        """A province covers itself and its communes; a commune covers only itself."""
        if self.province_code != other.province_code:
            return False
        return self.commune_code is None or self.commune_code == other.commune_code


class ActorKind(StrEnum):
    """The kinds of actor that state tables name."""

    STRANGER = "stranger"
    BUYER = "buyer"
    PRODUCER = "producer"
    HELPER = "helper"
    COORDINATOR = "coordinator"
    ADMIN = "admin"
    SYSTEM = "system"
    GATEWAY = "gateway"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Actor:
    """`on_behalf_of` is the producer a member or a helper acts for; `group_id` the checkout a buyer came with."""

    kind: ActorKind
    user_id: int | None = None
    on_behalf_of: int | None = None
    scope: frozenset[str] = frozenset()
    areas: tuple[Place, ...] = ()
    name: str = ""
    group_id: int | None = None

    @classmethod
    def stranger(cls) -> Self:
        """Somebody we know nothing of."""
        return cls(ActorKind.STRANGER)

    @classmethod
    def buyer(cls, group_id: int) -> Self:
        """Whoever holds the address of this checkout."""
        return cls(ActorKind.BUYER, group_id=group_id)

    @classmethod
    def system(cls, name: str) -> Self:
        """A timer or a job of the market itself."""
        return cls(ActorKind.SYSTEM, name=name)

    @classmethod
    def gateway(cls, name: str) -> Self:
        """A signed message from outside."""
        return cls(ActorKind.GATEWAY, name=name)

    @classmethod
    def operator(cls) -> Self:
        """Whoever runs the market's commands on its machine."""
        return cls(ActorKind.OPERATOR, name="operator")

    def acting_for(self, producer_id: int) -> Self:
        """The same person, doing something for this producer."""
        return replace(self, on_behalf_of=producer_id)

    @property
    def is_admin(self) -> bool:
        """Admins and the operator reach the whole country."""
        return self.kind in (ActorKind.ADMIN, ActorKind.OPERATOR)

    def covers(self, place: Place) -> bool:
        """Whether this place lies in the actor's area."""
        return self.is_admin or any(area.covers(place) for area in self.areas)

    def require_area(self, place: Place) -> None:
        """Refuse (404) unless an official whose area covers the place."""
        if self.kind not in (ActorKind.COORDINATOR, ActorKind.ADMIN, ActorKind.OPERATOR) or not self.covers(place):
            raise NotYours

    def require_producer(self, producer_id: int) -> None:
        """Refuse (404) unless acting for this producer."""
        if self.kind not in (ActorKind.PRODUCER, ActorKind.HELPER) or self.on_behalf_of != producer_id:
            raise NotYours

    def require_group(self, group_id: int) -> None:
        """Refuse (404) unless the buyer of this checkout."""
        if self.kind is not ActorKind.BUYER or self.group_id != group_id:
            raise NotYours

    def require(self, kinds: Iterable[ActorKind]) -> None:
        """Refuse (403) unless of one of these kinds."""
        if self.kind not in frozenset(kinds):
            raise NotAllowed

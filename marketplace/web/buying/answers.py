"""What was answered on the way to ordering: kept beside the cart, so that going back loses nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from marketplace.cart import queries as carts
from marketplace.kit.actor import Place
from marketplace.orders import queries as orders
from marketplace.orders.models import BuyerAddress
from marketplace.orders.rules import Quote, Way
from marketplace.payments import queries as payments
from marketplace.places import queries as places
from marketplace.web import frame
from marketplace.web.buying.door import cart_token, remembered

STEPS = ("recipient", "address", "ways", "review")
"""Endpoints of the four pages, in order."""


@dataclass(frozen=True)
class Answers:
    """`phone` is E.164; `pickup`: everything is fetched, so there is no address."""

    name: str = ""
    phone: str = ""
    email: str = ""
    place: Place | None = None
    street: str = ""
    note: str = ""
    pickup: bool = False
    ways: Mapping[int, Way] = field(default_factory=dict)
    invoice: Mapping[str, str] = field(default_factory=dict)

    @property
    def to(self) -> Place | None:
        """Where parcels go."""
        return None if self.pickup else self.place

    def missing(self, offer: Quote) -> str:
        """The first page whose question has no answer yet; empty when all have."""
        if not (self.name and self.phone):
            return "recipient"
        if not self.pickup and not (self.place and self.street):
            return "address"
        return "" if all(part.way for part in offer.blocks) else "ways"


def kept() -> Answers:
    """What this browser's cart has been told so far; at first what the last order from this browser said."""
    stored = carts.answers(cart_token())
    return _read(stored) if stored else _saved() or _last_time()


def _read(stored: Mapping[str, Any]) -> Answers:
    ways = {int(key): Way(value) for key, value in stored.get("ways", {}).items()}
    return Answers(
        name=stored.get("name", ""),
        phone=stored.get("phone", ""),
        email=stored.get("email", ""),
        place=places.from_value(stored.get("place", "")),
        street=stored.get("street", ""),
        note=stored.get("note", ""),
        pickup=bool(stored.get("pickup", False)),
        ways=ways,
        invoice=stored.get("invoice", {}),
    )


def saved_addresses() -> Sequence[BuyerAddress]:
    """Addresses in the account of whoever is signed in; most are not."""
    person = frame.viewer()
    return orders.addresses(person.user_id) if person else []


def _saved() -> Answers | None:
    first = next(iter(saved_addresses()), None)
    return Answers(name=first.name, phone=first.phone, place=first.place, street=first.street) if first else None


def _last_time() -> Answers:
    last = next(iter(orders.groups_by_tokens(remembered())), None)
    if last is None:
        return Answers()
    return Answers(
        name=last.buyer_name, phone=last.buyer_phone, email=last.email or "", place=last.place, street=last.street
    )


def offered(answers: Answers) -> Quote:
    """What the cart costs with these answers."""
    return payments.quote(cart_token(), answers.to, answers.ways)

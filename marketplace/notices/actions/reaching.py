"""One event as the wordings need it, and the ways to everybody whom it concerns."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from marketplace.accounts import queries as accounts
from marketplace.kit.actor import Place
from marketplace.notices import senders
from marketplace.notices.rules import Audience, Contact, contact, every_contact
from marketplace.orders.models import OrderGroup
from marketplace.producers import queries as producers
from marketplace.producers.models import Producer

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class Facts:
    """One event: values for its wording, whose it is (None: the market's), who bought, where each reader looks next.

    `letters`: where a letter leads instead, when what it says must work without signing in. `without`: officials who are
    not told. `loud`: the stall hears it on every way there is.
    """

    values: Mapping[str, Any]
    producer: Producer | None
    paths: Mapping[Audience, str]
    buyer: OrderGroup | None = None
    reporter: str = ""
    to_province: bool = False
    letters: Mapping[Audience, str] = field(default_factory=dict)
    without: Collection[int] = ()
    loud: bool = False
    person: int = 0

    def language_of(self, audience: Audience) -> str:
        """What this reader is written to in: a buyer in the language of the checkout, everybody else in Vietnamese."""
        return self.buyer.language if self.buyer and audience is Audience.BUYER else "vi"

    @property
    def stall(self) -> Producer:
        """The producer of an event that has one."""
        if self.producer is None:
            raise LookupError("this event concerns no producer")
        return self.producer

    @property
    def place(self) -> Place:
        """Whose area it lies in; nobody's when it is the market's. What waited too long goes past the commune."""
        if self.producer is None:
            return Place("")
        return Place(self.producer.province_code) if self.to_province else self.producer.place


def contacts(audience: Audience, facts: Facts) -> list[Contact]:
    """Ways to everybody of this audience that can be reached outside the market."""
    by_phone = senders.reaches_phones()
    if audience is Audience.BUYER:
        group = facts.buyer
        email = (group.email if group else None) or (facts.reporter if _EMAIL.fullmatch(facts.reporter) else None)
        found = [contact("buyer", email=email, phone=group.buyer_phone, by_phone=by_phone)] if group else []
        return [one for one in found if one]
    if audience is Audience.REPORTER:
        address = _EMAIL.fullmatch(facts.reporter)
        one = contact("reporter", email=facts.reporter if address else None, phone=None, by_phone=by_phone)
        return [one] if one else []
    if facts.loud and audience is Audience.PRODUCER:
        return _everybody(facts.stall, by_phone=by_phone)
    if audience is Audience.PERSON:
        return _every_way(facts.person, by_phone=by_phone)
    ids = officials(facts) if audience is not Audience.PRODUCER else producers.members(facts.stall.id)
    people = accounts.people(ids)
    found = [contact(str(i), email=p.email, phone=p.phone, by_phone=by_phone) for i, p in people.items()]
    return [one for one in found if one]


def _everybody(stall: Producer, *, by_phone: bool) -> list[Contact]:
    """Each of the stall's people by letter and by telephone, and the number the stall is known by."""
    people = accounts.people(producers.members(stall.id))
    found = [
        way for i, p in people.items() for way in every_contact(str(i), email=p.email, phone=p.phone, by_phone=by_phone)
    ]
    if stall.phone not in {p.phone for p in people.values()}:
        found += every_contact("stall", email=None, phone=stall.phone, by_phone=by_phone)
    return found


def _every_way(user_id: int, *, by_phone: bool) -> list[Contact]:
    """What concerns the account itself goes to the address and to the telephone: a thief may hold one of them."""
    one = accounts.people([user_id]).get(user_id)
    if one is None:
        return []
    return every_contact(str(user_id), email=one.email, phone=one.phone, by_phone=by_phone)


def officials(facts: Facts) -> list[int]:
    """Coordinators of the place, the nearest office first; admins where there is none."""
    return accounts.coordinators_for(facts.place, facts.without)

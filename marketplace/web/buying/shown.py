"""How an order is shown to whoever opened its address."""

from dataclasses import dataclass, replace

from marketplace.accounts.rules import mask_last, show_phone
from marketplace.kit.actor import Place
from marketplace.kit.i18n import Text
from marketplace.payments.queries import GroupPage, OrderView, PayeeBlock, Person
from marketplace.payments.rules.ahead import ahead
from marketplace.places import queries as places
from marketplace.web.frame.words import moment


@dataclass(frozen=True)
class Shown:
    """A line of the timeline; `state` is done, now or next."""

    text: Text
    when: str
    state: str


@dataclass(frozen=True)
class Receiver:
    """Who gets the goods, as much of it as this browser may see."""

    name: str
    phone: str
    where: str
    note: str


def story(order: OrderView) -> list[Shown]:
    """What was done, what happens now, what follows."""
    done = [
        Shown(f"{step.text}: {step.note}" if step.note else step.text, moment(step.at), "done") for step in order.steps
    ]
    coming = ahead(order.state, order.way, order.money, card=order.card, cash=bool(order.cash))
    now = [Shown(text, "", "next" if position else "now") for position, text in enumerate(coming)]
    return done + now


def receiver(buyer: Person, *, mine: bool) -> Receiver:
    """The receiver; to a browser that has not shown to be the buyer's, only enough to recognise oneself."""
    if not mine:
        far = Place(buyer.place.province_code) if buyer.place else None
        return Receiver(mask_name(buyer.name), mask_last(buyer.phone), places.label(far) if far else "", "")
    where = ", ".join(filter(None, [buyer.street, places.label(buyer.place) if buyer.place else ""]))
    return Receiver(buyer.name, show_phone(buyer.phone), where, buyer.note)


def mask_name(name: str) -> str:
    """ "Trần Thị Lan" -> "T•• T•• L••"."""
    return " ".join(f"{word[0]}••" for word in name.split())


def open_first(page: GroupPage) -> list[PayeeBlock]:
    """Transfers that must not be made stand first, then those still to be made."""
    return sorted(page.payees, key=lambda block: (not block.frozen, not to_pay(block)))


def to_pay(block: PayeeBlock) -> bool:
    """Whether the buyer has to pay this now."""
    return block.may_pay_by_card or (bool(block.payload) and block.may_tap)


def masked(page: GroupPage, *, mine: bool) -> GroupPage:
    """The page with nothing personal in it beyond what this browser may see."""
    if mine:
        return page
    hidden = Person(mask_name(page.buyer.name), mask_last(page.buyer.phone), None, page.buyer.place, "", "")
    return replace(page, buyer=hidden, orders=[_without_own_words(order) for order in page.orders])


def _without_own_words(order: OrderView) -> OrderView:
    """What the buyer or the maker typed may name people."""
    steps = [replace(step, note="") if step.by == "buyer" else step for step in order.steps]
    return replace(order, close_reason="", steps=steps)

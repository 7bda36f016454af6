"""Who is told of what, and what a message is made of. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from marketplace.kit.text import plain


class Audience(StrEnum):
    """Whom a sentence is written for."""

    PRODUCER = "producer"
    BUYER = "buyer"
    COORDINATOR = "coordinator"
    REPORTER = "reporter"
    PERSON = "person"


class Channel(StrEnum):
    """A way to a person outside the market."""

    EMAIL = "email"
    PHONE = "phone"


_P, _B, _C, _R = Audience.PRODUCER, Audience.BUYER, Audience.COORDINATOR, Audience.REPORTER
_ME = Audience.PERSON

AUDIENCES: Mapping[str, tuple[Audience, ...]] = {
    "order.placed": (_P, _B),
    "order.tapped": (_P,),
    "order.received": (_B,),
    "order.not_seen": (_B,),
    "order.accepted": (_B,),
    "order.ready": (_B,),
    "order.handed_over": (_B,),
    "order.delivered": (_P, _B),
    "order.expired": (_P, _B),
    "order.cancelled": (_P, _B),
    "order.silent": (_P, _B, _C),
    "order.unread": (_C,),
    "order.card_paid": (_P, _B),
    "order.disputed": (_P,),
    "order.dispute_ended": (_P,),
    "order.refused": (_B,),
    "order.cash_differs": (_P, _B, _C),
    "payout.paid": (_P,),
    "payout.taken_back": (_P,),
    "refund.card": (_P, _B),
    "refund.card_done": (_B,),
    "refund.card_failed": (_B, _C),
    "refund.due": (_P, _B, _C),
    "refund.sent": (_B,),
    "refund.back": (_P,),
    "refund.disputed": (_B, _C),
    "producer.applied": (_C,),
    "producer.approved": (_P,),
    "producer.returned": (_P,),
    "producer.paused": (_P,),
    "producer.resumed": (_P,),
    "payee.asked": (_P, _C),
    "payee.approved": (_P,),
    "payee.refused": (_P,),
    "payee.stopped": (_P, _C),
    "payee.changed": (_P,),
    "account.frozen": (_P, _C),
    "account.unfrozen": (_P,),
    "order.account_frozen": (_B,),
    "order.account_safe": (_B,),
    "order.asked_anew": (_B,),
    "order.paid_for": (_P,),
    "order.old_money": (_P, _C),
    "order.old_answer": (_P, _B),
    "member.invited": (_P,),
    "member.joined": (_P,),
    "member.left": (_P,),
    "member.ended": (_P,),
    "member.account": (_P,),
    "product.submitted": (_C,),
    "product.approved": (_P,),
    "product.returned": (_P,),
    "product.paused": (_P,),
    "product.resumed": (_P,),
    "revision.submitted": (_C,),
    "revision.approved": (_P,),
    "revision.returned": (_P,),
    "certificate.claimed": (_C,),
    "certificate.confirmed": (_P,),
    "certificate.returned": (_P,),
    "certificate.revoked": (_P,),
    "certificate.extended": (_P,),
    "problem.opened": (_P, _C),
    "problem.asked": (_P, _C),
    "problem.answered": (_P, _B, _R),
    "problem.closed": (_P, _B, _R),
    "problem.late": (_C,),
    "device.new": (_ME,),
    "review.written": (_P,),
    "review.answered": (_B,),
    "review.hidden": (_B,),
    "review.shown": (_B,),
}
"""Every event that is told. The words lie in `templates/messages/<topic>.<audience>.txt`."""


def audiences(topic: str, payload: Mapping[str, Any]) -> tuple[Audience, ...]:
    """Who is told of this event: for some topics the event itself says so."""
    if topic == "order.silent":
        return (Audience(payload["whom"]),)
    if topic == "order.cancelled":
        return (_P,) if payload["by"] == "buyer" else (_B,)
    if topic.startswith("problem."):
        return tuple(Audience(one) for one in payload["to"])
    if topic == "order.cash_differs" and not payload["with_buyer"]:
        return (_P, _C)
    return AUDIENCES[topic]


@dataclass(frozen=True, slots=True)
class Message:
    """A title for the list and the subject line, and the text under it."""

    title: str
    body: str


def message(text: str) -> Message:
    """A rendered wording: its first line is the title, the others are paragraphs; empty lines mean nothing."""
    title, _, body = text.strip().partition("\n")
    paragraphs = [line.strip() for line in body.splitlines() if line.strip()]
    return Message(" ".join(title.split())[:200], "\n".join(paragraphs))


@dataclass(frozen=True, slots=True)
class Letter:
    """A message on its way to one address. `key` names it in the world outside: sent twice, it is recognised."""

    to: str
    title: str
    body: str
    key: str
    link: str = ""
    """Where to read on, also at the end of the body."""
    code: str = ""
    """The one-time code in it, if that is what it brings."""


SMS_PARTS = 306
"""Letters of two parts; what is longer costs the market three messages and is read by nobody."""
ZALO_TITLE = 80


def sms_text(letter: Letter) -> str:
    """A text of plain letters: the code's sentence, or the title and where to read on, whole within two parts."""
    text = letter.body if letter.code else letter.title
    text = " ".join(plain(text).encode("ascii", "replace").decode().split())
    most = SMS_PARTS - (len(letter.link) + 1 if letter.link and not letter.code else 0)
    text = text if len(text) <= most else text[: most - 3].rstrip() + "..."
    return f"{text} {letter.link}" if letter.link and not letter.code else text


def zalo_data(letter: Letter) -> dict[str, str]:
    """What the two registered templates ask for: `otp`; or `tieu_de` (at most 80 letters) and `duong_dan`."""
    if letter.code:
        return {"otp": letter.code}
    title = letter.title if len(letter.title) <= ZALO_TITLE else letter.title[: ZALO_TITLE - 1].rstrip() + "…"
    return {"tieu_de": title, "duong_dan": letter.link.partition("://")[2].partition("/")[2]}


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach somebody outside the market. `name` tells the recipients of one event apart."""

    name: str
    channel: Channel
    to: str


def every_contact(name: str, *, email: str | None, phone: str | None, by_phone: bool) -> list[Contact]:
    """All ways to somebody, for news that must not be missed: one of the two may be in other hands."""
    ways = [contact(name, email=email, phone=None, by_phone=by_phone)]
    ways.append(contact(f"{name}:phone", email=None, phone=phone, by_phone=by_phone))
    return [way for way in ways if way]


def contact(name: str, *, email: str | None, phone: str | None, by_phone: bool) -> Contact | None:
    """The way to somebody: their e-mail, else their telephone where messages to telephones can be sent, else none."""
    if email:
        return Contact(name, Channel.EMAIL, email)
    if phone and by_phone:
        return Contact(name, Channel.PHONE, phone)
    return None

"""What the worker does with a promised word: who is meant, in which words, into which inbox and on which way out.

Recipients are found when the word is sent, not when it was promised. Each letter outside is a promise of its own, so that
one address that fails keeps nobody else waiting; its text is sealed while it waits and wiped when it is sent.
"""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import current_app, render_template

from marketplace.kit import clock, db, outbox
from marketplace.kit.actor import Actor
from marketplace.kit.edge import language
from marketplace.kit.i18n import in_language
from marketplace.notices import rules, senders
from marketplace.notices.actions.facts import facts_of
from marketplace.notices.actions.reaching import Facts, contacts, officials
from marketplace.notices.models import Notice
from marketplace.notices.rules import AUDIENCES, Audience, Channel, Contact, Letter, Message, audiences


@db.action
def announce(actor: Actor, topic: str, payload: Mapping[str, Any], key: str) -> None:  # noqa: ARG001 - actions take an actor
    """Put the words of one event into the inboxes of those it concerns and promise their letters. Twice is once."""
    facts = facts_of(topic, payload)
    if facts is None:
        return
    for audience in audiences(topic, payload):
        spoken = facts.language_of(audience)
        said = _words(f"{topic}.{audience.value}", spoken, facts.values)
        _file(topic, audience, facts, said, key)
        path = facts.letters.get(audience) or facts.paths.get(audience, "")
        for one in contacts(audience, facts):
            _promise(one, said, language.addressed(path, spoken) if path else "", _cause(topic, audience, facts, key))


def _words(name: str, spoken: str, values: Mapping[str, Any]) -> Message:
    """The wording in this language; what people wrote in it stays as it is."""
    with in_language(spoken):
        return rules.message(render_template(f"messages/{name}.txt", **values))


def _cause(topic: str, audience: Audience, facts: Facts, key: str) -> str:
    """What is told once. A buyer hears of a checkout once, however many stalls are in it."""
    if topic == "order.placed" and audience is Audience.BUYER and facts.buyer:
        return f"placed:{facts.buyer.token}"
    return f"{key}:{audience.value}"


def _file(topic: str, audience: Audience, facts: Facts, said: Message, key: str) -> None:
    """Into the inbox. Buyers and reporters have none: their page is the order's own."""
    readers: list[dict[str, int | None]] = []
    if audience is Audience.PRODUCER:
        readers = [{"producer_id": facts.stall.id, "user_id": None}]
    elif audience is Audience.COORDINATOR:
        readers = [{"producer_id": None, "user_id": user_id} for user_id in officials(facts)]
    elif audience is Audience.PERSON:
        readers = [{"producer_id": None, "user_id": facts.person}]
    for reader in readers:
        values = {
            "cause": f"{key}:{audience.value}:{reader['user_id'] or 0}",
            "topic": topic,
            "title": said.title,
            "body": said.body,
            "url": facts.paths.get(audience, ""),
            "created_at": clock.now(),
        }
        db.insert_once(Notice, {**reader, **values}, unique=("cause",))


def _promise(one: Contact, said: Message, path: str, cause: str) -> None:
    link = f"{current_app.config['PUBLIC_URL']}{path}" if path else ""
    body = f"{said.body}\n\n{link}" if link else said.body
    letter = {"to": one.to, "title": said.title, "body": body, "link": link}
    outbox.add(
        "message.send",
        secret_text=json.dumps(letter, ensure_ascii=False),
        dedup=f"letter:{cause}:{one.name}",
        channel=one.channel.value,
    )


def tell(topic: str, payload: dict[str, Any], key: str) -> None:
    """Keep the promise that people hear of an event."""
    with db.unit():
        announce(Actor.system("notices"), topic, payload, key)


def send_letter(payload: dict[str, Any], key: str) -> None:
    """Bring one letter out of the market."""
    senders.send(Channel(payload["channel"]), Letter(**json.loads(payload["secret"]), key=key))


def send_code(payload: dict[str, Any], key: str) -> None:
    """Bring a one-time code to its person. The code is in no log; the promise forgets it when it is kept."""
    values = {"code": payload["secret"], "purpose": payload["purpose"]}
    said = _words("code.send", payload.get("language", language.VIETNAMESE), values)
    letter = Letter(payload["to"], said.title, said.body, key, code=payload["secret"])
    senders.send(Channel(payload["channel"]), letter)


OUTBOX: dict[str, Callable[[dict[str, Any], str], None]] = {
    **{topic: partial(tell, topic) for topic in AUDIENCES},
    "message.send": send_letter,
    "code.send": send_code,
}

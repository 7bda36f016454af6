"""Cards, as far as the database goes: asking for a page, writing down what the gateway showed. No call leaves from here."""

import secrets
from datetime import datetime

from sqlalchemy import func, select

from marketplace.kit import clock, db, outbox, trail
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import NotFound
from marketplace.kit.money import show_dong
from marketplace.kit.text import nfc
from marketplace.payments import stripe_gateway
from marketplace.payments.actions.facts import add_fact, all_closed, follow, note_for_orders, tell
from marketplace.payments.models import CardPage, GatewayNews, MoneyDoubt, PaymentRequest
from marketplace.payments.queries import cards
from marketplace.payments.queries.facts import known_of
from marketplace.payments.rules import Fact, FactKind, Method, valid_reference
from marketplace.payments.rules.card import (
    DISPUTE_NEWS,
    LIVE_PAGES,
    LOOK_AGAIN,
    PAGE_LIVES,
    PAGE_NEWS,
    REFUND_NEWS,
    STALE,
    Asked,
    Doubt,
    News,
    NoteNeeded,
    NothingToPay,
    PageState,
    Seen,
    doubt,
)
from marketplace.payments.rules.old_money import OLD

SOURCE = "stripe"
AT_ONCE = 50


@db.action
def ask_card_page(actor: Actor, request_id: int) -> int:
    """ "Trả bằng thẻ": the page that is open already, or a new one with its key, to be asked for after this is committed.

    Refuses: a stranger (NotYours); paid, closed or not by card (NothingToPay).
    """
    request = db.locked(PaymentRequest, request_id)
    actor.require_group(request.group_id)
    if request.method is not Method.CARD or request.closed_at or known_of(request).paid or all_closed(request.id):
        raise NothingToPay
    now = clock.now()
    for page in cards.live_pages_of([request.id]):
        unanswered = page.state is PageState.ASKED and page.asked_at <= now - STALE
        if not unanswered and page.ends_at > now:
            return page.id
        page.state = PageState.FAILED if unanswered else PageState.EXPIRED
    db.session.flush()
    return _new_page(request)


def _new_page(request: PaymentRequest) -> int:
    page = _row(request, f"pr-{secrets.token_hex(16)}", (clock.now() + PAGE_LIVES).replace(microsecond=0))
    db.session.flush()
    return page.id


def _row(request: PaymentRequest, key: str, ends_at: datetime) -> CardPage:
    now = clock.now()
    count = select(func.count()).where(CardPage.request_id == request.id)
    page = CardPage(
        request_id=request.id,
        turn=int(db.session.scalar(count) or 0) + 1,
        key=key,
        livemode=stripe_gateway.is_live(),
        asked_at=now,
        looked_at=now,
        ends_at=ends_at,
    )
    db.session.add(page)
    return page


@db.action
def card_page_opened(actor: Actor, row_id: int, seen: Seen) -> None:
    """The gateway answered with a page. Refuses: not from the gateway (NotAllowed)."""
    actor.require((ActorKind.GATEWAY,))
    page = db.locked(CardPage, row_id)
    if page.state is PageState.ASKED:
        page.state, page.page, page.url = PageState.OPEN, seen.page, seen.url


@db.action
def card_page_refused(actor: Actor, row_id: int) -> None:
    """The gateway will not open this page; another may be asked for. Refuses: not from the gateway (NotAllowed)."""
    actor.require((ActorKind.GATEWAY,))
    page = db.locked(CardPage, row_id)
    if page.state is PageState.ASKED:
        page.state = PageState.FAILED


@db.action
def card_seen(actor: Actor, seen: Seen) -> bool:
    """Write down what a page shows, from whichever side it was looked at; whether a payment is news.

    A payment that is not exactly what was asked for waits for a person. Refuses: not from the gateway (NotAllowed).
    """
    actor.require((ActorKind.GATEWAY,))
    request_id = cards.request_of_page(seen.page) or _forgotten_page(seen)
    if request_id is None:
        return _foreign(seen)
    request = db.locked(PaymentRequest, request_id)
    page = db.session.scalars(select(CardPage).where(CardPage.page == seen.page).with_for_update()).one()
    page.looked_at = clock.now()
    if seen.paid:
        if page.state in (*LIVE_PAGES, PageState.EXPIRED):
            page.state = PageState.COMPLETE
        return _paid(actor, request, page, seen)
    if seen.status == "expired" and page.state in LIVE_PAGES:
        page.state = PageState.EXPIRED
    return False


def _forgotten_page(seen: Seen) -> int | None:
    """A page for a request that is known, asked for by a market that a restore has forgotten: it is taken up again; whose it is."""
    request_id = cards.request_by_reference(seen.reference)
    if request_id is None or not (seen.paid or seen.status == "open"):
        return None
    request, now = db.locked(PaymentRequest, request_id), clock.now()
    page = _row(request, f"pg-{secrets.token_hex(16)}", seen.ends_at or now)
    page.state, page.page, page.url = PageState.OPEN, seen.page, seen.url
    db.session.flush()
    return request_id


def _foreign(seen: Seen) -> bool:
    """A page that is not ours: an account of Stripe may serve others too. With a reference like ours a person looks."""
    if seen.paid and valid_reference(seen.reference):
        _question(Doubt.UNKNOWN, seen, None)
    return False


def _paid(actor: Actor, request: PaymentRequest, page: CardPage, seen: Seen) -> bool:
    why = doubt(Asked(request.due, request.reference, page.livemode), seen)
    why = why or (Doubt.CLOSED if request.closed_at else None)
    if why or not seen.payment:
        _question(why or Doubt.REFERENCE, seen, request.id)
        return False
    fact = Fact(SOURCE, seen.payment, FactKind.RECEIVED, clock.now(), request.due)
    if not add_fact(actor, request, fact):
        return False
    note_for_orders(actor, request, "card_paid", show_dong(request.due))
    follow(actor, request)
    tell("order.card_paid", request, once=seen.payment, each=True)
    return True


def _question(why: Doubt, seen: Seen, request_id: int | None) -> None:
    values = {
        "source": SOURCE,
        "source_id": seen.page,
        "request_id": request_id,
        "why": why,
        "amount": seen.amount,
        "currency": seen.currency[:8],
        "reference": seen.reference[:200],
        "opened_at": clock.now(),
        "note": "",
    }
    db.insert_once(MoneyDoubt, values, unique=("source", "source_id"))


@db.action
def gateway_told(actor: Actor, news: News) -> bool:
    """Store a signed message as it came, and promise to look at what it speaks of; whether it is news.

    Refuses: not from the gateway (NotAllowed).
    """
    actor.require((ActorKind.GATEWAY,))
    topic = _topic(news.kind)
    if not topic:
        return False
    values = {
        "source": SOURCE,
        "news_id": news.id,
        "kind": news.kind[:60],
        "about": news.about[:100],
        "raw": news.raw,
        "came_at": clock.now(),
    }
    if db.insert_once(GatewayNews, values, unique=("source", "news_id")) is None:
        return False
    outbox.add(topic, dedup=f"{topic}:{news.id}", about=news.about)
    return True


def _topic(kind: str) -> str:
    if kind.startswith(PAGE_NEWS):
        return "card.look"
    if kind.startswith(DISPUTE_NEWS):
        return "card.look_at_dispute"
    return "card.look_at_refund" if kind.startswith(REFUND_NEWS) else ""


@db.action
def look_at_open_pages(actor: Actor) -> int:  # noqa: ARG001 - actions take an actor
    """News get lost: promise to look at pages nobody has looked at for ten minutes; how many."""
    now = clock.now()
    pages = cards.unlooked(now - LOOK_AGAIN, AT_ONCE)
    for page in pages:
        page.looked_at, page.looks = now, page.looks + 1
        outbox.add("card.look", dedup=f"card.look:{page.id}:{page.looks}", about=page.page)
    return len(pages)


@db.action
def settle_doubt(actor: Actor, doubt_id: int, *, note: str) -> None:
    """A person looked at money that nobody asked for like this. Twice is once.

    Refuses: not an admin (NotAllowed); nothing written about it (NoteNeeded).
    """
    actor.require((ActorKind.ADMIN, ActorKind.OPERATOR))
    row, note = db.locked(MoneyDoubt, doubt_id), nfc(note)[:600]
    if row.why in OLD:
        raise NotFound  # money in somebody's account is decided about elsewhere (`old_money`)
    if not note:
        raise NoteNeeded(field="note")
    if row.settled_at is None:
        row.settled_at, row.settled_by, row.note = clock.now(), actor.user_id, note
        trail.record(actor, "settle_doubt", "money_doubt", doubt_id, note)

"""Cards, where calls leave the market: always outside every unit, before or after the actions of `cards`."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from flask import current_app

from marketplace.kit import clock, db
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotFound
from marketplace.payments import stripe_gateway
from marketplace.payments.actions import card_refunds, cards, disputes
from marketplace.payments.models import CardPage
from marketplace.payments.queries import cards as queries
from marketplace.payments.rules.card import CardUnreachable, NothingToPay, PageState
from marketplace.payments.rules.dispute import SeenDispute
from marketplace.payments.rules.refund import SeenRefund
from marketplace.payments.stripe_gateway import GatewayRefused

STRIPE = Actor.gateway("stripe")


def open_card_page(row_id: int) -> str:
    """Where to pay. The page is asked for under its stored key, so that a second request is given the same one.

    Raises: CardUnreachable; NothingToPay (it is paid or closed, or the gateway refuses it: another may be asked for).
    """
    page = queries.page(row_id)
    if page is None:
        raise NotFound
    if page.state is PageState.OPEN and page.ends_at > clock.now():
        return page.url
    if page.state is not PageState.ASKED:
        raise NothingToPay
    try:
        seen = stripe_gateway.open_page(page, str(current_app.config["PUBLIC_URL"]))
    except GatewayRefused:
        current_app.logger.exception("the gateway refused a page")
        cards.card_page_refused(STRIPE, row_id)
        return ""
    cards.card_page_opened(STRIPE, row_id, seen)
    return seen.url


def look_after_return(group_id: int) -> None:
    """The buyer is back from a page: look at it, and write down what it shows. What cannot be looked at now comes by message."""
    try:
        found = [stripe_gateway.look(page) for page in queries.open_pages_of_group(group_id)]
    except (CardUnreachable, GatewayRefused):
        return
    for seen in found:
        cards.card_seen(STRIPE, seen)


def close_card_pages(order_id: int) -> None:
    """Before an order is cancelled: no card is charged for it from here on, and one that was is known. Raises CardUnreachable."""
    for step in _closed(queries.live_pages_of_order(order_id)):
        step()


def _closed(pages: Sequence[CardPage]) -> list[Callable[[], object]]:
    """Close them all at the gateway first; what is to be written down about each afterwards."""
    steps: list[Callable[[], object]] = []
    for row_id, name in [(page.id, page.page) for page in pages]:
        if name:
            steps.append(partial(cards.card_seen, STRIPE, stripe_gateway.close_page(name)))
        else:
            steps += _never_given(row_id)
    return steps


def _never_given(row_id: int) -> list[Callable[[], object]]:
    """A page whose address nobody was given: ask under its key what became of it, and close it."""
    page = queries.page(row_id)
    if page is None:
        return []
    try:
        seen = stripe_gateway.open_page(page, str(current_app.config["PUBLIC_URL"]))
    except GatewayRefused:
        return [partial(cards.card_page_refused, STRIPE, row_id)]
    closed = stripe_gateway.close_page(seen.page)
    return [partial(cards.card_page_opened, STRIPE, row_id, seen), partial(cards.card_seen, STRIPE, closed)]


def look(payload: dict[str, Any], key: str) -> None:  # noqa: ARG001 - the outbox's form
    """Keep the promise to look at a page."""
    try:
        seen = stripe_gateway.look(payload["about"])
    except GatewayRefused:
        return  # no such page: a message about somebody else's
    with db.unit():
        cards.card_seen(STRIPE, seen)


def close(payload: dict[str, Any], key: str) -> None:  # noqa: ARG001 - the outbox's form
    """Keep the promise to close what is open of an order."""
    for step in _closed(queries.live_pages_of_order(payload["order_id"])):
        with db.unit():
            step()


def refund(payload: dict[str, Any], key: str) -> None:  # noqa: ARG001 - the outbox's form
    """Keep the promise to send money back to a card."""
    with db.unit():
        asks = card_refunds.begin_card_refund(Actor.system("refunds"), payload["refund_id"])
    for ask in asks:
        try:
            seen = stripe_gateway.refund(ask)
        except GatewayRefused as refusal:
            with db.unit():
                card_refunds.card_refund_refused(STRIPE, ask.key, str(refusal))
            continue
        with db.unit():
            card_refunds.card_refund_seen(STRIPE, seen)


def look_at_refund(payload: dict[str, Any], key: str) -> None:  # noqa: ARG001 - the outbox's form
    """Keep the promise to look at a refund."""
    try:
        feed_refund(stripe_gateway.look_at_refund(payload["about"]))
    except GatewayRefused:
        return


def look_at_dispute(payload: dict[str, Any], key: str) -> None:  # noqa: ARG001 - the outbox's form
    """Keep the promise to look at a dispute."""
    try:
        feed_dispute(stripe_gateway.look_at_dispute(payload["about"]))
    except GatewayRefused:
        return


def feed_refund(seen: SeenRefund) -> bool:
    """Write down a refund, after the payment it belongs to; whether it is news."""
    _know_payment(seen.payment)
    with db.unit():
        return card_refunds.card_refund_seen(STRIPE, seen)


def feed_dispute(seen: SeenDispute) -> bool:
    """Write down a dispute, after the payment it belongs to; whether it is news."""
    _know_payment(seen.payment)
    with db.unit():
        return disputes.card_dispute_seen(STRIPE, seen)


def _know_payment(payment: str) -> None:
    """News come in any order: a payment that is not known yet is looked up before what became of it."""
    with db.unit():
        known = not payment or queries.request_of_payment(payment) is not None
    for seen in [] if known else stripe_gateway.pages_of_payment(payment):
        with db.unit():
            cards.card_seen(STRIPE, seen)


OUTBOX: dict[str, Callable[[dict[str, Any], str], None]] = {
    "card.look": look,
    "card.close": close,
    "card.refund": refund,
    "card.look_at_refund": look_at_refund,
    "card.look_at_dispute": look_at_dispute,
}

"""Stripe: Checkout Sessions and refunds, through its official SDK. The only file that knows it.

Every call is made inside `with outside():`, under a key that was committed before. What Stripe sends is not believed:
it only says what to look at.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar, cast

import stripe
from flask import current_app

import config
from marketplace.kit import db, secret
from marketplace.kit.edge.language import addressed
from marketplace.payments.rules.card import CURRENCY, CardUnreachable, News, Page, Seen, to_stripe
from marketplace.payments.rules.dispute import GATEWAY_SAYS as DISPUTE_SAYS
from marketplace.payments.rules.dispute import DisputeState, SeenDispute
from marketplace.payments.rules.refund import GATEWAY_SAYS, CardRefundState, RefundAsk, SeenRefund

SECONDS = 15
PRACTICE_PATH = "/thuc-hanh-tra-the"
PRACTICE_KEY = "sk_test_practice"
R = TypeVar("R")
S = TypeVar("S")


class BadSignature(Exception):
    """A message that Stripe did not sign, or signed too long ago."""


class GatewayRefused(Exception):
    """Stripe understood and said no; asking again under this key gives the same answer."""


@dataclass(frozen=True)
class Keys:
    """What it takes to speak to Stripe."""

    key: str
    webhook_secret: str
    api: str

    @property
    def live(self) -> bool:
        """Whether this is real money."""
        return "_live_" in self.key


def keys() -> Keys | None:
    """The keys of this market; those of the practice Stripe in a demo without its own; None when there are none."""
    settings = cast(config.Settings, current_app.config["SETTINGS"])
    if settings.stripe_key:
        return Keys(settings.stripe_key, settings.stripe_webhook_secret, settings.stripe_api)
    if settings.practises_cards:
        return Keys(PRACTICE_KEY, practice_secret(), f"http://127.0.0.1:{settings.port}{PRACTICE_PATH}")
    return None


def practice_secret() -> str:
    """What the practice Stripe signs with, different in every market."""
    return f"whsec_{secret.derived('practice stripe').hex()}"


def is_live() -> bool:
    """Whether pages asked for now are for real money."""
    found = keys()
    return found is not None and found.live


@cache
def _client(found: Keys, process: int) -> stripe.StripeClient:  # noqa: ARG001 - connections are not shared over a fork
    return stripe.StripeClient(
        found.key,
        base_addresses={"api": found.api},
        http_client=stripe.RequestsClient(timeout=SECONDS),
        max_network_retries=1,
    )


def _ask(call: Callable[[stripe.StripeClient], R]) -> R:
    """One call outside every unit. Raises CardUnreachable, GatewayRefused."""
    found = keys()
    if found is None:
        raise CardUnreachable
    with db.outside():
        try:
            return call(_client(found, os.getpid()))
        except (stripe.InvalidRequestError, stripe.CardError) as error:
            raise GatewayRefused(str(error.user_message or error)) from error
        except stripe.StripeError as error:
            current_app.logger.warning("stripe: %s", type(error).__name__)
            raise CardUnreachable from error


def open_page(page: Page, public_url: str) -> Seen:
    """The page for this request. Asked again under the same key, the same page."""
    order = public_url + addressed(f"/don-hang/{page.token}", page.language)
    metadata = {"reference": page.reference}
    asked: dict[str, Any] = {
        "mode": "payment",
        "client_reference_id": page.reference,
        "success_url": f"{order}/the/ve",
        "cancel_url": order,
        "expires_at": int(page.ends_at.timestamp()),
        "locale": page.language,
        "payment_method_types": ["card"],
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": CURRENCY,
                    "unit_amount": to_stripe(page.amount),
                    "product_data": {"name": ", ".join(page.names)[:240]},
                },
            }
        ],
        "metadata": metadata,
        "payment_intent_data": {"metadata": metadata},
        **({"customer_email": page.email} if page.email else {}),
    }
    return _ask(lambda client: _seen(client.v1.checkout.sessions.create(asked, {"idempotency_key": page.key})))  # type: ignore[arg-type] # a dict is what it takes


def look(page: str) -> Seen:
    """The page as it stands."""
    return _ask(lambda client: _seen(client.v1.checkout.sessions.retrieve(page)))


def close_page(page: str) -> Seen:
    """Close the page, so that no card is charged on it any more; or find out that one was."""
    try:
        return _ask(lambda client: _seen(client.v1.checkout.sessions.expire(page)))
    except GatewayRefused:
        return look(page)  # it is complete, or closed already


def _seen(session: stripe.checkout.Session) -> Seen:
    payment = session.payment_intent
    return Seen(
        page=session.id,
        status=str(session.status),
        paid=session.payment_status == "paid",
        amount=session.amount_total or 0,
        currency=str(session.currency),
        reference=str(session.client_reference_id or ""),
        livemode=session.livemode,
        payment=payment if isinstance(payment, str) else (payment.id if payment else ""),
        url=str(session.url or ""),
        ends_at=datetime.fromtimestamp(session.expires_at, UTC),
    )


def refund(ask: RefundAsk) -> SeenRefund:
    """Send money back to the card it came from. Asked again under the same key, the same refund."""
    asked: dict[str, Any] = {
        "payment_intent": ask.payment,
        "amount": to_stripe(ask.amount),
        "reason": "requested_by_customer",
        "metadata": {"refund": ask.key, "order": ask.order, "cause": ask.cause},
    }
    return _ask(lambda client: _seen_refund(client.v1.refunds.create(asked, {"idempotency_key": ask.key})))  # type: ignore[arg-type] # a dict is what it takes


def look_at_refund(refund_id: str) -> SeenRefund:
    """The refund as it stands."""
    return _ask(lambda client: _seen_refund(client.v1.refunds.retrieve(refund_id)))


def _seen_refund(one: stripe.Refund) -> SeenRefund:
    payment = one.payment_intent
    ours = one.metadata.to_dict() if one.metadata else {}
    return SeenRefund(
        id=one.id,
        key=str(ours.get("refund", "")),
        payment=payment if isinstance(payment, str) else (payment.id if payment else ""),
        amount=one.amount,
        status=GATEWAY_SAYS.get(str(one.status), CardRefundState.PENDING),
        why=str(getattr(one, "failure_reason", "") or ""),
        order=str(ours.get("order", "")),
        cause=str(ours.get("cause", "")),
    )


def look_at_dispute(dispute_id: str) -> SeenDispute:
    """The dispute as it stands."""
    return _ask(lambda client: _seen_dispute(client.v1.disputes.retrieve(dispute_id)))


def _seen_dispute(one: stripe.Dispute) -> SeenDispute:
    payment, ends = one.payment_intent, one.evidence_details.due_by if one.evidence_details else None
    return SeenDispute(
        id=one.id,
        payment=payment if isinstance(payment, str) else (payment.id if payment else ""),
        amount=one.amount,
        state=DISPUTE_SAYS.get(str(one.status), DisputeState.OPEN),
        reason=str(one.reason or "")[:60],
        answer_by=datetime.fromtimestamp(ends, UTC) if ends else None,
    )


def pages_of_payment(payment: str) -> list[Seen]:
    """The pages that this payment was made on."""
    return _ask(lambda client: [_seen(one) for one in client.v1.checkout.sessions.list({"payment_intent": payment})])


def pages_since(moment: datetime) -> list[Seen]:
    """Every page made since, the oldest first."""
    return _ask(lambda client: _all_since(client.v1.checkout.sessions.list, moment, _seen))


def refunds_since(moment: datetime) -> list[SeenRefund]:
    """Every refund made since, the oldest first."""
    return _ask(lambda client: _all_since(client.v1.refunds.list, moment, _seen_refund))


def disputes_since(moment: datetime) -> list[SeenDispute]:
    """Every dispute opened since, the oldest first."""
    return _ask(lambda client: _all_since(client.v1.disputes.list, moment, _seen_dispute))


def _all_since(turn: Callable[..., Any], moment: datetime, read: Callable[[Any], S]) -> list[S]:
    """All pages of a list; the gateway gives the newest first."""
    asked = {"created": {"gte": int(moment.timestamp())}, "limit": 100}
    return [read(one) for one in turn(asked).auto_paging_iter()][::-1]


def read_news(body: bytes, signature: str) -> News:
    """A signed message. Raises BadSignature."""
    found = keys()
    if found is None:
        raise BadSignature
    try:
        event = _client(found, os.getpid()).construct_event(body, signature, found.webhook_secret)
        thing = event.data.object
        return News(event.id, event.type, str(thing["id"]), event.livemode, body.decode())
    except (stripe.SignatureVerificationError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise BadSignature from error

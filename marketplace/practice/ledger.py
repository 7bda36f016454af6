"""What the practice Stripe does: sessions, payments, refunds. Every change happens inside one open book."""

import time
from collections.abc import Mapping

from marketplace.practice.params import Wrong
from marketplace.practice.shapes import LEAST, MOST
from marketplace.practice.store import Book, Thing, new_id

API_VERSION = "2026-10-28.endive"
HALF_AN_HOUR, A_DAY = 30 * 60, 24 * 60 * 60

PAYS = "4242424242424242"
DECLINED = "4000000000000002"
EMPTY = "4000000000009995"
SECURE = ("4000002760003184", "4000002500003155")
REFUND_WAITS = "4000000000007726"
REFUND_FAILS = "4000000000005126"
DISPUTED = "4000000000000259"
CARDS = (PAYS, DECLINED, EMPTY, *SECURE, REFUND_WAITS, REFUND_FAILS, DISPUTED)
TWO_WEEKS = 14 * A_DAY


def now() -> int:
    """Seconds."""
    return int(time.time())


def _event(book: Book, kind: str, thing: Thing) -> None:
    event = {
        "id": new_id("evt"),
        "object": "event",
        "api_version": API_VERSION,
        "created": now(),
        "data": {"object": thing},
        "livemode": False,
        "type": kind,
    }
    book.happened(event)


def open_session(book: Book, asked: Mapping[str, str], address: str) -> Thing:
    """A new page to pay on. Refuses (Wrong): a sum that no card is charged; an end that is too near or too far."""
    amount = sum(
        int(value) * int(asked[name.replace("[price_data][unit_amount]", "[quantity]")])
        for name, value in asked.items()
        if name.endswith("[unit_amount]")
    )
    if not LEAST <= amount <= MOST:
        code = "amount_too_small" if amount < LEAST else "amount_too_large"
        raise Wrong(f"The total must be from {LEAST} to {MOST} vnd.", code=code, param="line_items")
    ends = int(asked.get("expires_at", now() + A_DAY))
    if not HALF_AN_HOUR - 60 <= ends - now() <= A_DAY + 60:
        raise Wrong("expires_at must be between 30 minutes and 24 hours from now.", param="expires_at")
    key = new_id("cs_test")
    session: Thing = {
        "id": key, "object": "checkout.session", "livemode": False, "created": now(), "expires_at": ends, "mode": "payment",
        "status": "open", "payment_status": "unpaid", "amount_subtotal": amount, "amount_total": amount, "currency": "vnd",
        "client_reference_id": asked.get("client_reference_id"), "customer_email": asked.get("customer_email"),
        "success_url": asked["success_url"], "cancel_url": asked.get("cancel_url"), "locale": asked.get("locale"),
        "metadata": _metadata(asked, "metadata"), "payment_intent": None, "payment_method_types": ["card"],
        "url": f"{address}/c/pay/{key}",
        "practice": {
            "intent_metadata": _metadata(asked, "payment_intent_data[metadata]"),
            "names": [value for name, value in asked.items() if name.endswith("[name]")],
        },
    }  # fmt: skip
    return book.put(session)


def _metadata(asked: Mapping[str, str], under: str) -> dict[str, str]:
    start = f"{under}["
    return {name[len(start) : -1]: value for name, value in asked.items() if name.startswith(start)}


def session(book: Book, key: str) -> Thing:
    """One session; one whose time is over expires when it is looked at. Refuses (Wrong): no such session."""
    found = book.find("checkout.session", key)
    if found is None:
        raise Wrong(f"No such checkout.session: {key}", code="resource_missing", param="session", status=404)
    if found["status"] == "open" and found["expires_at"] <= now():
        return _expired(book, found)
    return found


def expire(book: Book, key: str) -> Thing:
    """Close the page. Refuses (Wrong): it is complete, or closed already."""
    found = session(book, key)
    if found["status"] != "open":
        raise Wrong(f'Only Checkout Sessions with a status in ["open"] can be expired. This one is {found["status"]}.')
    return _expired(book, found)


def _expired(book: Book, found: Thing) -> Thing:
    found |= {"status": "expired", "url": None}
    _event(book, "checkout.session.expired", found)
    return book.put(found)


def needs_proof(card: str) -> bool:
    """Whether the card's bank asks its holder first (3-D Secure)."""
    return card in SECURE


def declined(book: Book, key: str, card: str) -> str:
    """Why a card is not charged; empty when it can be. A decline leaves the page open."""
    if card in CARDS and card not in (DECLINED, EMPTY):
        return ""
    reason = "insufficient_funds" if card == EMPTY else "generic_decline"
    intent = {
        "id": new_id("pi"), "object": "payment_intent", "livemode": False, "created": now(), "currency": "vnd",
        "amount": session(book, key)["amount_total"], "amount_received": 0, "status": "requires_payment_method",
        "latest_charge": None, "metadata": {}, "last_payment_error": {"code": "card_declined", "decline_code": reason},
    }  # fmt: skip
    _event(book, "payment_intent.payment_failed", book.put(intent))
    return reason


def pay(book: Book, key: str, card: str) -> Thing:
    """Charge the card. Refuses (Wrong, 410): the page is complete or closed."""
    found = session(book, key)
    if found["status"] != "open":
        raise Wrong("This page is closed.", status=410)
    same = {"livemode": False, "created": now(), "currency": "vnd", "metadata": found["practice"]["intent_metadata"]}
    amount = found["amount_total"]
    charge: Thing = {
        **same, "id": new_id("ch"), "object": "charge", "amount": amount, "amount_captured": amount, "amount_refunded": 0,
        "captured": True, "paid": True, "refunded": False, "status": "succeeded", "practice_card": card,
    }  # fmt: skip
    intent: Thing = {
        **same, "id": new_id("pi"), "object": "payment_intent", "amount": amount, "amount_received": amount,
        "status": "succeeded", "latest_charge": charge["id"],
    }  # fmt: skip
    charge["payment_intent"] = intent["id"]
    found |= {"status": "complete", "payment_status": "paid", "payment_intent": intent["id"], "url": None}
    for kind, thing in (
        ("charge.succeeded", charge),
        ("payment_intent.succeeded", intent),
        ("checkout.session.completed", found),
    ):
        _event(book, kind, book.put(thing))
    if card == DISPUTED:
        dispute(book, charge["id"])
    return found


def dispute(book: Book, charge_id: str) -> Thing:
    """The cardholder's bank takes the money of a charge back, until it has decided. Refuses (Wrong): no such charge."""
    charge = thing(book, "charge", charge_id)
    new: Thing = {
        "id": new_id("dp"), "object": "dispute", "livemode": False, "created": now(), "currency": "vnd", "metadata": {},
        "amount": charge["amount_captured"], "charge": charge_id, "payment_intent": charge["payment_intent"],
        "status": "needs_response", "reason": "fraudulent", "is_charge_refundable": False,
        "evidence_details": {"due_by": now() + TWO_WEEKS, "has_evidence": False, "past_due": False, "submission_count": 0},
    }  # fmt: skip
    _event(book, "charge.dispute.created", book.put(new))
    _event(book, "charge.dispute.funds_withdrawn", new)
    return new


def decide_dispute(book: Book, key: str, *, won: bool) -> Thing:
    """The bank has decided: `won`, the money comes back. Refuses (Wrong): no such dispute."""
    found = book.put(thing(book, "dispute", key) | {"status": "won" if won else "lost"})
    _event(book, "charge.dispute.closed", found)
    if won:
        _event(book, "charge.dispute.funds_reinstated", found)
    return found


def _is_disputed(book: Book, charge: Thing) -> bool:
    return any(one["charge"] == charge["id"] and one["status"] != "won" for one in book.all("dispute"))


def thing(book: Book, kind: str, key: str) -> Thing:
    """One object. Refuses (Wrong): no such object."""
    found = book.find(kind, key)
    if found is None:
        raise Wrong(f"No such {kind}: {key}", code="resource_missing", param="id", status=404)
    return found


def refund(book: Book, asked: Mapping[str, str]) -> Thing:
    """Money back. Refuses (Wrong): more than is left of the charge, nothing, disputed, or no such payment."""
    intent = thing(book, "payment_intent", asked["payment_intent"])
    charge = thing(book, "charge", intent["latest_charge"] or "")
    if _is_disputed(book, charge):
        raise Wrong("This charge has been charged back and cannot be refunded.", code="charge_disputed")
    left = charge["amount_captured"] - charge["amount_refunded"]
    amount = int(asked.get("amount", left))
    if left == 0:
        raise Wrong("Charge has already been refunded.", code="charge_already_refunded")
    if not 0 < amount <= left:
        message = f"Refund amount ({amount} vnd) is greater than unrefunded amount on charge ({left} vnd)"
        raise Wrong(message, code="amount_too_large", param="amount")
    waits = charge["practice_card"] == REFUND_WAITS
    new: Thing = {
        "id": new_id("re"), "object": "refund", "amount": amount, "currency": "vnd", "charge": charge["id"],
        "payment_intent": intent["id"], "status": "pending" if waits else "succeeded", "reason": asked.get("reason"),
        "metadata": _metadata(asked, "metadata"), "created": now(), "failure_reason": None,
    }  # fmt: skip
    _count(book, charge, amount)
    _event(book, "refund.created", book.put(new))
    _event(book, "charge.refunded", charge)
    return new


def _count(book: Book, charge: Thing, amount: int) -> None:
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount_captured"]
    book.put(charge)


def settle_refunds(book: Book) -> int:
    """What banks do later: a waiting refund arrives, one for a closed card comes back; how many changed."""
    changed = 0
    for one in book.all("refund"):
        charge = thing(book, "charge", one["charge"])
        if one["status"] == "pending":
            _event(book, "refund.updated", book.put(one | {"status": "succeeded"}))
        elif one["status"] == "succeeded" and charge["practice_card"] == REFUND_FAILS:
            _count(book, charge, -one["amount"])
            failed = book.put(one | {"status": "failed", "failure_reason": "lost_or_stolen_card"})
            _event(book, "refund.failed", failed)
        else:
            continue
        changed += 1
    return changed

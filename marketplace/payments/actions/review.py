"""After a restore: what Stripe, banks and buyers know of the time that was lost."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from marketplace.kit import db, holding
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import _, lazy, mark
from marketplace.kit.money import Dong, show_dong
from marketplace.kit.text import nfc
from marketplace.orders.models import Order
from marketplace.orders.rules import show_code
from marketplace.payments import stripe_gateway
from marketplace.payments.actions import cards
from marketplace.payments.actions.card_calls import STRIPE, feed_dispute, feed_refund
from marketplace.payments.models import PaymentRequest, PaymentShare
from marketplace.payments.rules.card import PAGE_LIVES
from marketplace.payments.rules.references import read_reference, show_reference

REFUNDS_CHANGE = timedelta(days=30)
"""A bank may return a refund weeks after it went (Stripe's documentation of failed refunds)."""

TRANSFERS = mark("Chuyển khoản cho đơn chợ không còn")
TAPS = mark("Khách báo đã chuyển cho đơn chợ không còn")
MOST_TAPS = 200
"""Anybody can press a button of a page that was lost; more of them than this say nothing new."""


class BadTransfer(BadInput):
    """A row of a statement without what is needed to find it again."""

    message = lazy("Ghi số tiền và nội dung như trên sao kê, ví dụ: OCOP 482 109 304.")


class KnownTransfer(BadInput):
    """The order is there: its producer says that the money came, as always."""


def review_cards(since: datetime) -> list[str]:
    """Pages, refunds and disputes of Stripe since the backup: what is ours is written down, what fits nothing waits for a person.

    A page that was open in the backup was made at most an hour before it. Raises CardUnreachable: it is asked again later.
    """
    if stripe_gateway.keys() is None:
        return []
    return [*_pages(since), *_refunds(since), *_disputes(since)]


def _pages(since: datetime) -> Iterator[str]:
    for seen in stripe_gateway.pages_since(since - PAGE_LIVES):
        with db.unit():
            news = cards.card_seen(STRIPE, seen)
        if news:
            yield _said(_("Trả thẻ, đã ghi vào đơn"), seen.amount, seen.page)


def _refunds(since: datetime) -> Iterator[str]:
    for seen in stripe_gateway.refunds_since(since - REFUNDS_CHANGE):
        if feed_refund(seen):
            yield _said(_("Hoàn vào thẻ, đã trừ vào đơn"), seen.amount, seen.id)


def _disputes(since: datetime) -> Iterator[str]:
    for seen in stripe_gateway.disputes_since(since - REFUNDS_CHANGE):
        if feed_dispute(seen):
            yield _said(_("Chủ thẻ khiếu nại, đã ghi vào đơn"), seen.amount, seen.id)


def _said(what: str, amount: int, name: str) -> str:
    return f"{what}: {show_dong(Dong(amount))} ({name})"


REVIEWS = {mark("Thẻ, theo Stripe"): review_cards}


@db.action
def report_transfer(actor: Actor, *, memo: str, amount: Dong | None, sender: str, key: str) -> bool:
    """A transfer on a statement that no order here explains: kept until somebody has handled it. The page's `key`: twice is once.

    Refuses: not an admin (NotAllowed); no sum or no memo (BadTransfer); its order is here (KnownTransfer).
    """
    actor.require((ActorKind.ADMIN, ActorKind.OPERATOR))
    memo, sender = nfc(memo)[:200], nfc(sender)[:120]
    if not memo or not amount or not key:
        raise BadTransfer(field="amount" if memo else "memo")
    reference = read_reference(memo)
    code = _order_of(reference) if reference else None
    if code is not None:
        words = _(
            "Chợ vẫn có đơn của mã này: đơn %(code)s. Người bán mở đơn và bấm Đã nhận tiền.", code=show_code(code)
        )
        raise KnownTransfer(words, field="memo")
    parts = (show_reference(reference) if reference else memo, show_dong(amount), sender)
    return holding.find(actor, TRANSFERS, f"transfer:{key}", " · ".join(part for part in parts if part))


def _order_of(reference: str) -> str | None:
    query = (
        select(Order.code)
        .join(PaymentShare, PaymentShare.order_id == Order.id)
        .join(PaymentRequest, PaymentRequest.id == PaymentShare.request_id)
        .where(PaymentRequest.reference == reference)
    )
    return db.session.scalar(query.limit(1))


@db.action
def tap_on_lost_order(actor: Actor, token: str) -> bool:
    """ "Tôi đã chuyển khoản" on the page of an order that a restore has forgotten; whether it is news to somebody."""
    if holding.open_count(TAPS) >= MOST_TAPS:
        return False
    known = holding.begins_with(f"order:{token}:")
    return holding.find(
        actor, TAPS, f"tap:{token}", known or _("Không rõ đơn nào. Đuôi địa chỉ trang: %(end)s", end=token[-6:])
    )

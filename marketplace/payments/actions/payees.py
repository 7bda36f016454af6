"""Open orders hear at once that their payee's account is frozen, and when it may be paid into again."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from marketplace.kit import db, outbox
from marketplace.kit.actor import Actor
from marketplace.orders.models import Order
from marketplace.orders.rules import OrderState
from marketplace.payments.models import PaymentRequest, PaymentShare
from marketplace.payments.queries.facts import current
from marketplace.payments.rules import Method
from marketplace.producers.models import Payee
from marketplace.producers.queries import changes


@db.action
def tell_open_orders(actor: Actor, payee_id: int, *, frozen: bool, key: str) -> int:  # noqa: ARG001 - actions take an actor
    """Promise word to every buyer who has not paid this payee in full; how many. Nothing when it is otherwise again by now."""
    payee = db.session.get_one(Payee, payee_id)
    if (payee.frozen_at is not None) is not frozen:
        return 0
    unsafe, told = changes.unsafe([payee_id]), 0
    for request, order in _unpaid(payee_id):
        if not frozen and unsafe.holds(payee_id, request.bank_bin, request.account_no):
            continue  # asked to pay into an account that was left: it stays hidden
        outbox.add(
            "order.account_frozen" if frozen else "order.account_safe",
            dedup=f"account:{key}:{order.id}",
            request_id=request.id,
            order_id=order.id,
            group_id=order.group_id,
            producer_id=order.producer_id,
        )
        told += 1
    return told


def _unpaid(payee_id: int) -> list[tuple[PaymentRequest, Order]]:
    query = (
        select(PaymentRequest, Order)
        .join(PaymentShare, PaymentShare.request_id == PaymentRequest.id)
        .join(Order, Order.id == PaymentShare.order_id)
        .where(
            PaymentRequest.payee_id == payee_id,
            PaymentRequest.method == Method.TRANSFER,
            Order.state == OrderState.PLACED,
            PaymentShare.received < PaymentShare.amount,
            current(),
        )
        .order_by(Order.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def _tell(payload: dict[str, Any], key: str) -> None:
    with db.unit():
        tell_open_orders(Actor.system("payees"), payload["payee_id"], frozen=payload["frozen"], key=key)


OUTBOX: dict[str, Callable[[dict[str, Any], str], None]] = {"payee.orders": _tell}

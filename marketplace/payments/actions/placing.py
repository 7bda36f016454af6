"""A cart becomes orders, and each payee gets a request for their sum."""

from collections.abc import Mapping

from marketplace.kit import clock, db, outbox
from marketplace.kit.actor import Actor
from marketplace.kit.money import MOST, Dong
from marketplace.orders import actions as orders
from marketplace.orders.rules import Checkout, NobodyToPay, TooMuchForOneTransfer
from marketplace.payments.models import PaymentRequest, PaymentShare
from marketplace.payments.rules import Method, MoneyState, new_reference
from marketplace.producers.models import Payee
from marketplace.producers.queries import payees

REFERENCE_TRIES = 8


@db.action
def place(actor: Actor, checkout: Checkout) -> str:
    """Order what lies in the cart; the token of its group, the same one however often it is pressed.

    Refuses as `orders.actions.place` does, and: a stall without an account (NobodyToPay), 500 million dong or more
    for one payee (TooMuchForOneTransfer).
    """
    placed = orders.place(actor, checkout)
    accounts = payees(order.producer_id for order in placed.orders)
    by_payee: dict[int, list[orders.PlacedOrder]] = {}
    for order in placed.orders:
        if order.producer_id not in accounts:
            raise NobodyToPay
        by_payee.setdefault(accounts[order.producer_id].id, []).append(order)
        outbox.add("order.placed", order_id=order.order_id, group_id=placed.group_id, producer_id=order.producer_id)
    by_id = {payee.id: payee for payee in accounts.values()}
    for payee_id, parts in by_payee.items():
        _ask(placed.group_id, by_id[payee_id], parts)
    return placed.token


def _ask(group_id: int, payee: Payee, parts: list[orders.PlacedOrder]) -> None:
    """Freeze account, sum and reference: what the payee changes later does not reach this order."""
    due = Dong(sum(part.total for part in parts))
    if due > MOST:
        raise TooMuchForOneTransfer
    request_id = _insert_request(
        {
            "group_id": group_id,
            "payee_id": payee.id,
            "method": Method.TRANSFER,
            "due": due,
            "bank_bin": payee.bank_bin,
            "account_no": payee.account_no,
            "holder": payee.holder,
            "created_at": clock.now(),
        }
    )
    for part in parts:
        share = {"request_id": request_id, "order_id": part.order_id, "amount": part.total, "state": MoneyState.WAITING}
        db.insert_once(PaymentShare, {**share, "received": 0, "claimed": 0}, unique=("order_id", "request_id"))


def _insert_request(values: Mapping[str, object]) -> int:
    for _try in range(REFERENCE_TRIES):
        request_id = db.insert_once(PaymentRequest, {**values, "reference": new_reference()}, unique=("reference",))
        if request_id is not None:
            return request_id
    raise RuntimeError("no free reference found")

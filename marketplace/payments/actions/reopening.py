"""A request of several orders that no longer fits them is closed while it is unpaid, and the rest is asked for by a new one."""

from sqlalchemy import func, select

from marketplace.kit import clock, db
from marketplace.kit.actor import Actor
from marketplace.kit.money import Dong
from marketplace.orders.models import Order, OrderGroup
from marketplace.orders.rules import CLOSED
from marketplace.payments.actions.facts import follow, tell
from marketplace.payments.actions.placing import ask
from marketplace.payments.models import PaymentRequest
from marketplace.payments.queries.facts import shares_of
from marketplace.payments.rules import CASH, Method, Money
from marketplace.payments.rules.card import LEAST
from marketplace.producers.queries import payees

Parts = list[tuple[int, Dong]]


def settle(actor: Actor, request: PaymentRequest) -> None:
    """After a move: money that came goes back, and an unpaid request of which some orders ended makes place for another.

    Once money came, or is said to be coming, the request stays: what it brings is shared out, what is too much goes back.
    """
    db.session.flush()
    known = follow(actor, request)
    left = _left(request, known)
    if not left:
        return
    request.closed_at = clock.now()
    db.session.flush()
    db.locked(
        OrderGroup, request.group_id
    )  # two requests of a checkout that close at once are numbered one after the other
    for request_id in _ask_anew(request, left):
        fresh = db.session.get_one(PaymentRequest, request_id)
        follow(actor, fresh)
        tell("order.asked_anew", fresh)


def _left(request: PaymentRequest, known: Money) -> Parts:
    """Orders that go on, when they have to be asked for anew."""
    if request.method in CASH or request.closed_at or not known.quiet:
        return []
    parts = shares_of(request.id)
    left = [part for part in parts if db.session.get_one(Order, part.order_id).state not in CLOSED]
    return [(part.order_id, part.amount) for part in left] if len(left) < len(parts) else []


def _ask_anew(request: PaymentRequest, parts: Parts) -> list[int]:
    """In the same way, into the same account; what is too little for a card by transfer to each producer."""
    if request.method is Method.TRANSFER or sum(amount for _order, amount in parts) >= LEAST:
        turn = _next_turn(request.group_id, request.payee_id, request.method)
        return [ask(request.group_id, request.payee_id, request.method, parts, turn, account=request)]
    makers = {order_id: db.session.get_one(Order, order_id).producer_id for order_id, _amount in parts}
    accounts, by_payee = payees(makers.values(), even_frozen=True), dict[int, Parts]()
    for order_id, amount in parts:
        by_payee.setdefault(accounts[makers[order_id]].id, []).append((order_id, amount))
    return [
        ask(request.group_id, payee_id, Method.TRANSFER, mine, _next_turn(request.group_id, payee_id, Method.TRANSFER))
        for payee_id, mine in by_payee.items()
    ]


def _next_turn(group_id: int, payee_id: int, method: Method) -> int:
    query = select(func.max(PaymentRequest.turn)).where(
        PaymentRequest.group_id == group_id, PaymentRequest.payee_id == payee_id, PaymentRequest.method == method
    )
    last = db.session.scalar(query)
    return 0 if last is None else last + 1

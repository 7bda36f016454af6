"""A cart becomes orders, and each payee gets a request for their sum."""

from collections.abc import Mapping, Sequence

from marketplace.kit import clock, db, outbox
from marketplace.kit.actor import Actor
from marketplace.kit.money import MOST, Dong
from marketplace.orders import actions as orders
from marketplace.orders.rules import AccountLookedAt, Checkout, NobodyToPay, TooMuchForOneTransfer
from marketplace.payments.models import PaymentRequest, PaymentShare
from marketplace.payments.queries import cards
from marketplace.payments.queries.quoting import cash_taken
from marketplace.payments.rules import CASH, CashNotOffered, CashState, Method, MoneyState, cash_method, new_reference
from marketplace.payments.rules.card import LEAST, CardNotOffered, CardSumRefused
from marketplace.payments.rules.card import MOST as CARD_MOST
from marketplace.payments.rules.cash import lapses_at
from marketplace.producers.models import Payee
from marketplace.producers.queries import payees

REFERENCE_TRIES = 8


@db.action
def place(actor: Actor, checkout: Checkout, methods: Mapping[int, Method] | None = None) -> str:
    """Order what lies in the cart; the token of its group, the same one however often it is pressed.

    `methods` says by producer how she is paid, by transfer where it says nothing; all that is paid by card is one request,
    whose payee is the operator. Refuses as `orders.actions.place` does, and: a stall without an account (NobodyToPay) or with
    a frozen one (AccountLookedAt), 500 million dong or more for one payee (TooMuchForOneTransfer), a card that cannot be
    taken (CardNotOffered, CardSumRefused), cash where the stall takes none, the goods go another way, or a drink is alcoholic
    (CashNotOffered).
    """
    placed = orders.place(actor, checkout)
    accounts = payees((order.producer_id for order in placed.orders), even_frozen=True)
    takes = cash_taken(stall for stall, method in (methods or {}).items() if method in CASH)
    by_payee: dict[tuple[int, Method], list[orders.PlacedOrder]] = {}
    for order in placed.orders:
        if order.producer_id not in accounts:
            raise NobodyToPay
        if accounts[order.producer_id].frozen_at:
            raise AccountLookedAt
        method = (methods or {}).get(order.producer_id, Method.TRANSFER)
        payee_id = _operator() if method is Method.CARD else accounts[order.producer_id].id
        if method in CASH and method is not cash_method(order.way, takes[order.producer_id], adult=order.adult):
            raise CashNotOffered
        by_payee.setdefault((payee_id, method), []).append(order)
        outbox.add("order.placed", order_id=order.order_id, group_id=placed.group_id, producer_id=order.producer_id)
    for (payee_id, method), parts in by_payee.items():
        if method in CASH:
            _ask_cash(actor, placed.group_id, payee_id, method, parts)
        else:
            ask(placed.group_id, payee_id, method, [(part.order_id, part.total) for part in parts])
    return placed.token


def _ask_cash(actor: Actor, group_id: int, payee_id: int, method: Method, parts: Sequence[orders.PlacedOrder]) -> None:
    """Each parcel is paid for when it comes, so each is a request of its own, whoever its payee is; its producer has to answer."""
    for turn, part in enumerate(parts):
        ask(group_id, payee_id, method, [(part.order_id, part.total)], turn)
        orders.set_clocks(actor, part.order_id, hold_until=lapses_at(part.placed_at), silent_since=part.placed_at)


def _operator() -> int:
    """The account that card money goes to."""
    terms = cards.offered()
    if terms is None:
        raise CardNotOffered
    return terms.payee_id


def ask(
    group_id: int,
    payee_id: int,
    method: Method,
    parts: Sequence[tuple[int, Dong]],
    turn: int = 0,
    *,
    account: PaymentRequest | None = None,
) -> int:
    """Freeze account, sum and reference: what the payee changes later does not reach this order. `account`: as of this request."""
    due, payee = Dong(sum(total for _order, total in parts)), account or db.session.get_one(Payee, payee_id)
    if method is Method.CARD and not LEAST <= due <= CARD_MOST:
        raise CardSumRefused
    if due > MOST:
        raise TooMuchForOneTransfer
    request_id = _insert_request(
        {
            "group_id": group_id,
            "payee_id": payee_id,
            "method": method,
            "turn": turn,
            "due": due,
            "bank_bin": payee.bank_bin,
            "account_no": payee.account_no,
            "holder": payee.holder,
            "created_at": clock.now(),
        }
    )
    for order_id, total in parts:
        share = {"request_id": request_id, "order_id": order_id, "amount": total, "state": MoneyState.WAITING}
        computed = {"received": 0, "claimed": 0, "cash": CashState.TO_COLLECT if method in CASH else None, "in_hand": 0}
        db.insert_once(PaymentShare, share | computed, unique=("order_id", "request_id"))
    return request_id


def _insert_request(values: Mapping[str, object]) -> int:
    for _try in range(REFERENCE_TRIES):
        request_id = db.insert_once(PaymentRequest, {**values, "reference": new_reference()}, unique=("reference",))
        if request_id is not None:
            return request_id
    raise RuntimeError("no free reference found")

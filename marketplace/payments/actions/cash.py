"""Cash: taken at the door by a carrier or at the stall, passed on, told of as facts. Each press twice is once.

Request first, then order, as everybody locks: a parcel is either paid or refused, whoever presses at the same moment.
"""

from collections.abc import Iterable

from marketplace.kit import clock, db, outbox
from marketplace.kit.actor import Actor
from marketplace.kit.errors import AlreadyDecided, BadInput
from marketplace.kit.i18n import lazy
from marketplace.kit.money import Dong, show_dong
from marketplace.orders import actions as orders
from marketplace.orders.models import Order
from marketplace.orders.rules import OrderState
from marketplace.payments.actions.facts import add_fact, follow, lock_request_of
from marketplace.payments.actions.seeing import LessThanBefore
from marketplace.payments.models import PaymentRequest
from marketplace.payments.queries.facts import cash_of
from marketplace.payments.rules import CASH, Cash, Fact, FactKind, Method, NoCashNow
from marketplace.payments.rules.cash import may_tell


class NothingCame(BadInput):
    """No money is not a sum of money."""

    message = lazy("Gõ số tiền đã thu được, ví dụ: 120.000. Chưa thu được đồng nào thì chưa cần ghi.")


class NothingShort(AlreadyDecided):
    """Only what is short after money was told can be let go."""

    message = lazy("Đơn này không còn thiếu tiền.")


@db.action
def delivered(actor: Actor, order_id: int) -> None:
    """The buyer has the goods, and of a cash order its money was handed over. Refuses as `orders.actions.delivered`."""
    request = lock_request_of(order_id)
    before = db.locked(Order, order_id).state
    orders.delivered(actor, order_id)
    if request.method in CASH and before is not OrderState.DELIVERED:
        _tell_sum(actor, request, order_id, FactKind.COLLECTED, None)


@db.action
def cash_collected(actor: Actor, order_id: int, *, total: Dong | None = None) -> None:
    """The carrier took all that was due, or `total` dong in all so far; the parcel has come.

    Saying the same again changes nothing. Refuses: not hers (NotYours); no parcel of it is out (NoCashNow); less than said
    before (LessThanBefore); nothing (NothingCame).
    """
    request = _arrived(actor, order_id)
    if request.method is not Method.COD:
        raise NoCashNow
    _tell_sum(actor, request, order_id, FactKind.COLLECTED, total)


@db.action
def cash_in_hand(actor: Actor, order_id: int, *, total: Dong | None = None) -> None:
    """ "Đã nhận tiền thu hộ", "Đã thu tiền mặt": the producer has all of it, or `total` dong in all so far. Refuses as `cash_collected`."""
    request = _arrived(actor, order_id)
    kind = FactKind.REMITTED if request.method is Method.COD else FactKind.RECEIVED
    _tell_sum(actor, request, order_id, kind, total)


@db.action
def cash_in_hand_of(actor: Actor, order_ids: Iterable[int]) -> int:
    """One transfer of a carrier for several orders, all that was expected of each; of how many there was news.

    Refuses as `cash_in_hand`, then for all of them.
    """
    news = 0
    for order_id in sorted(set(order_ids)):
        if cash_of(_arrived(actor, order_id)).open:
            cash_in_hand(actor, order_id)
            news += 1
    return news


@db.action
def cash_waived(actor: Actor, order_id: int) -> None:
    """The producer no longer asks for what is short. Refuses: not hers (NotYours); nothing was told, or nothing is short (NothingShort)."""
    request, order = _own(actor, order_id)
    known = cash_of(request)
    if known.waived and not known.open:
        return
    if not known.differs or order.state is not OrderState.DELIVERED:
        raise NothingShort
    fact = Fact("cash", f"{request.id}:waived:{known.waived}", FactKind.WAIVED, clock.now(), known.open)
    if add_fact(actor, request, fact, order_id=order_id):
        orders.record(actor, "cash_waived", order_id, show_dong(known.open))
        follow(actor, request)


@db.action
def cash_refused(actor: Actor, order_id: int, *, reason: str = "") -> None:
    """ "Khách không nhận": nobody paid, the parcel comes back. Whoever paid has it: then its order is delivered.

    Refuses: not hers (NotYours); paid or fetched, or not on its way (AlreadyDecided).
    """
    request, order = _own(actor, order_id)
    if request.method is not Method.COD:
        raise AlreadyDecided
    orders.refused(actor, order.id, reason=reason)
    follow(actor, request)


def _own(actor: Actor, order_id: int) -> tuple[PaymentRequest, Order]:
    request = lock_request_of(order_id)
    order = db.locked(Order, order_id)
    actor.require_producer(order.producer_id)
    if request.method not in CASH:
        raise NoCashNow
    return request, order


def _arrived(actor: Actor, order_id: int) -> PaymentRequest:
    """Money that was handed over says that the goods were, too."""
    request, order = _own(actor, order_id)
    if not may_tell(order.state, order.way):
        raise NoCashNow
    orders.delivered(actor, order_id)
    return request


def _tell_sum(actor: Actor, request: PaymentRequest, order_id: int, kind: FactKind, total: Dong | None) -> None:
    """Write down what is new of `total` dong in all; without it, all that is expected. The sum before is part of the fact's key."""
    known = cash_of(request)
    before = known.collected if kind is FactKind.COLLECTED else known.in_hand
    wanted = _expected(known, kind) if total is None else total
    if not wanted:
        raise NothingCame(field="total")
    if wanted < before:
        raise LessThanBefore(field="total")
    told = Fact("cash", f"{request.id}:{kind.value}:{before}", kind, clock.now(), Dong(wanted - before))
    if wanted == before or not add_fact(actor, request, told, order_id=order_id):
        return
    verb = "cash_collected" if kind is FactKind.COLLECTED else "cash_in_hand"
    orders.record(actor, verb, order_id, show_dong(told.amount))
    follow(actor, request)
    _say_what_differs(request, order_id)


def _expected(known: Cash, kind: FactKind) -> Dong:
    """All that is due; of money on its way to the producer first what was taken, were it more or less."""
    if kind is FactKind.COLLECTED:
        return Dong(max(known.due, known.collected))
    return Dong(known.in_hand + known.awaited)


def _say_what_differs(request: PaymentRequest, order_id: int) -> None:
    known, order = cash_of(request), db.session.get_one(Order, order_id)
    if known.differs:
        outbox.add(
            "order.cash_differs",
            with_buyer=known.collected != known.due,
            order_id=order_id,
            group_id=order.group_id,
            producer_id=order.producer_id,
        )

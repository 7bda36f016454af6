"""The buyer's word that money was sent, and the producer's answer. Each is a fact; nothing is overwritten."""

from marketplace.kit import clock, db, outbox
from marketplace.kit.actor import Actor
from marketplace.kit.errors import AlreadyDecided, BadInput
from marketplace.kit.i18n import lazy
from marketplace.kit.money import Dong, show_dong
from marketplace.orders.models import Order
from marketplace.orders.rules import NothingClaimed, OrderState
from marketplace.payments.actions.facts import add_fact, all_closed, follow, note_for_orders, tell
from marketplace.payments.actions.reopening import settle
from marketplace.payments.models import PaymentRequest
from marketplace.payments.queries.facts import known_of, shares_of, wanted_of
from marketplace.payments.rules import CASH, Fact, FactKind, Method
from marketplace.producers.models import Payee


class RequestClosed(AlreadyDecided):
    """Another request has taken its place: what comes with its reference counts for nothing by itself."""

    message = lazy("Khoản này đã đóng vì đơn thay đổi. Mở lại trang để xem mã mới.")


class LessThanBefore(BadInput):
    """Money that was confirmed once cannot be taken back by typing a smaller sum."""

    message = lazy("Số tiền đã nhận không thể ít hơn số đã ghi trước đó.")


@db.action
def buyer_tap(actor: Actor, request_id: int) -> None:
    """ "Tôi đã chuyển khoản": stops the clock until the producer answers. Pressed again before the answer, nothing more happens.

    Late, it holds the goods again or opens a refund; it is never refused but to a stranger (NotYours).
    """
    request = db.locked(PaymentRequest, request_id)
    actor.require_group(request.group_id)
    if request.method is not Method.TRANSFER:
        raise NothingClaimed
    if request.closed_at:
        raise RequestClosed
    known, wanted = known_of(request), wanted_of(request)
    if known.claimed or not wanted:
        return
    tap = Fact("buyer", f"{request.id}:tap:{known.round}", FactKind.TAP, clock.now(), wanted)
    if add_fact(actor, request, tap):
        note_for_orders(actor, request, "tapped")
        follow(actor, request)
        tell("order.tapped", request)


@db.action
def producer_received(actor: Actor, request_id: int, *, total_received: Dong | None = None) -> None:
    """ "Đã nhận tiền": all that was asked for, or `total_received` dong in all so far when it was less or more.

    Saying the same total twice changes nothing. Refuses: not hers (NotYours); less than said before (LessThanBefore).
    """
    request = _own(actor, request_id)
    known = known_of(request)
    expected = Dong(known.received + (known.claimed or wanted_of(request)))
    total = expected if total_received is None else total_received
    if total < known.received:
        raise LessThanBefore(field="total_received")
    news = Dong(total - known.received)
    fact = Fact("producer", f"{request.id}:received:{known.received}", FactKind.RECEIVED, clock.now(), news)
    if news and add_fact(actor, request, fact):
        note_for_orders(actor, request, "received", show_dong(news))
        follow(actor, request)
        tell("order.received", request)
        tell_sellers(request)


@db.action
def producer_not_seen(actor: Actor, request_id: int) -> None:
    """ "Chưa thấy tiền": answers the buyer's tap and leaves at least 12 hours more. Pressed twice, nothing more happens.

    On a closed order the buyer's word is not wiped by it: there `refund_disputed` says the same and the desk sees both.
    Refuses: not hers (NotYours); no tap to answer (NothingClaimed).
    """
    request = _own(actor, request_id)
    known = known_of(request)
    if all_closed(request.id):
        raise NothingClaimed
    if not known.claimed:
        if known.answered_at is not None and not known.paid:
            return
        raise NothingClaimed
    answer = Fact("producer", f"{request.id}:not_seen:{known.round}", FactKind.NOT_SEEN, clock.now())
    if add_fact(actor, request, answer):
        note_for_orders(actor, request, "not_seen")
        tell("order.not_seen", request)
        settle(actor, request)


def _own(actor: Actor, request_id: int) -> PaymentRequest:
    """The request, locked, for the people of the producer whose account it is; money for the operator is nobody's to tap.

    Of cash other things are told (`payments.actions.cash`). Refuses: closed (RequestClosed).
    """
    request = db.locked(PaymentRequest, request_id)
    actor.require_producer(db.session.get_one(Payee, request.payee_id).producer_id or 0)
    if request.method in CASH:
        raise NothingClaimed
    if request.closed_at:
        raise RequestClosed
    return request


def tell_sellers(request: PaymentRequest) -> None:
    """Money in a co-operative's account: those whose orders it pays are told to go on."""
    keeper = db.session.get_one(Payee, request.payee_id).producer_id
    for part in shares_of(request.id):
        order = db.session.get_one(Order, part.order_id)
        if order.producer_id != keeper and order.state is OrderState.PLACED and part.received >= part.amount:
            outbox.add(
                "order.paid_for",
                dedup=f"order.paid_for:{order.id}",
                request_id=request.id,
                order_id=order.id,
                group_id=order.group_id,
                producer_id=order.producer_id,
            )

"""The buyer's word that money was sent, and the producer's answer. Each is a fact; nothing is overwritten."""

from marketplace.kit import clock, db
from marketplace.kit.actor import Actor
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import lazy
from marketplace.kit.money import Dong, show_dong
from marketplace.orders.rules import NothingClaimed
from marketplace.payments.actions.facts import add_fact, all_closed, follow, note_for_orders, tell
from marketplace.payments.models import PaymentRequest
from marketplace.payments.queries.facts import known_of
from marketplace.payments.rules import CASH, Fact, FactKind, Method
from marketplace.producers.models import Payee


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
    known = known_of(request)
    if known.paid or known.claimed:
        return
    tap = Fact("buyer", f"{request.id}:tap:{known.round}", FactKind.TAP, clock.now(), known.missing)
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
    total = max(known.due, known.received) if total_received is None else total_received
    if total < known.received:
        raise LessThanBefore(field="total_received")
    news = Dong(total - known.received)
    fact = Fact("producer", f"{request.id}:received:{known.received}", FactKind.RECEIVED, clock.now(), news)
    if news and add_fact(actor, request, fact):
        note_for_orders(actor, request, "received", show_dong(news))
        follow(actor, request)
        tell("order.received", request)


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
        follow(actor, request)
        tell("order.not_seen", request)


def _own(actor: Actor, request_id: int) -> PaymentRequest:
    """The request, locked, for a member of the producer who is its payee; money for the operator is nobody's to tap.

    Of cash other things are told (`payments.actions.cash`).
    """
    request = db.locked(PaymentRequest, request_id)
    actor.require_producer(db.session.get_one(Payee, request.payee_id).producer_id or 0)
    if request.method in CASH:
        raise NothingClaimed
    return request

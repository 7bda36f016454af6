"""What was loaded, as buyer and producer read it: plain values of each order."""

from typing import Any

from marketplace.kit import clock
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.i18n import Text
from marketplace.kit.journal import TrailRow
from marketplace.kit.money import Dong
from marketplace.orders.models import Order, OrderLine
from marketplace.orders.rules import (
    BUYER_MAY_CANCEL,
    CLOSED,
    ORDER_MOVES,
    STATE_LABELS,
    WAY_LABELS,
    OrderState,
    show_code,
    silent_for,
    way_allows,
)
from marketplace.payments.models import RefundDue
from marketplace.payments.queries.loading import Loaded, coop_of, is_hidden, keeper_id, refund_value, request_of
from marketplace.payments.queries.views import LineView, OrderView, RefundView, Step
from marketplace.payments.rules import (
    TIMELINE,
    Cash,
    Method,
    Share,
    Situation,
    buyer_next,
    buyer_refund,
    cash_word,
    money_word,
    on_the_label,
    payout_words,
    refund_words,
    seller_next,
    seller_refund,
    share_state,
    who_owes,
)
from marketplace.places import queries as places
from marketplace.producers.models import Producer


def situation(loaded: Loaded, order: Order) -> Situation:
    """The order as the sentences need it."""
    share, known = loaded.share_of[order.id], loaded.money[loaded.request_of[order.id]]
    return Situation(
        state=order.state,
        way=order.way,
        money=share_state(share, answered=known.answered_at is not None),
        missing=Dong(max(0, share.due - share.received)),
        hold_until=order.hold_until,
        silent=order.state is OrderState.PLACED and silent_for(order.silent_since, clock.now(), BUYER_MAY_CANCEL),
        stall=loaded.producers[order.producer_id].name,
        carrier=order.carrier,
        refunds=[refund_value(row) for row in loaded.refunds.get(order.id, [])],
        card=request_of(loaded, order).method is Method.CARD,
        payout=payout_words(order.delivered_at, loaded.days),
        frozen=is_hidden(loaded, request_of(loaded, order)),
        cash=loaded.cash.get(loaded.request_of[order.id]),
        coop=coop_of(loaded, order),
        keeper=keeper_id(loaded, order),
        payee_id=request_of(loaded, order).payee_id,
    )


def order_view(loaded: Loaded, order: Order, reader: Actor) -> OrderView:
    """One order as this reader (buyer or producer) sees it."""
    one, share = situation(loaded, order), loaded.share_of[order.id]
    return OrderView(
        **_as_ordered(order),
        **_maker(loaded.producers[order.producer_id]),
        state_word=STATE_LABELS[order.state],
        way_word=WAY_LABELS[order.way],
        lines=[_line(line) for line in loaded.lines.get(order.id, [])],
        steps=[step for row in loaded.steps.get(order.id, []) if (step := _step(row))],
        refunds=[refund_view(row, one, share, reader) for row in loaded.refunds.get(order.id, []) if row.amount],
        money=one.money,
        money_word=cash_word(one.cash, one.way, one.state) if one.cash else money_word(one.money, card=one.card),
        coop=one.coop,
        card=one.card,
        cash=one.cash,
        to_hand_over=on_the_label(one.cash, one.way) if one.cash else "",
        payout=one.payout if one.card and share.received else "",
        received=share.received,
        missing=one.missing,
        silent=one.silent,
        next=buyer_next(one) if reader.kind is ActorKind.BUYER else seller_next(one),
        owes=who_owes(one),
        buttons=_buttons(order, share, one.cash, reader),
    )


_SAME = (
    "group_id", "code", "state", "way", "goods", "fee", "total", "weight_g", "placed_at", "accepted_at", "delivered_at", "hold_until",
    "read_at", "carrier", "tracking", "close_reason",
)  # fmt: skip


def _as_ordered(order: Order) -> dict[str, Any]:
    """What the page shows as the row has it."""
    return {"order_id": order.id, "code_shown": show_code(order.code), **{name: getattr(order, name) for name in _SAME}}


def _maker(maker: Producer) -> dict[str, Any]:
    return {
        "producer_id": maker.id,
        "producer_name": maker.name,
        "producer_url": f"/gian-hang/{maker.slug}",
        "producer_phone": maker.phone,
        "producer_zalo": maker.zalo,
        "pickup": ", ".join(
            filter(None, [maker.street, places.full_line(maker.place, maker.village, maker.old_place)])
        ),
    }


def _line(line: OrderLine) -> LineView:
    return LineView(
        line.product_id,
        line.name,
        line.variant_label,
        line.unit,
        line.quantity,
        line.price,
        line.total,
        line.stars,
        line.certificate_no,
        line.id,
    )


def _step(row: TrailRow) -> Step | None:
    text = TIMELINE.get(row.verb)
    return Step(row.at, text, row.note, row.actor_kind) if text else None


def _buttons(order: Order, share: Share, cash: Cash | None, reader: Actor) -> list[tuple[str, Text]]:
    """The verbs of the state table that fit this way of delivery and this money: cash is paid later, or refused with the parcel."""
    money = {"accept": share.paid or cash is not None, "refused": cash is not None}
    return [
        (verb, label)
        for verb, label in ORDER_MOVES.buttons(order.state, reader)
        if label and way_allows(verb, order.way) and money.get(verb, True)
    ]


def refund_view(row: RefundDue, one: Situation, share: Share, reader: Actor) -> RefundView:
    """One refund as this reader sees it."""
    value = refund_value(row)
    buyer = reader.kind is ActorKind.BUYER and not value.card
    seller = (
        reader.kind in (ActorKind.PRODUCER, ActorKind.HELPER) and not value.card and one.keeper == reader.on_behalf_of
    )
    return RefundView(
        refund_id=row.id,
        amount=row.amount,
        reason=row.reason,
        says=buyer_refund(value, one.payee)
        if buyer
        else seller_refund(value)
        if seller
        else refund_words(value, one.payee),
        opened_at=row.opened_at,
        sent_at=row.sent_at,
        returned_at=row.returned_at,
        disputed_at=row.disputed_at,
        done=value.done,
        card=value.card,
        may_send=seller and not row.sent_at,
        may_dispute=seller and bool(share.claimed) and not row.sent_at and not row.disputed_at,
        may_get_back=buyer and not row.returned_at,
        may_withdraw=buyer and bool(share.claimed) and one.state in CLOSED and not row.sent_at and not row.returned_at,
    )

"""The order pages: the buyer's, the producer's, the desk's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import BigInteger, and_, cast, func, select

from marketplace.kit import db
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.i18n import Text
from marketplace.kit.money import Dong
from marketplace.orders import queries as orders
from marketplace.orders.models import Order, OrderGroup
from marketplace.orders.rules import CLOSED, OrderState, Way
from marketplace.payments.models import PaymentRequest, PaymentShare, RefundDue
from marketplace.payments.queries.blocks import payee_block
from marketplace.payments.queries.cash import is_coming_back, piles_of
from marketplace.payments.queries.facts import current
from marketplace.payments.queries.keeping import keeper, with_keeper
from marketplace.payments.queries.loading import load
from marketplace.payments.queries.old_money import old_of_group
from marketplace.payments.queries.payouts import is_passed_on, purse
from marketplace.payments.queries.reading import order_view, situation
from marketplace.payments.queries.views import GroupPage, OrderView, Person, SellingOrder
from marketplace.payments.rules import CashState, Method, MoneyState, group_next, money_word
from marketplace.payments.rules.card_words import PASSED_ON
from marketplace.payments.rules.cash import may_tell
from marketplace.payments.rules.cash_words import state_word
from marketplace.payments.rules.payout import Purse
from marketplace.producers.models import Payee


def group_page(token: str) -> GroupPage | None:
    """Everything the buyer's page shows, or None for an unknown address. Who may read the personal part is for the page to say."""
    group = orders.group_by_token(token)
    if group is None:
        return None
    loaded = load(orders.orders_of_group(group.id))
    reader = Actor.buyer(group.id)
    views = [order_view(loaded, order, reader) for order in loaded.orders]
    asked = [request for request in loaded.requests if not request.closed_at]
    return GroupPage(
        group_id=group.id,
        token=group.token,
        placed_at=group.placed_at,
        buyer=_person(group),
        orders=views,
        payees=[payee_block(loaded, request, n, len(asked)) for n, request in enumerate(asked, 1)],
        goods=Dong(sum(view.goods for view in views)),
        fee=Dong(sum(view.fee for view in views)),
        total=Dong(sum(view.total for view in views)),
        next=group_next([situation(loaded, order) for order in loaded.orders]),
        owner=group.user_id,
        old=old_of_group(group.id) if any(request.turn or request.closed_at for request in loaded.requests) else [],
    )


def qr_payload(token: str, number: int) -> str:
    """What the n-th QR of a checkout says, counted from 1; nothing when there is nothing to pay."""
    page = group_page(token)
    blocks = page.payees if page else []
    return blocks[number - 1].payload if 1 <= number <= len(blocks) else ""


def _person(group: OrderGroup) -> Person:
    return Person(group.buyer_name, group.buyer_phone, group.email, group.place, group.street, group.note)


def selling_order(producer_id: int, code: str) -> SellingOrder | None:
    """One of a producer's own orders with its buyer, or None."""
    order = orders.by_code(producer_id, code)
    if order is None:
        return None
    loaded = load([order])
    request = next(one for one in loaded.requests if one.id == loaded.request_of[order.id])
    block = payee_block(loaded, request, 1, 1)
    group, invoice = orders.group_with_invoice(order.group_id)
    view = order_view(loaded, order, Actor(ActorKind.PRODUCER, on_behalf_of=producer_id))
    if view.card and is_passed_on(order):
        view = replace(view, payout=PASSED_ON)
    known, hers = loaded.money[request.id], not view.coop
    return SellingOrder(
        order=view,
        payee=block,
        buyer=_person(group),
        invoice=invoice,
        may_receive=hers and bool(block.missing) and not block.card and not block.cash,
        may_not_see=hers and bool(known.claimed) and order.state not in CLOSED,
        may_accept=any(verb == "accept" for verb, _ in view.buttons),
        may_take_cash=bool(view.cash and view.cash.open) and may_tell(order.state, order.way),
        coming_back=is_coming_back(order),
    )


OPEN = (OrderState.PLACED, OrderState.ACCEPTED, OrderState.READY)


def selling_orders(producer_id: int, states: Iterable[OrderState] = OPEN, limit: int = 100) -> list[OrderView]:
    """A producer's orders in these states, newest first; the same number of statements for one and for a hundred."""
    loaded = load(orders.for_producer(producer_id, states, limit))
    reader = Actor(ActorKind.PRODUCER, on_behalf_of=producer_id)
    return [order_view(loaded, order, reader) for order in loaded.orders]


@dataclass(frozen=True, slots=True)
class Today:
    """Numbers on a producer's first page: money to look for, orders to accept, to pack, to hand over, refunds to send."""

    to_confirm: int
    to_accept: int
    to_pack: int
    to_hand_over: int
    to_refund: int


def today(producer_id: int) -> Today:
    """What waits for this producer."""
    counts = _open_counts(producer_id)
    unsent = and_(RefundDue.amount > 0, RefundDue.sent_at.is_(None), RefundDue.method != Method.CARD)
    waiting = with_keeper(select(func.count(RefundDue.id))).where(keeper() == producer_id, unsent)
    placed = OrderState.PLACED
    return Today(
        to_confirm=_to_confirm(producer_id),
        to_accept=sum(n for (state, ready), n in counts.items() if state is placed and ready in ACCEPTABLE),
        to_pack=sum(n for (state, _), n in counts.items() if state is OrderState.ACCEPTED),
        to_hand_over=sum(n for (state, _), n in counts.items() if state is OrderState.READY),
        to_refund=int(db.session.scalar(waiting) or 0),
    )


def _to_confirm(producer_id: int) -> int:
    """Transfers to her account that buyers say are on their way, for her own orders and those of her members."""
    query = (
        select(func.count(PaymentRequest.id.distinct()))
        .join(Payee, Payee.id == PaymentRequest.payee_id)
        .join(PaymentShare, PaymentShare.request_id == PaymentRequest.id)
        .join(Order, Order.id == PaymentShare.order_id)
        .where(
            Payee.producer_id == producer_id,
            PaymentRequest.method == Method.TRANSFER,
            PaymentShare.state == MoneyState.CLAIMED,
            Order.state == OrderState.PLACED,
            current(),
        )
    )
    return int(db.session.scalar(query) or 0)


ACCEPTABLE = (MoneyState.PAID, MoneyState.OVER, CashState.TO_COLLECT)


def _open_counts(producer_id: int) -> dict[tuple[OrderState, MoneyState | CashState], int]:
    query = (
        select(Order.state, PaymentShare.state, PaymentShare.cash, func.count())
        .join(PaymentShare, PaymentShare.order_id == Order.id)
        .where(Order.producer_id == producer_id, Order.state.in_(OPEN), current())
        .group_by(Order.state, PaymentShare.state, PaymentShare.cash)
    )
    counts: dict[tuple[OrderState, MoneyState | CashState], int] = {}
    for state, money, cash, number in db.session.execute(query):
        counts[state, cash or money] = counts.get((state, cash or money), 0) + int(number)
    return counts


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One order on a producer's money page. Dong."""

    code: str
    placed_at: datetime
    reference: str
    state: MoneyState
    order_state: OrderState
    due: Dong
    received: Dong
    refund: Dong
    method: Method
    cash: CashState | None
    in_hand: Dong
    way: Way
    keeper: int | None

    @property
    def word(self) -> Text:
        """Where the money stands, in words."""
        if self.cash:
            return state_word(self.cash, self.way, self.order_state)
        return money_word(self.state, card=self.method is Method.CARD)


@dataclass(frozen=True, slots=True)
class MoneyPage:
    """A producer's money: what came to her, what is still expected by transfer and in cash, what must go back. Dong."""

    rows: Sequence[MoneyRow]
    received: Dong
    expected: Dong
    to_refund: Dong
    purse: Purse
    cash: Dong


def money_for(producer_id: int, limit: int = 200) -> MoneyPage:
    """A producer's money of her last orders, newest first."""
    refund = (
        select(cast(func.coalesce(func.sum(RefundDue.amount), 0), BigInteger))  # PostgreSQL sums into decimals
        .where(RefundDue.order_id == Order.id, RefundDue.sent_at.is_(None), RefundDue.method != Method.CARD)
        .where(keeper() == producer_id)
        .correlate(Order, Payee, PaymentRequest)
        .scalar_subquery()
    )
    query = (
        select(
            Order.code,
            Order.placed_at,
            PaymentRequest.reference,
            PaymentShare.state,
            Order.state,
            PaymentShare.amount,
            PaymentShare.received,
            refund,
            PaymentRequest.method,
            PaymentShare.cash,
            PaymentShare.in_hand,
            Order.way,
            keeper(),
        )
        .join(PaymentShare, PaymentShare.order_id == Order.id)
        .join(PaymentRequest, PaymentRequest.id == PaymentShare.request_id)
        .join(Payee, Payee.id == PaymentRequest.payee_id)
        .where(Order.producer_id == producer_id, current())
        .order_by(Order.id.desc())
        .limit(limit)
    )
    return _money_page(producer_id, [MoneyRow(*row) for row in db.session.execute(query)], limit)


def _money_page(producer_id: int, rows: Sequence[MoneyRow], limit: int) -> MoneyPage:
    hers = [row for row in rows if row.keeper == producer_id]  # not what a card brought, or a co-operative has for her
    placed = [row for row in rows if row.order_state is OrderState.PLACED and not row.cash]
    return MoneyPage(
        rows,
        received=Dong(sum(row.in_hand if row.cash else row.received for row in hers)),
        expected=Dong(sum(max(0, row.due - row.received) for row in placed)),
        to_refund=Dong(sum(row.refund for row in rows)),
        purse=purse(producer_id),
        cash=_cash_open(producer_id, rows, limit),
    )


def _cash_open(producer_id: int, rows: Sequence[MoneyRow], limit: int) -> Dong:
    """Her cash on its way, of older orders too; not asked for where there can be none."""
    if len(rows) < limit and not any(row.cash and row.cash is not CashState.SETTLED for row in rows):
        return Dong(0)
    return Dong(sum(pile.open for pile in piles_of(producer_id)))

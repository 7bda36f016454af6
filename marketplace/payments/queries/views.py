"""What the order pages of buyer and producer are made of: plain values, ready to print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from marketplace.kit.actor import Place
from marketplace.kit.i18n import Text
from marketplace.kit.money import Dong
from marketplace.orders.rules import Invoice, OrderState, Way
from marketplace.payments.queries.old_money import OldRequest
from marketplace.payments.rules import Cash, MoneyState


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an order's story. `by`: buyer, producer, helper, system, …"""

    at: datetime
    text: Text
    note: str
    by: str


@dataclass(frozen=True, slots=True)
class LineView:
    """So many of one thing, as it was bought."""

    product_id: int
    name: str
    variant_label: str
    unit: str
    quantity: int
    price: Dong
    total: Dong
    stars: int | None
    certificate_no: str
    line_id: int


@dataclass(frozen=True, slots=True)
class RefundView:
    """Money that must go back, or went."""

    refund_id: int
    amount: Dong
    reason: str
    says: Text
    opened_at: datetime
    sent_at: datetime | None
    returned_at: datetime | None
    disputed_at: datetime | None
    done: bool
    card: bool
    may_send: bool
    may_dispute: bool
    may_get_back: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class OrderView:
    """One producer's part of a checkout. `next` is the reader's next step, `owes` who owes whom what, `payout` when she has card money.

    `coop`: who is paid for the producer, when it is not she herself; then she says nothing about the money.
    `cash` is None unless it is paid in cash; `to_hand_over` is then what the label tells whoever hands the parcel over.
    """

    order_id: int
    group_id: int
    code: str
    code_shown: str
    state: OrderState
    state_word: Text
    way: Way
    way_word: Text
    producer_id: int
    producer_name: str
    producer_url: str
    producer_phone: str
    producer_zalo: bool
    pickup: str
    lines: Sequence[LineView]
    goods: Dong
    fee: Dong
    total: Dong
    weight_g: int
    placed_at: datetime
    accepted_at: datetime | None
    delivered_at: datetime | None
    hold_until: datetime | None
    read_at: datetime | None
    carrier: str
    tracking: str
    close_reason: str
    steps: Sequence[Step]
    refunds: Sequence[RefundView]
    money: MoneyState
    money_word: Text
    card: bool
    cash: Cash | None
    coop: str
    to_hand_over: Text
    payout: Text
    received: Dong
    missing: Dong
    silent: bool
    next: Text
    owes: Text
    buttons: Sequence[tuple[str, Text]]


@dataclass(frozen=True, slots=True)
class PayeeBlock:
    """One sum to pay: `number` of `of`. `payload` is empty when there is nothing to transfer (any more), or it goes by card.

    `producer_name` is paid, for itself or for these `stalls`; `missing` is asked for now; `shared`: for orders not on this page too.

    `frozen`: the account is under suspicion; only its `tail` is shown, so that nobody pays into it. Dong.
    """

    request_id: int
    number: int
    of: int
    producer_name: str
    stalls: str
    due: Dong
    received: Dong
    missing: Dong
    reference: str
    reference_shown: str
    bank_bin: str
    bank_short: str
    bank_name: str
    account_no: str
    holder: str
    tail: str
    frozen: bool
    payload: str
    state: MoneyState
    state_word: Text
    hold_until: datetime | None
    may_tap: bool
    closed: bool
    card: bool
    cash: Cash | None
    shared: bool
    way: Way
    may_pay_by_card: bool
    order_ids: Sequence[int]


@dataclass(frozen=True, slots=True)
class Person:
    """Who ordered and where it goes: personal, for the buyer's own browser and the producer only."""

    name: str
    phone: str
    email: str | None
    place: Place | None
    street: str
    note: str


@dataclass(frozen=True, slots=True)
class GroupPage:
    """Everything on the buyer's page of one checkout; `old`: its closed transfers.

    `next` is the one sentence at its top; `owner` in whose account it is.
    """

    group_id: int
    token: str
    placed_at: datetime
    buyer: Person
    orders: Sequence[OrderView]
    payees: Sequence[PayeeBlock]
    goods: Dong
    fee: Dong
    total: Dong
    next: Text
    owner: int | None = None
    old: Sequence[OldRequest] = ()


@dataclass(frozen=True, slots=True)
class SellingOrder:
    """Everything on the producer's page of one order."""

    order: OrderView
    payee: PayeeBlock
    buyer: Person
    invoice: Invoice | None
    may_receive: bool
    may_not_see: bool
    may_accept: bool
    may_take_cash: bool
    coming_back: bool

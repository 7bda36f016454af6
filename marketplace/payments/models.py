"""What is asked of a buyer, what was seen of it, and what must go back. Nothing here is ever deleted."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.kit import db
from marketplace.kit.money import Dong
from marketplace.payments.rules import CashState, FactKind, Method, MoneyState
from marketplace.payments.rules.card import Doubt, PageState
from marketplace.payments.rules.dispute import DisputeState
from marketplace.payments.rules.refund import CardRefundState


class PaymentRequest(db.Base):
    """What one payee is to get for the orders of one checkout: account, sum and reference as they were, never changed.

    One that no longer fits its orders is closed, and the rest is asked for by the next `turn`.
    """

    __tablename__ = "payment_request"
    __table_args__ = (
        UniqueConstraint("group_id", "payee_id", "method", "turn"),
        CheckConstraint("due > 0", name="due"),
    )

    id: Mapped[db.Id]
    group_id: Mapped[int] = mapped_column(ForeignKey("order_group.id"))
    payee_id: Mapped[int] = mapped_column(ForeignKey("payee.id"), index=True)
    method: Mapped[Method]
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    due: Mapped[Dong]
    bank_bin: Mapped[str] = mapped_column(String(6))
    account_no: Mapped[str] = mapped_column(String(19))
    holder: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
    turn: Mapped[int] = mapped_column(default=0, server_default="0")
    closed_at: Mapped[datetime | None]


class PaymentShare(db.Base):
    """One order's part of a request. `state` to `in_hand` are computed from the facts and stored to be searched.

    `cash` and `in_hand` (what reached the producer, dong) belong to orders that are paid in cash.
    """

    __tablename__ = "payment_share"
    __table_args__ = (UniqueConstraint("order_id", "request_id"), CheckConstraint("amount > 0", name="amount"))

    id: Mapped[db.Id]
    request_id: Mapped[int] = mapped_column(ForeignKey("payment_request.id"), index=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"))
    amount: Mapped[Dong]
    state: Mapped[MoneyState] = mapped_column(default=MoneyState.WAITING)
    received: Mapped[Dong] = mapped_column(default=Dong(0))
    claimed: Mapped[Dong] = mapped_column(default=Dong(0))
    cash: Mapped[CashState | None]
    in_hand: Mapped[Dong] = mapped_column(default=Dong(0), server_default="0")


class MoneyFact(db.Base):
    """A thing seen of money. Its (`source`, `source_id`) makes the same news count once."""

    __tablename__ = "money_fact"
    __table_args__ = (UniqueConstraint("source", "source_id"), CheckConstraint("amount >= 0", name="amount"))

    id: Mapped[db.Id]
    source: Mapped[str] = mapped_column(String(16))
    source_id: Mapped[str] = mapped_column(String(80))
    kind: Mapped[FactKind]
    request_id: Mapped[int] = mapped_column(ForeignKey("payment_request.id"), index=True)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("order.id"))
    amount: Mapped[Dong]
    at: Mapped[datetime]
    actor_user_id: Mapped[int | None]
    note: Mapped[str] = mapped_column(String(600), default="")


class RefundDue(db.Base):
    """Money that must go back to the buyer. Off the desk when both sides have said so, or when nothing is owed any more.

    `agreed`: the producer gives a part back, whatever becomes of the order; such a row never changes.
    """

    __tablename__ = "refund_due"
    __table_args__ = (
        UniqueConstraint("order_id", "cause"),
        CheckConstraint("amount >= 0", name="amount"),
        Index("ix_refund_due_open", "returned_at", "sent_at"),
    )

    id: Mapped[db.Id]
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"))
    cause: Mapped[str] = mapped_column(String(40))
    amount: Mapped[Dong]
    reason: Mapped[str] = mapped_column(String(600))
    opened_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    disputed_at: Mapped[datetime | None]
    method: Mapped[Method] = mapped_column(default=Method.TRANSFER, server_default=Method.TRANSFER.value)
    asked_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    agreed: Mapped[bool] = mapped_column(default=False, server_default=false())


class RefundLine(db.Base):
    """The part of a refund that falls to one line of its order, to the fee (no line), or to neither (too much was paid)."""

    __tablename__ = "refund_line"
    __table_args__ = (
        UniqueConstraint("refund_id", "part"),
        CheckConstraint("amount > 0 AND units >= 0", name="amount"),
    )

    id: Mapped[db.Id]
    refund_id: Mapped[int] = mapped_column(ForeignKey("refund_due.id"))
    part: Mapped[str] = mapped_column(String(24))
    line_id: Mapped[int | None] = mapped_column(ForeignKey("order_line.id"), index=True)
    units: Mapped[int] = mapped_column(default=0)
    amount: Mapped[Dong]


class CardRefund(db.Base):
    """One refund asked of the gateway under its own key, for a part of one payment. Failed ones count as nothing."""

    __tablename__ = "card_refund"
    __table_args__ = (CheckConstraint("amount > 0", name="amount"),)

    id: Mapped[db.Id]
    key: Mapped[str] = mapped_column(String(40), unique=True)
    refund_id: Mapped[int] = mapped_column(ForeignKey("refund_due.id"), index=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("payment_request.id"), index=True)
    payment: Mapped[str] = mapped_column(String(80))
    amount: Mapped[Dong]
    state: Mapped[CardRefundState] = mapped_column(default=CardRefundState.ASKED)
    gateway_id: Mapped[str | None] = mapped_column(String(80), unique=True)
    asked_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(String(300), default="")


class CardDispute(db.Base):
    """A payment that its cardholder's bank took back, or asks about. While it is open its money is nobody's to pass on or send back."""

    __tablename__ = "card_dispute"
    __table_args__ = (CheckConstraint("amount > 0", name="amount"),)

    id: Mapped[db.Id]
    gateway_id: Mapped[str] = mapped_column(String(80), unique=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("payment_request.id"), index=True)
    payment: Mapped[str] = mapped_column(String(80))
    amount: Mapped[Dong]
    state: Mapped[DisputeState]
    reason: Mapped[str] = mapped_column(String(60))
    opened_at: Mapped[datetime]
    answer_by: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class DisputeShare(db.Base):
    """What of a dispute falls to one order: no more than was kept of it when the bank took the money."""

    __tablename__ = "dispute_share"
    __table_args__ = (UniqueConstraint("dispute_id", "order_id"), CheckConstraint("amount > 0", name="amount"))

    id: Mapped[db.Id]
    dispute_id: Mapped[int] = mapped_column(ForeignKey("card_dispute.id"))
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    amount: Mapped[Dong]


class CardTerms(db.Base):
    """On which terms cards are taken; the newest row holds."""

    __tablename__ = "card_terms"
    __table_args__ = (CheckConstraint("payout_days >= 0", name="payout_days"),)

    id: Mapped[db.Id]
    payee_id: Mapped[int] = mapped_column(ForeignKey("payee.id"))
    payout_days: Mapped[int]
    offered: Mapped[bool]
    set_by: Mapped[int | None]
    set_at: Mapped[datetime]


class CardPage(db.Base):
    """One page of the gateway to pay a request on. Its key is stored before it is asked for; at most one of a request is live."""

    __tablename__ = "card_page"
    __table_args__ = (UniqueConstraint("request_id", "turn"), Index("ix_card_page_state", "state", "looked_at"))

    id: Mapped[db.Id]
    request_id: Mapped[int] = mapped_column(ForeignKey("payment_request.id"))
    turn: Mapped[int]
    key: Mapped[str] = mapped_column(String(40), unique=True)
    state: Mapped[PageState] = mapped_column(default=PageState.ASKED)
    page: Mapped[str | None] = mapped_column(String(100), unique=True)
    url: Mapped[str] = mapped_column(String(600), default="")
    livemode: Mapped[bool]
    asked_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    looked_at: Mapped[datetime]
    looks: Mapped[int] = mapped_column(default=0)


class GatewayNews(db.Base):
    """A signed message, stored as it came before anything is made of it."""

    __tablename__ = "gateway_news"
    __table_args__ = (UniqueConstraint("source", "news_id"),)

    id: Mapped[db.Id]
    source: Mapped[str] = mapped_column(String(16))
    news_id: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(60))
    about: Mapped[str] = mapped_column(String(100))
    raw: Mapped[str] = mapped_column(Text)
    came_at: Mapped[datetime]


class MoneyDoubt(db.Base):
    """Money that came in a way nobody asked for: it counts for nothing until a person has looked."""

    __tablename__ = "money_doubt"
    __table_args__ = (UniqueConstraint("source", "source_id"),)

    id: Mapped[db.Id]
    source: Mapped[str] = mapped_column(String(16))
    source_id: Mapped[str] = mapped_column(String(100))
    request_id: Mapped[int | None] = mapped_column(ForeignKey("payment_request.id"), index=True)
    why: Mapped[Doubt]
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(8))
    reference: Mapped[str] = mapped_column(String(200))
    opened_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None]
    note: Mapped[str] = mapped_column(String(600), default="")


class Payout(db.Base):
    """Card money passed on to its producer: a fact. What was written by mistake is taken back by another row that names it."""

    __tablename__ = "payout"
    __table_args__ = (CheckConstraint("amount > 0", name="amount"),)

    id: Mapped[db.Id]
    key: Mapped[str] = mapped_column(String(40), unique=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"), index=True)
    amount: Mapped[Dong]
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("payout.id"), unique=True)
    bank_bin: Mapped[str] = mapped_column(String(6))
    account_no: Mapped[str] = mapped_column(String(19))
    holder: Mapped[str] = mapped_column(String(120))
    memo: Mapped[str] = mapped_column(String(25))
    at: Mapped[datetime]
    actor_user_id: Mapped[int | None]


class RefundAccount(db.Base):
    """Where a checkout's transfers go back to, as its buyer told it; it counts once the code that was sent came back."""

    __tablename__ = "refund_account"

    id: Mapped[db.Id]
    group_id: Mapped[int] = mapped_column(ForeignKey("order_group.id"), unique=True)
    bank_bin: Mapped[str] = mapped_column(String(6))
    account_no: Mapped[str] = mapped_column(String(19))
    holder: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64))
    code_until: Mapped[datetime]
    sent: Mapped[int]
    tries: Mapped[int]
    asked_at: Mapped[datetime]
    proved_at: Mapped[datetime | None]

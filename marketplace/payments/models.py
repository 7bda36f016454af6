"""What is asked of a buyer, what was seen of it, and what must go back. Nothing here is ever deleted."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.kit import db
from marketplace.kit.money import Dong
from marketplace.payments.rules import FactKind, Method, MoneyState


class PaymentRequest(db.Base):
    """What one payee is to get for the orders of one checkout: account, sum and reference as they were, never changed."""

    __tablename__ = "payment_request"
    __table_args__ = (
        UniqueConstraint("group_id", "payee_id", "method"),
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


class PaymentShare(db.Base):
    """One order's part of a request. `state`, `received`, `claimed` are computed from the facts and stored to be searched."""

    __tablename__ = "payment_share"
    __table_args__ = (UniqueConstraint("order_id", "request_id"), CheckConstraint("amount > 0", name="amount"))

    id: Mapped[db.Id]
    request_id: Mapped[int] = mapped_column(ForeignKey("payment_request.id"), index=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"))
    amount: Mapped[Dong]
    state: Mapped[MoneyState] = mapped_column(default=MoneyState.WAITING)
    received: Mapped[Dong] = mapped_column(default=Dong(0))
    claimed: Mapped[Dong] = mapped_column(default=Dong(0))


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
    """Money that must go back to the buyer. Off the desk when both sides have said so, or when nothing is owed any more."""

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

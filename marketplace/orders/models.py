"""One checkout (the group), one order per producer in it, and the lines as they were bought."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.kit import db
from marketplace.kit.actor import Place
from marketplace.kit.money import Dong
from marketplace.orders.rules import OrderState, StockState, Way


class OrderGroup(db.Base):
    """One checkout. It has no state of its own: its orders have."""

    __tablename__ = "order_group"

    id: Mapped[db.Id]
    token: Mapped[str] = mapped_column(String(40), unique=True)
    cart_id: Mapped[int | None] = mapped_column(ForeignKey("cart.id", ondelete="SET NULL"), unique=True)
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL"), index=True
    )  # the account it is in
    buyer_name: Mapped[str] = mapped_column(String(120))
    buyer_phone: Mapped[str] = mapped_column(String(16), index=True)
    email: Mapped[str | None] = mapped_column(String(200))
    province_code: Mapped[str | None] = mapped_column(String(2))
    commune_code: Mapped[str | None] = mapped_column(String(5))
    street: Mapped[str] = mapped_column(String(300), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    consent_version: Mapped[str] = mapped_column(String(40))
    consent_at: Mapped[datetime]
    adult_at: Mapped[datetime | None]
    placed_at: Mapped[datetime]
    language: Mapped[str] = mapped_column(String(2), server_default="vi")

    @property
    def place(self) -> Place | None:
        """Where parcels go; None when everything is fetched at the stalls."""
        return Place(self.province_code, self.commune_code) if self.province_code else None


class OrderInvoice(db.Base):
    """What a company wants on the invoices of one checkout, as it was typed; each seller of it makes her own."""

    __tablename__ = "order_invoice"

    id: Mapped[db.Id]
    group_id: Mapped[int] = mapped_column(ForeignKey("order_group.id"), unique=True)
    company: Mapped[str] = mapped_column(String(200))
    tax_code: Mapped[str] = mapped_column(String(14))
    address: Mapped[str] = mapped_column(String(300))
    email: Mapped[str] = mapped_column(String(254), default="")


class BuyerAddress(db.Base):
    """Who receives, and where: kept in an account. A deleted one can be had back for thirty days, then it is erased."""

    __tablename__ = "buyer_address"

    id: Mapped[db.Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(16))
    province_code: Mapped[str] = mapped_column(String(2))
    commune_code: Mapped[str | None] = mapped_column(String(5))
    street: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None] = mapped_column(index=True)

    @property
    def place(self) -> Place:
        """The commune."""
        return Place(self.province_code, self.commune_code)


class Order(db.Base):
    """One producer's part. `hold_until` and `silent_since` are computed from the money facts and stored to be searched."""

    __tablename__ = "order"
    __table_args__ = (
        UniqueConstraint("group_id", "producer_id"),
        CheckConstraint("goods > 0 AND fee >= 0 AND total = goods + fee", name="total"),
        Index("ix_order_producer_id_state", "producer_id", "state"),
        Index("ix_order_state_hold_until", "state", "hold_until"),
        Index("ix_order_state_silent_since", "state", "silent_since"),
    )

    id: Mapped[db.Id]
    code: Mapped[str] = mapped_column(String(7), unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("order_group.id"))
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"))
    state: Mapped[OrderState]
    stock_state: Mapped[StockState]
    way: Mapped[Way]
    goods: Mapped[Dong]
    fee: Mapped[Dong]
    total: Mapped[Dong]
    weight_g: Mapped[int]
    placed_at: Mapped[datetime]
    hold_until: Mapped[datetime | None]
    silent_since: Mapped[datetime | None]
    silence_told: Mapped[int] = mapped_column(default=0)
    unread_told_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    ready_at: Mapped[datetime | None]
    handed_at: Mapped[datetime | None]
    carrier: Mapped[str] = mapped_column(String(80), default="")
    tracking: Mapped[str] = mapped_column(String(80), default="")
    delivered_at: Mapped[datetime | None]
    delivered_by: Mapped[str] = mapped_column(String(16), default="")
    closed_at: Mapped[datetime | None]
    close_reason: Mapped[str] = mapped_column(String(600), default="")


class OrderLine(db.Base):
    """So many of one variant with the words, price and grade it had when it was bought."""

    __tablename__ = "order_line"
    __table_args__ = (
        UniqueConstraint("order_id", "variant_id"),
        CheckConstraint("quantity > 0 AND total = price * quantity", name="total"),
    )

    id: Mapped[db.Id]
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"), index=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    variant_label: Mapped[str] = mapped_column(String(60))
    unit: Mapped[str] = mapped_column(String(30))
    price: Mapped[Dong]
    quantity: Mapped[int]
    total: Mapped[Dong]
    weight_g: Mapped[int]
    stars: Mapped[int | None]
    certificate_no: Mapped[str] = mapped_column(String(120), default="")

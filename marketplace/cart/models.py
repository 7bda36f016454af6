"""A cart and its lines. The cookie's token is not stored, only its hash."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.kit import db
from marketplace.kit.money import Dong


class Cart(db.Base):
    """What one browser has put aside. `answers`: what was typed on the way to ordering, wiped with the order."""

    __tablename__ = "cart"

    id: Mapped[db.Id]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    ordered_at: Mapped[datetime | None]
    ordered_token: Mapped[str] = mapped_column(String(40), default="")


class CartLine(db.Base):
    """So many of one variant, at the price it was put aside for."""

    __tablename__ = "cart_line"
    __table_args__ = (
        UniqueConstraint("cart_id", "variant_id"),
        CheckConstraint("quantity BETWEEN 1 AND 999", name="quantity"),
    )

    id: Mapped[db.Id]
    cart_id: Mapped[int] = mapped_column(ForeignKey("cart.id", ondelete="CASCADE"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"))
    quantity: Mapped[int]
    price_seen: Mapped[Dong]
    name_seen: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime]

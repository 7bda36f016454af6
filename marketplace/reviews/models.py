"""The table of opinions. Rows are never deleted: one that an office takes down leaves its reason in its place."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.kit import db
from marketplace.reviews.rules import Feeling


class Review(db.Base):
    """What one buyer says of one line of a delivered order; `author` is the name as it is shown."""

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint("(hidden_at IS NULL) = (hidden_reason = '')", name="hidden_with_a_reason"),
        Index("ix_review_product_id_id", "product_id", "id"),
    )

    id: Mapped[db.Id]
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"), unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"), index=True)
    bought: Mapped[str] = mapped_column(String(200))
    author: Mapped[str] = mapped_column(String(60))
    feeling: Mapped[Feeling]
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str] = mapped_column(String(600), default="")

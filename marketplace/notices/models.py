"""The inbox: what a stall or an official was told; and the tokens of gateways."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.kit import db


class Notice(db.Base):
    """One message in an inbox: a stall's, read by all its members, or one official's. `cause` lets each event speak once."""

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint("(producer_id IS NULL) <> (user_id IS NULL)", name="one_reader"),
        Index("ix_notice_producer_id_id", "producer_id", "id"),
        Index("ix_notice_user_id_id", "user_id", "id"),
    )

    id: Mapped[db.Id]
    cause: Mapped[str] = mapped_column(String(120), unique=True)
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producer.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    topic: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class GatewayToken(db.Base):
    """The tokens a gateway gave last, sealed. `seed`: what in the settings they follow from; `fetching_until`: one at a time."""

    __tablename__ = "gateway_token"

    id: Mapped[db.Id]
    name: Mapped[str] = mapped_column(String(16), unique=True)
    seed: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[datetime]
    fetching_until: Mapped[datetime | None]

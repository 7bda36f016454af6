"""The two logs that a unit writes beside its own rows: who did what (trail), and what readers must look at again (changes)."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.kit.base import Base, Id


class TrailRow(Base):
    """One thing somebody did. Append-only; the worker seals rows in batches with a hash chain."""

    __tablename__ = "trail"
    __table_args__ = (Index("ix_trail_subject", "subject_kind", "subject_id"), {"sqlite_autoincrement": True})

    id: Mapped[Id]
    at: Mapped[datetime]
    actor_kind: Mapped[str] = mapped_column(String(16))
    actor_name: Mapped[str] = mapped_column(String(64), default="")
    user_id: Mapped[int | None]
    on_behalf_of: Mapped[int | None]
    verb: Mapped[str] = mapped_column(String(40))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    old: Mapped[str] = mapped_column(String(32), default="")
    new: Mapped[str] = mapped_column(String(32), default="")
    note: Mapped[str] = mapped_column(default="")
    seal: Mapped[str | None] = mapped_column(String(64))


class Change(Base):
    """`key` of a thing of this `kind` looks different now. Each reader (index, page cache) follows with its own cursor."""

    __tablename__ = "changes"
    __table_args__ = ({"sqlite_autoincrement": True},)

    seq: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(24))
    key: Mapped[int]
    at: Mapped[datetime] = mapped_column(index=True)

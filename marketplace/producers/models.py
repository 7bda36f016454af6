"""Tables of producers, their members, the account that receives the money, and decisions of the desk."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.kit import db
from marketplace.kit.actor import Place
from marketplace.producers.rules import ChangeState, PayeeKind, ProducerKind, ProducerState


class Producer(db.Base):
    """An OCOP subject with her stall. Only an active one is open to buyers."""

    __tablename__ = "producer"
    __table_args__ = (
        UniqueConstraint("applied_by", "name_folded"),  # a second press of "Gửi" is the same application
        CheckConstraint("delivered >= 0", name="delivered"),
        Index("ix_producer_desk", "state", "province_code", "commune_code"),
    )

    id: Mapped[db.Id]
    key: Mapped[str] = mapped_column(String(12), unique=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    name_folded: Mapped[str] = mapped_column(String(120), index=True)
    kind: Mapped[ProducerKind]
    state: Mapped[ProducerState] = mapped_column(default=ProducerState.APPLIED)
    province_code: Mapped[str] = mapped_column(String(2))
    commune_code: Mapped[str | None] = mapped_column(String(5))
    village_id: Mapped[int | None] = mapped_column(ForeignKey("craft_village.id"), index=True)
    village: Mapped[str] = mapped_column(String(120), default="")
    old_place: Mapped[str] = mapped_column(String(200), default="")
    street: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(16))
    zalo: Mapped[bool] = mapped_column(default=False)
    story: Mapped[str] = mapped_column(Text, default="")
    photo_original_key: Mapped[str | None] = mapped_column(String(120))
    photo_key: Mapped[str | None] = mapped_column(String(120))
    photo_reason: Mapped[str] = mapped_column(String(300), default="")
    registration_no: Mapped[str] = mapped_column(String(40), default="")
    tax_code: Mapped[str] = mapped_column(String(20), default="")
    representative: Mapped[str] = mapped_column(String(120), default="")
    is_sample: Mapped[bool] = mapped_column(default=False)
    sample_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    delivered: Mapped[int] = mapped_column(default=0)
    takes_cod: Mapped[bool] = mapped_column(default=True, server_default=true())
    takes_cash: Mapped[bool] = mapped_column(default=True, server_default=true())
    returned_reason: Mapped[str] = mapped_column(String(600), default="")
    returned_points: Mapped[list[Any]] = mapped_column(default=list)
    applied_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    applied_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    @property
    def place(self) -> Place:
        """Where the goods are made: the area that decides about her."""
        return Place(self.province_code, self.commune_code)


class ProducerMember(db.Base):
    """A person who sells for a producer."""

    __tablename__ = "producer_member"
    __table_args__ = (UniqueConstraint("producer_id", "user_id"),)

    id: Mapped[db.Id]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)


class Payee(db.Base):
    """An account that receives money: one producer's, approved together with her, or without a producer the operator's."""

    __tablename__ = "payee"
    __table_args__ = (
        UniqueConstraint("producer_id"),
        CheckConstraint("producer_id IS NOT NULL OR kind = 'operator'", name="owner"),
    )

    id: Mapped[db.Id]
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producer.id"))
    kind: Mapped[PayeeKind]
    bank_bin: Mapped[str] = mapped_column(String(6))
    account_no: Mapped[str] = mapped_column(String(19))
    holder: Mapped[str] = mapped_column(String(120))
    holder_matches: Mapped[bool]
    mismatch_reason: Mapped[str] = mapped_column(String(600), default="")
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_at: Mapped[datetime | None]
    frozen_at: Mapped[datetime | None]
    frozen_by: Mapped[int | None]
    frozen_reason: Mapped[str] = mapped_column(String(600), default="", server_default="")


_IS_MEMBER = text("since IS NOT NULL AND until IS NULL")
_IS_ASKED = text("until IS NULL")


class PayeeMember(db.Base):
    """A producer who is paid into a co-operative's account: invited by it, and one of its members from `since` until `until`."""

    __tablename__ = "payee_member"
    __table_args__ = (
        Index("uq_payee_member_open", "producer_id", unique=True, sqlite_where=_IS_MEMBER, postgresql_where=_IS_MEMBER),
        Index(
            "uq_payee_member_asked",
            "payee_id",
            "producer_id",
            unique=True,
            sqlite_where=_IS_ASKED,
            postgresql_where=_IS_ASKED,
        ),
    )

    id: Mapped[db.Id]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"))
    payee_id: Mapped[int] = mapped_column(ForeignKey("payee.id"))
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    invited_at: Mapped[datetime]
    since: Mapped[datetime | None]
    until: Mapped[datetime | None]


_IS_OPEN = text("state IN ('asked', 'approved')")


class PayeeChange(db.Base):
    """One change of the account that receives a producer's money: what it was, what it shall be, who asked, called, ended it.

    `old_unsafe`: the account was frozen when it was left, so nobody is asked to pay there any more, old orders included.
    `payee_id`: she joins the co-operative with this account; what stands here is how it was when she asked.
    """

    __tablename__ = "payee_change"
    __table_args__ = (
        Index("uq_payee_change_open", "producer_id", unique=True, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
        Index("ix_payee_change_due", "state", "effective_at"),
    )

    id: Mapped[db.Id]
    key: Mapped[str] = mapped_column(String(16), unique=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"), index=True)
    state: Mapped[ChangeState] = mapped_column(default=ChangeState.ASKED)
    bank_bin: Mapped[str] = mapped_column(String(6))
    account_no: Mapped[str] = mapped_column(String(19))
    holder: Mapped[str] = mapped_column(String(120))
    payee_id: Mapped[int | None] = mapped_column(ForeignKey("payee.id"))
    holder_matches: Mapped[bool]
    mismatch_reason: Mapped[str] = mapped_column(String(600), default="")
    old_bank_bin: Mapped[str] = mapped_column(String(6))
    old_account_no: Mapped[str] = mapped_column(String(19))
    old_holder: Mapped[str] = mapped_column(String(120))
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by_official: Mapped[bool]
    asked_at: Mapped[datetime]
    called: Mapped[str] = mapped_column(String(16), default="")
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_at: Mapped[datetime | None]
    effective_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str] = mapped_column(String(600), default="")
    old_unsafe: Mapped[bool] = mapped_column(default=False, server_default=false())


class Decision(db.Base):
    """One decision of the desk, as the public log shows it: an office and a reason, never a person."""

    __tablename__ = "decision"
    __table_args__ = (
        Index("ix_decision_subject", "subject_kind", "subject_id"),
        Index("ix_decision_at", "at"),
    )

    id: Mapped[db.Id]
    subject_kind: Mapped[str] = mapped_column(String(20))  # producer | product | certificate
    subject_id: Mapped[int]
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    office: Mapped[str] = mapped_column(String(200))
    verb: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(600), default="")
    province_code: Mapped[str] = mapped_column(String(2))
    commune_code: Mapped[str | None] = mapped_column(String(5))
    at: Mapped[datetime]


class ApplicationDraft(db.Base):
    """An application not sent yet, or one being corrected; a person writes one at a time."""

    __tablename__ = "application_draft"

    id: Mapped[db.Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), unique=True)
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producer.id"))
    answers: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime]

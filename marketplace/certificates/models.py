"""The table of recognitions. Nothing here says "live": that is computed from the dates when somebody looks."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.certificates.rules import Facts
from marketplace.kit import db


class Certificate(db.Base):
    """One decision recognising one product, as claimed, confirmed, extended or revoked."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("product_id", "decision_no"),
        CheckConstraint("stars BETWEEN 3 AND 5", name="stars"),
        CheckConstraint("expires_on > decision_date", name="dates"),
        CheckConstraint("confirmed_at IS NULL OR is_sample OR evidence_key IS NOT NULL", name="evidence"),
        CheckConstraint(
            "extended_until IS NULL OR (extended_until > expires_on AND extension_evidence_key IS NOT NULL)",
            name="extension",
        ),
        Index("ix_certificate_waiting", "confirmed_at", "refused_at"),
    )

    id: Mapped[db.Id]
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    stars: Mapped[int]
    decision_no: Mapped[str] = mapped_column(String(80))
    decision_date: Mapped[date]
    issuer: Mapped[str] = mapped_column(String(200))
    expires_on: Mapped[date]
    rubric: Mapped[str] = mapped_column(String(40))
    evidence_key: Mapped[str | None] = mapped_column(String(120))
    is_sample: Mapped[bool] = mapped_column(default=False)
    claimed_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    refused_at: Mapped[datetime | None]
    refused_reason: Mapped[str] = mapped_column(String(600), default="")
    refused_field: Mapped[str] = mapped_column(String(40), default="")
    revoked_on: Mapped[date | None]
    revoked_reason: Mapped[str] = mapped_column(String(600), default="")
    extended_until: Mapped[date | None]
    extension_evidence_key: Mapped[str | None] = mapped_column(String(120))

    @property
    def facts(self) -> Facts:
        """The row as the rules read it."""
        return Facts(
            stars=self.stars,
            decision_date=self.decision_date,
            expires_on=self.expires_on,
            confirmed=self.confirmed_at is not None,
            revoked_on=self.revoked_on,
            extended_until=self.extended_until,
            refused=self.refused_at is not None,
        )

"""The table of reported problems."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.cases.rules import ProblemKind, ProblemState, SubjectKind
from marketplace.kit import db
from marketplace.kit.actor import Place


class Problem(db.Base):
    """One problem. With a product or an order it goes to the desk of the producer's area, with the market to admins."""

    __tablename__ = "problem"
    __table_args__ = (
        Index("ix_problem_desk", "state", "province_code", "commune_code"),
        Index("ix_problem_subject", "subject", "subject_id"),
    )

    id: Mapped[db.Id]
    key: Mapped[str] = mapped_column(String(16), unique=True)
    cause: Mapped[str] = mapped_column(String(64), unique=True)  # a second press of the same page is the same problem
    subject: Mapped[SubjectKind]
    subject_id: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producer.id"), index=True)  # none: the market itself
    kind: Mapped[ProblemKind]
    text: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(String(120), default="")
    province_code: Mapped[str] = mapped_column(String(2))
    commune_code: Mapped[str | None] = mapped_column(String(5))
    state: Mapped[ProblemState] = mapped_column(default=ProblemState.OPEN)
    answer: Mapped[str] = mapped_column(Text, default="")
    opened_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    @property
    def place(self) -> Place:
        """The area whose desk answers; no province's when it is about the market."""
        return Place(self.province_code, self.commune_code)

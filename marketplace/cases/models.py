"""Tables of reported problems and what was said about them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.cases.rules import Outcome, ProblemKind, ProblemState, Side, SubjectKind, Timing
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
    answer: Mapped[str] = mapped_column(Text, default="")  # the last word of producer or desk
    outcome: Mapped[Outcome | None]
    closed_by: Mapped[Side | None]
    fine_at: Mapped[datetime | None]
    not_fine: Mapped[bool] = mapped_column(default=False, server_default=false())
    late_told: Mapped[int] = mapped_column(default=0, server_default="0")
    opened_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    @property
    def place(self) -> Place:
        """The area whose desk answers; no province's when it is about the market."""
        return Place(self.province_code, self.commune_code)

    @property
    def timing(self) -> Timing:
        """Its dates."""
        return Timing(self.kind, self.opened_at, self.answered_at, self.closed_at)


class ProblemMessage(db.Base):
    """What one side said. `name` is what the others read: the stall, the office, or "Người mua"; never an official's own name."""

    __tablename__ = "problem_message"

    id: Mapped[db.Id]
    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"), index=True)
    side: Mapped[Side]
    name: Mapped[str] = mapped_column(String(160))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]

"""The published fee tables, newest last; an old one stays to explain old orders."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from marketplace.delivery.rules import FeeRow, FeeTable
from marketplace.kit import db
from marketplace.kit.money import Dong


class FeeTableRow(db.Base):
    """One table of fees: dong for the first kilogram and for each further one begun."""

    __tablename__ = "fee_table"
    __table_args__ = (
        CheckConstraint(
            "same_commune_first >= 0 AND same_commune_each >= 0 AND same_province_first >= 0"
            " AND same_province_each >= 0 AND elsewhere_first >= 0 AND elsewhere_each >= 0",
            name="fees",
        ),
    )

    id: Mapped[db.Id]
    effective_at: Mapped[datetime]
    same_commune_first: Mapped[Dong]
    same_commune_each: Mapped[Dong]
    same_province_first: Mapped[Dong]
    same_province_each: Mapped[Dong]
    elsewhere_first: Mapped[Dong]
    elsewhere_each: Mapped[Dong]
    set_by: Mapped[int | None]

    @property
    def table(self) -> FeeTable:
        """The same as a value."""
        return FeeTable(
            FeeRow(self.same_commune_first, self.same_commune_each),
            FeeRow(self.same_province_first, self.same_province_each),
            FeeRow(self.elsewhere_first, self.elsewhere_each),
        )

"""Craft villages. Provinces and communes are law, not rows: they are read from the gazetteer."""

from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.kit import db
from marketplace.kit.actor import Place


class CraftVillage(db.Base):
    """Làng nghề. Known by its folded name, province and folded old place; its slug ends in a key that never changes."""

    __tablename__ = "craft_village"
    __table_args__ = (
        UniqueConstraint("folded", "province_code", "old_folded"),
        Index(None, "province_code", "commune_code"),
    )

    id: Mapped[db.Id]
    key: Mapped[str] = mapped_column(String(16), unique=True)
    slug: Mapped[str] = mapped_column(String(90))
    name: Mapped[str] = mapped_column(String(120))
    folded: Mapped[str] = mapped_column(String(120))
    old_place: Mapped[str] = mapped_column(String(200), default="")
    old_folded: Mapped[str] = mapped_column(String(200), default="")
    province_code: Mapped[str] = mapped_column(String(2))
    commune_code: Mapped[str | None] = mapped_column(String(5))
    story: Mapped[str] = mapped_column(default="")
    picture: Mapped[str | None] = mapped_column(String(200))
    is_sample: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime]

    @property
    def place(self) -> Place:
        """Where it lies today."""
        return Place(self.province_code, self.commune_code)

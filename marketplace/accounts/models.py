"""Tables of people: users, areas, sessions, one-time codes, counted tries, and who runs the market."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.accounts.rules import Channel, Purpose
from marketplace.kit import db
from marketplace.kit.actor import Place


class User(db.Base):
    """A person who signs in, known by a telephone number in E.164. Buyers need no row here."""

    __tablename__ = "user"

    id: Mapped[db.Id]
    phone: Mapped[str] = mapped_column(String(16), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str | None] = mapped_column(String(254))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    is_admin: Mapped[bool] = mapped_column(default=False)
    phone_proved_at: Mapped[datetime | None]
    consent_version: Mapped[str] = mapped_column(String(80), default="")
    consent_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    reset_at: Mapped[datetime | None]  # when somebody last got a new way in: no account of money changes for 48 hours


class CoordinatorArea(db.Base):
    """A commune, or a whole province, that a coordinator decides for, in the name of an office. Ended, never deleted."""

    __tablename__ = "coordinator_area"
    __table_args__ = (Index("ix_coordinator_area_place", "province_code", "commune_code"),)

    id: Mapped[db.Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    province_code: Mapped[str] = mapped_column(String(2))
    commune_code: Mapped[str | None] = mapped_column(String(5))
    office: Mapped[str] = mapped_column(String(120))
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    granted_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    @property
    def place(self) -> Place:
        """The area as actions compare it."""
        return Place(self.province_code, self.commune_code)


class UserSession(db.Base):
    """One signed-in browser. The cookie holds the token, this row only its hash.

    `browser` is the hash of a mark that stays with the browser over many sessions; `asks_at`: it is new, and no older
    device has said yet that it is the same person's.
    """

    __tablename__ = "user_session"

    id: Mapped[db.Id]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    device: Mapped[str] = mapped_column(String(60), default="")
    address: Mapped[str] = mapped_column(String(60), default="")
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    proved_at: Mapped[datetime]
    factor_at: Mapped[datetime | None]
    browser: Mapped[str] = mapped_column(String(64), default="", server_default="")
    asks_at: Mapped[datetime | None]
    pin_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class SecondFactor(db.Base):
    """An official's key for codes that count time, encrypted; `last_step` is the latest half minute a code was taken for."""

    __tablename__ = "second_factor"

    id: Mapped[db.Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), unique=True)
    sealed_key: Mapped[str] = mapped_column(String(200))
    last_step: Mapped[int] = mapped_column(default=0)
    set_at: Mapped[datetime]


class MoneyPin(db.Base):
    """Six digits for taps about money, as a keyed hash; `wrong` counts those typed since the last right one."""

    __tablename__ = "money_pin"
    __table_args__ = (CheckConstraint("wrong >= 0", name="wrong"),)

    id: Mapped[db.Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), unique=True)
    digest: Mapped[str] = mapped_column(String(64))
    wrong: Mapped[int] = mapped_column(default=0)
    set_at: Mapped[datetime]


class RecoveryCode(db.Base):
    """A code on paper for the day the telephone is gone, as a keyed hash. Each opens once."""

    __tablename__ = "recovery_code"

    id: Mapped[db.Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    used_at: Mapped[datetime | None]


class OneTimeCode(db.Base):
    """A code of six digits, as a keyed hash over purpose, number, browser and code.

    `browser` is the hash of the asking browser's cookie; None for a code read aloud at the desk. `details` holds the
    name and the address of a sign-up until the code comes back.
    """

    __tablename__ = "one_time_code"
    __table_args__ = (CheckConstraint("tries >= 0", name="tries"),)

    id: Mapped[db.Id]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    phone: Mapped[str] = mapped_column(String(16), index=True)
    purpose: Mapped[Purpose]
    browser: Mapped[str | None] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    details: Mapped[dict[str, Any]]
    channel: Mapped[Channel]
    tries: Mapped[int] = mapped_column(default=0)
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class SignInCard(db.Base):
    """A printed card with a code to scan, which signs its person in once. Only the hash of what is printed is kept."""

    __tablename__ = "sign_in_card"

    id: Mapped[db.Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    printed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class Attempt(db.Base):
    """Wrong tries counted under a keyed hash of the number, the address, or both."""

    __tablename__ = "attempt"
    __table_args__ = (UniqueConstraint("kind", "key"),)

    id: Mapped[db.Id]
    kind: Mapped[str] = mapped_column(String(16))
    key: Mapped[str] = mapped_column(String(64))
    count: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime] = mapped_column(index=True)
    next_at: Mapped[datetime]


class OperatorDetails(db.Base):
    """The one row about whoever runs the market (NĐ 248/2026/NĐ-CP Điều 4); what is empty is not shown."""

    __tablename__ = "operator_details"
    __table_args__ = (CheckConstraint("id = 1", name="only"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    tax_code: Mapped[str] = mapped_column(String(20), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    representative: Mapped[str] = mapped_column(String(120), default="")
    badge_url: Mapped[str] = mapped_column(String(300), default="")
    updated_at: Mapped[datetime]

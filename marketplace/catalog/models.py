"""Tables of the catalogue."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.catalog.rules.states import Klass, PhotoState, ProductState
from marketplace.delivery.rules import Reach
from marketplace.kit import db
from marketplace.kit.actor import Place
from marketplace.kit.money import Dong
from marketplace.law.rules import DocumentKind

_OPEN = text("state IN ('draft', 'submitted', 'returned')")
"""One revision of a product is being written or decided on at a time."""


class Product(db.Base):
    """One thing a producer makes, in one or more variants. Its text is fixed once approved.

    A row with `revises_id` is a revision: the same product as its maker would have it, never on sale itself. What it
    changes is carried over into the product when a coordinator approves it.
    """

    __tablename__ = "product"
    __table_args__ = (
        CheckConstraint("set_no IS NULL OR (set_no BETWEEN 1 AND 26)", name="set"),
        CheckConstraint("days_to_make IS NULL OR (days_to_make BETWEEN 0 AND 90)", name="days_to_make"),
        CheckConstraint("sold >= 0", name="sold"),
        CheckConstraint("revises_id IS NULL OR state NOT IN ('on_sale', 'paused')", name="revision_not_on_sale"),
        CheckConstraint("revises_id IS NOT NULL OR state != 'applied'", name="only_revisions_applied"),
        Index("uq_product_open_revision", "revises_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_product_producer_id_state", "producer_id", "state"),
        Index("ix_product_state_place", "state", "province_code", "commune_code"),
    )

    id: Mapped[db.Id]
    revises_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"), default=None, index=True)
    key: Mapped[str] = mapped_column(String(16), unique=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"))
    name: Mapped[str] = mapped_column(String(120), default="")
    name_folded: Mapped[str] = mapped_column(String(120), default="", index=True)
    klass: Mapped[Klass] = mapped_column(default=Klass.FARM)
    set_no: Mapped[int | None] = mapped_column(default=None, index=True)
    state: Mapped[ProductState] = mapped_column(default=ProductState.DRAFT)
    description: Mapped[str] = mapped_column(default="")
    ingredients: Mapped[str] = mapped_column(default="")
    origin: Mapped[str] = mapped_column(default="")
    shelf_life: Mapped[str] = mapped_column(default="")
    storage: Mapped[str] = mapped_column(default="")
    usage: Mapped[str] = mapped_column(default="")
    warnings: Mapped[str] = mapped_column(default="")
    material: Mapped[str] = mapped_column(default="")
    dimensions: Mapped[str] = mapped_column(default="")
    strength: Mapped[str] = mapped_column(default="")
    declaration_no: Mapped[str] = mapped_column(String(120), default="")
    days_to_make: Mapped[int | None] = mapped_column(default=None)
    reach: Mapped[Reach | None] = mapped_column(default=None)
    collect_ok: Mapped[bool | None] = mapped_column(default=None)
    province_code: Mapped[str] = mapped_column(String(2))
    commune_code: Mapped[str | None] = mapped_column(String(5), default=None)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("craft_village.id"), default=None, index=True)
    external_id: Mapped[str | None] = mapped_column(String(60), unique=True, default=None)
    sold: Mapped[int] = mapped_column(default=0)
    opinions: Mapped[dict[str, Any]] = mapped_column(default=dict)  # as `reviews` last counted them
    is_sample: Mapped[bool] = mapped_column(default=False)
    returned_reason: Mapped[str] = mapped_column(default="")
    returned_points: Mapped[list[Any]] = mapped_column(default=list)
    pause_reason: Mapped[str] = mapped_column(default="")
    paused_by_office: Mapped[bool] = mapped_column(default=False)
    withdrawn_from: Mapped[ProductState | None] = mapped_column(default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    submitted_at: Mapped[datetime | None] = mapped_column(default=None)
    sent_no: Mapped[int] = mapped_column(
        default=0
    )  # how often it was sent: an official decides on the sending she read
    approved_at: Mapped[datetime | None] = mapped_column(default=None, index=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    @property
    def place(self) -> Place:
        """Where it is made: the area whose coordinators decide on it."""
        return Place(self.province_code, self.commune_code)


class Variant(db.Base):
    """A way the product is packed and sold. `on_hand` counts what lies on the shelf, `held` what orders wait for."""

    __tablename__ = "variant"
    __table_args__ = (
        CheckConstraint("held >= 0 AND held <= on_hand", name="stock"),
        CheckConstraint("price >= 0", name="price"),
        CheckConstraint("shipping_weight_g >= 0", name="shipping_weight"),
        CheckConstraint("net_weight_g IS NULL OR net_volume_ml IS NULL", name="one_measure"),
    )

    id: Mapped[db.Id]
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    revises_id: Mapped[int | None] = mapped_column(
        ForeignKey("variant.id"), default=None
    )  # in a revision: which one it is
    unit: Mapped[str] = mapped_column(String(30))
    label: Mapped[str] = mapped_column(String(60))
    net_weight_g: Mapped[int | None] = mapped_column(default=None)
    net_volume_ml: Mapped[int | None] = mapped_column(default=None)
    shipping_weight_g: Mapped[int] = mapped_column(default=0)
    price: Mapped[Dong] = mapped_column(default=Dong(0))  # 0 = not said yet; nothing goes on sale with it
    on_hand: Mapped[int] = mapped_column(default=0)
    held: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class StockMove(db.Base):
    """Why stock changed. `key` comes with the form, so a second press of the same page counts once."""

    __tablename__ = "stock_move"

    id: Mapped[db.Id]
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"), index=True)
    delta: Mapped[int]
    reason: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    actor_user_id: Mapped[int | None] = mapped_column(default=None)
    key: Mapped[str | None] = mapped_column(String(60), unique=True, default=None)


class Photo(db.Base):
    """A picture of a product: the original in the private store, re-encoded sizes in the public one."""

    __tablename__ = "photo"

    id: Mapped[db.Id]
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    revises_id: Mapped[int | None] = mapped_column(
        ForeignKey("photo.id"), default=None
    )  # in a revision: which one it is
    key: Mapped[str] = mapped_column(String(16), unique=True)
    position: Mapped[int] = mapped_column(default=0)
    state: Mapped[PhotoState] = mapped_column(default=PhotoState.WAITING)
    reason: Mapped[str] = mapped_column(default="")
    original_key: Mapped[str | None] = mapped_column(String(100), default=None)
    public_key: Mapped[str | None] = mapped_column(String(100), default=None)
    sizes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    is_illustration: Mapped[bool] = mapped_column(default=False)
    alt: Mapped[str] = mapped_column(String(160), default="")
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class Document(db.Base):
    """A paper shown to the coordinator; never public. Kept as sent, also after a decision."""

    __tablename__ = "document"

    id: Mapped[db.Id]
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    kind: Mapped[DocumentKind]
    key: Mapped[str] = mapped_column(String(100))
    filename: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None] = mapped_column(default=None)

"""Revisions: a product, a variant and a photo may be another version of one on sale

The columns are added by a statement of our own: made anew by Alembic, a table of SQLite would lose its CHECKs.
"""

import sqlalchemy as sa
from alembic import op

revision = "e8199bc31603"
down_revision = "4f2bd10019e8"
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('draft', 'submitted', 'returned')")
TYPES = {"sqlite": "INTEGER", "postgresql": "BIGINT"}
_REVISIONS = "(SELECT id FROM product WHERE revises_id IS NOT NULL)"
CHECKS = (
    " CONSTRAINT ck_product_revision_not_on_sale CHECK (revises_id IS NULL OR state NOT IN ('on_sale', 'paused'))"
    " CONSTRAINT ck_product_only_revisions_applied CHECK (revises_id IS NOT NULL OR state != 'applied')"
)


def upgrade() -> None:
    number = TYPES[op.get_bind().dialect.name]
    for name, checks in (("product", CHECKS), ("variant", ""), ("photo", "")):
        refers = f"CONSTRAINT fk_{name}_revises_id REFERENCES {name} (id)"
        op.execute(f"ALTER TABLE {name} ADD COLUMN revises_id {number} {refers}{checks}")
    op.add_column("product", sa.Column("sent_no", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_product_revises_id", "product", ["revises_id"])
    op.create_index(
        "uq_product_open_revision", "product", ["revises_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
    )


def downgrade() -> None:
    """Every revision goes, its photos and papers with it; what was carried over stays."""
    op.execute(f"DELETE FROM stock_move WHERE variant_id IN (SELECT id FROM variant WHERE product_id IN {_REVISIONS})")
    for table in ("variant", "photo", "document"):
        op.execute(f"DELETE FROM {table} WHERE product_id IN {_REVISIONS}")
    op.execute("DELETE FROM product WHERE revises_id IS NOT NULL")
    op.drop_index("uq_product_open_revision", "product")
    op.drop_index("ix_product_revises_id", "product")
    op.drop_column("product", "sent_no")
    for name in ("photo", "variant", "product"):
        op.drop_column(name, "revises_id")

"""every reason of a return keeps its own field"""

import sqlalchemy as sa
from alembic import op

revision = "5d1f0c7a93be"
down_revision = "c8dc7a6e0e26"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("product", "producer"):
        op.add_column(name, sa.Column("returned_points", sa.JSON(), nullable=False, server_default="[]"))
        table = sa.table(
            name,
            sa.column("id", sa.Integer),
            sa.column("returned_reason", sa.String),
            sa.column("returned_field", sa.String),
            sa.column("returned_points", sa.JSON),
        )
        rows = op.get_bind().execute(sa.select(table).where(table.c.returned_reason != "")).all()
        for row in rows:
            points = [{"field": row.returned_field, "text": row.returned_reason}]
            op.execute(table.update().where(table.c.id == row.id).values(returned_points=points))
        op.drop_column(name, "returned_field")


def downgrade() -> None:
    for name in ("product", "producer"):
        op.add_column(name, sa.Column("returned_field", sa.String(40), nullable=False, server_default=""))
        op.drop_column(name, "returned_points")

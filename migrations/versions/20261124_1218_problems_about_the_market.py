"""Problems about the market itself, which belong to no producer."""

import sqlalchemy as sa
from alembic import op

revision = "c8dc7a6e0e26"
down_revision = "aff1a9202a9b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A problem may be nobody's."""
    with op.batch_alter_table("problem") as table:
        table.alter_column("producer_id", existing_type=sa.INTEGER(), nullable=True)


def downgrade() -> None:
    """Problems about the market go."""
    op.execute("DELETE FROM problem WHERE producer_id IS NULL")
    with op.batch_alter_table("problem") as table:
        table.alter_column("producer_id", existing_type=sa.INTEGER(), nullable=False)

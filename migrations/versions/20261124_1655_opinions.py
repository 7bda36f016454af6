"""Opinions"""

from alembic import op
import sqlalchemy as sa


revision = 'c030fccfafeb'
down_revision = 'f255e4936cea'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("product", sa.Column("opinions", sa.JSON(), nullable=False, server_default="{}"))
    op.create_table('review',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('order_line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('producer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('bought', sa.String(length=200), nullable=False),
    sa.Column('author', sa.String(length=60), nullable=False),
    sa.Column('feeling', sa.Enum('very_good', 'good', 'fair', 'poor', 'bad', name='feeling', native_enum=False, length=32), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('hidden_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('hidden_reason', sa.String(length=600), nullable=False),
    sa.CheckConstraint("(hidden_at IS NULL) = (hidden_reason = '')", name=op.f('ck_review_hidden_with_a_reason')),
    sa.ForeignKeyConstraint(['order_id'], ['order.id'], name=op.f('fk_review_order_id')),
    sa.ForeignKeyConstraint(['order_line_id'], ['order_line.id'], name=op.f('fk_review_order_line_id')),
    sa.ForeignKeyConstraint(['producer_id'], ['producer.id'], name=op.f('fk_review_producer_id')),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_review_product_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review')),
    sa.UniqueConstraint('order_line_id', name=op.f('uq_review_order_line_id'))
    )
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_order_id'), ['order_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_review_producer_id'), ['producer_id'], unique=False)
        batch_op.create_index('ix_review_product_id_id', ['product_id', 'id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.drop_index('ix_review_product_id_id')
        batch_op.drop_index(batch_op.f('ix_review_producer_id'))
        batch_op.drop_index(batch_op.f('ix_review_order_id'))

    op.drop_table('review')
    op.drop_column("product", "opinions")
